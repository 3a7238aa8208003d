import { type MethodCase, REFUNDS } from './cases.ts'

export default { kind: 'texts', effect: REFUNDS } satisfies MethodCase
