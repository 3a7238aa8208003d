import { integral, type MethodCase } from './cases.ts'

export default { kind: 'numbers', effect: Math.sqrt(2 * integral((f, g) => (f - g) ** 2, 'dx')) } satisfies MethodCase
