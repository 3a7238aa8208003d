import { mannWhitney as test } from '../../stats/mannWhitney.ts'
import { normalSf } from '../../stats/normal.ts'
import { aucError, aucErrorAt } from '../../stats/aucError.ts'
import { sampleMethod } from '../sampleMethod.ts'

/**
 * Mann and Whitney: how far the chance that a current value is the larger one of two, AUC, lies from a half. Its error is
 * DeLong's (1988), which needs no distribution, and at least the one it would have at the limit (Newcombe 2006); p is that of the test with corrections for ties and continuity.
 */
export const mannWhitney = sampleMethod({
  name: 'mannWhitney',
  unit: 'AUC − ½',
  effect: 'how far the chance that a current value is the larger one lies from a half',
  limit: 0.07,
  most: 0.5,
  measure({ here, there }) {
    const { p, auc } = test(here, there)
    const [effect, error] = [Math.abs(auc - 0.5), aucError(here, there)]
    const beyond = (difference: number, limit: number): number =>
      difference <= 0 || limit >= 0.5
        ? Number(difference <= 0)
        : normalSf(difference / Math.max(error, aucErrorAt(0.5 + limit, here.length, there.length)))
    return {
      effect,
      error,
      p,
      over: (limit) => beyond(effect - limit, limit),
      under: (limit) => beyond(limit - effect, limit),
    }
  },
})
