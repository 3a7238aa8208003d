import { type MethodCase, SHIFT } from './cases.ts'

/** Of shifted normals: a difference of means in standard deviations, seen with 96 % of the power of one. */
export default { kind: 'numbers', effect: 0.96 * SHIFT } satisfies MethodCase
