import type { MethodCase } from './cases.ts'

// 2 Φ(1/4) - 1
export default { kind: 'numbers', effect: 0.19741 } satisfies MethodCase
