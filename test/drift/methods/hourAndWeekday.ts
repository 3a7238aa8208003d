import type { MethodCase } from './cases.ts'

// A fifth of the rows moves from one hour to another.
export default { kind: 'times', effect: 0.2 } satisfies MethodCase
