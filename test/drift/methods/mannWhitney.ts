import type { MethodCase } from './cases.ts'

// Φ(1/2 / √2) - 1/2
export default { kind: 'numbers', effect: 0.13816 } satisfies MethodCase
