import type { MethodCase } from './cases.ts'

// 1 of the root mean square length of four independent numbers of variance 1.
export default { kind: 'vectors', effect: 1 / 2 } satisfies MethodCase
