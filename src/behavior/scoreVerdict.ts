import { type Bounds, within } from '../checks/bounds.ts'
import type { Judgement } from '../checks/check.ts'
import { undecided } from '../checks/undecided.ts'
import { exactShare } from '../words/text/numbers.ts'
import type { Checked } from './scoreOptions.ts'
import { between, valueText } from './scoreWords.ts'

/**
 * Judges a score: by its value, or under `confidence` by its interval, which must lie within the limits; undecided where
 * it has one inside.
 */
export function judgedScore(
  value: number,
  interval: readonly [number, number],
  bounds: Bounds,
  own: Pick<Checked, 'confidence' | 'onInconclusive' | 'severity'>,
  where: string,
  message: string,
): Judgement {
  const { confidence } = own
  const range = `${between(interval)} with ${exactShare(confidence ?? 0.95)} confidence`
  const base = {
    measured: `${valueText(value)} (${range}) ${where}`,
    value,
    ...(message === '' ? {} : { message }),
  }
  if (confidence === undefined) return { ...base, status: within(value, bounds) ? 'pass' : 'fail' }
  const [low, high] = interval
  if (within(low, bounds) && within(high, bounds)) return { ...base, status: 'pass' }
  const above = (bounds.max !== undefined && low > bounds.max) || (bounds.lt !== undefined && low >= bounds.lt)
  const below = (bounds.min !== undefined && high < bounds.min) || (bounds.gt !== undefined && high <= bounds.gt)
  if (above || below) return { ...base, status: 'fail' }
  const why = `the limit lies between ${between(interval).replace(' to ', ' and ')}, where the score may be too: more cases would decide`
  return undecided({ ...base, message: message === '' ? why : `${why}\n${message}` }, verdictOptionsOf(own))
}

/** What too little evidence means, as far as it is said. */
export const verdictOptionsOf = ({ onInconclusive, severity }: Pick<Checked, 'onInconclusive' | 'severity'>) => ({
  ...(onInconclusive === undefined ? {} : { onInconclusive }),
  ...(severity === undefined ? {} : { severity }),
})
