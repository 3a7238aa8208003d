import { type MethodCase, REFUNDS } from './cases.ts'

// Who sees the word knows the side; of the other texts nobody does.
export default { kind: 'texts', effect: REFUNDS / 2 } satisfies MethodCase
