import { type MethodCase, REFUNDS } from './cases.ts'

// Of six words on average, and three more.
export default {
  kind: 'texts',
  effect: (3 * REFUNDS) / (6 + 3 * REFUNDS),
  constantHolds: true,
} satisfies MethodCase
