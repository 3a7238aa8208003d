import { integral, type MethodCase } from './cases.ts'

export default { kind: 'numbers', effect: integral((f, g) => Math.abs(f - g), 'dx') } satisfies MethodCase
