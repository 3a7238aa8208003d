import type { MethodCase } from './cases.ts'

export default { kind: 'vectors', effect: 1 - 2 / Math.sqrt(5) } satisfies MethodCase
