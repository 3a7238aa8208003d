import { firstAbove, firstAtLeast } from '../stats/sorted.ts'
import { outsideAtLeast, outsideAtMost } from '../stats/outsideRange.ts'
import { areaAtMost, areaBetween } from '../stats/wassersteinBound.ts'
import { type DualTest, dualTest } from '../stats/wassersteinDual.ts'
import { numberText, shareText } from '../words/text/numbers.ts'
import { asMeasured, type DriftFinding } from './finding.ts'
import { squarable } from './squarable.ts'

/** What is found in numbers beside their largest difference, from two sorted samples of their finite values. */
export function numberFindings(here: Float64Array, there: Float64Array): readonly DriftFinding[] {
  if (here.length === 0 || there.length < 2) return []
  return [outside(here, there), ...spread(here, there)]
}

function outside(here: Float64Array, there: Float64Array): DriftFinding {
  const [low, high] = [there[0] as number, there.at(-1) as number]
  const under = firstAtLeast(here, low)
  const [n, m] = [here.length, there.length]
  const count = under + n - firstAbove(here, high)
  const share = count / n
  const discreet = `${shareText(share)} of the values lie outside the range of the reference`
  return {
    name: 'unseen',
    unit: 'share outside the range',
    effect: share,
    over: (limit) => outsideAtMost(count, n, m, limit),
    under: (limit) => outsideAtLeast(count, n, limit),
    moved: `${discreet}, ${numberText(low)} to ${numberText(high)}; they go from ${numberText(here[0] as number)} to ${numberText(here.at(-1) as number)}`,
    discreetlyMoved: discreet,
  }
}

/** Quantiles that show how a distribution widens. */
const TABLE = [0.01, 0.1, 0.5, 0.9, 0.99]

function spread(here: Float64Array, there: Float64Array): readonly DriftFinding[] {
  const own = squarable(here, there)
  const { sigma } = own
  if (!(sigma > 0)) return []
  const at = (sample: Float64Array, share: number) => sample[Math.round(share * (sample.length - 1))] as number
  const rows = TABLE.map((share) => `${100 * share} % ${numberText(at(there, share))} → ${numberText(at(here, share))}`)
  const moved = 'spread or tails moved'
  return [
    {
      name: 'spread',
      unit: 'W1/σ',
      moved: `${moved}, quantiles: ${rows.join(', ')}`,
      discreetlyMoved: moved,
      ...areaEffect(own.here, own.there, sigma),
    },
  ]
}

/** The area between the distribution functions in deviations of the reference, with its tests. */
function areaEffect(
  here: Float64Array,
  there: Float64Array,
  sigma: number,
): Pick<DriftFinding, 'effect' | 'over' | 'under' | 'settle'> {
  const area = areaBetween(here, there)
  const [n, m] = [here.length, there.length]
  let samples: readonly [Float64Array, Float64Array] | undefined = [here, there]
  let dual: DualTest | undefined
  const settle = (limit: number): void => {
    if (samples && area.distance > limit * sigma) dual = dualTest(...samples)
    samples = undefined
  }
  return {
    effect: area.distance / sigma,
    over: (limit) => {
      if (area.distance <= limit * sigma) return 1
      settle(limit)
      // Two bounds, the one good at tails, the other everywhere: twice the lesser p.
      const least = areaAtMost(area, n, m, limit * sigma)
      return Math.min(1, 2 * Math.min(least, dual?.(limit * sigma) ?? 1))
    },
    under: asMeasured(area.distance / sigma),
    settle,
  }
}
