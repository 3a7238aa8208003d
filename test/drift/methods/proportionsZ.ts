import type { MethodCase } from './cases.ts'

export default { kind: 'two', effect: 0.2 } satisfies MethodCase
