import { mannWhitney as test } from '../stats/mannWhitney.ts'
import { aucError } from '../stats/aucError.ts'
import { sampleMethod } from './sampleMethod.ts'

/**
 * Mann and Whitney: how far the chance that a current value is the larger one of two, AUC, lies from a half. Its error is
 * DeLong's (1988), which needs no distribution; p is that of the test with corrections for ties and continuity.
 */
export const mannWhitney = sampleMethod({
  name: 'mannWhitney',
  unit: 'AUC − ½',
  effect: 'how far the chance that a current value is the larger one lies from a half',
  limit: 0.07,
  most: 0.5,
  measure({ here, there }) {
    const { p, auc } = test(here, there)
    return { effect: Math.abs(auc - 0.5), error: aucError(here, there), p }
  },
})
