import type { MethodCase } from './cases.ts'

export default { kind: 'two', effect: 2 * Math.log(0.6 / 0.4) } satisfies MethodCase
