import { integral, type MethodCase } from './cases.ts'

export default { kind: 'numbers', effect: Math.sqrt(integral((f, g) => (f - g) ** 2, 'rows')) } satisfies MethodCase
