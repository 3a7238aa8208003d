import { SHIFT, type MethodCase } from './cases.ts'

export default { kind: 'numbers', effect: SHIFT } satisfies MethodCase
