import { type MethodCase, REFUNDS } from './cases.ts'

// Four to eight words; three in ten have three more, so that three fifths of those have more than six.
export default { kind: 'texts', effect: REFUNDS * 0.6 } satisfies MethodCase
