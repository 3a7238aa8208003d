import { isTime } from '../../metrics/metric.ts'
import { binnedArea, binnedGap, type PlacedCounts } from '../../stats/binnedGap.ts'
import { distanceAtLeast, distanceAtMost, distanceMargin, spreadForDistance } from '../../stats/ksDistance.ts'
import { ksAsymptotic } from '../../stats/ksTwoSample.ts'
import { outsideAtLeast, outsideAtMost } from '../../stats/outsideRange.ts'
import { areaAtMost } from '../../stats/wassersteinBound.ts'
import { decimal, numberText, shareText } from '../../words/text/numbers.ts'
import type { BinnedSide, DriftComparison } from '../drift.ts'
import { asMeasured, type DriftFinding } from '../finding.ts'
import { shareMoved } from '../moved.ts'
import { shareFinding } from '../shareFinding.ts'
import { timeTextOf } from '../timeText.ts'
import { type Binned, endsOf } from './binned.ts'
import { binnedChart } from './binnedChart.ts'
import { sumOf } from '../../stats/sumOf.ts'

/** The places of the scale: missing, minus infinity, the bins, infinity, and what is no number. */
export function placesOf({ rows, missing, values: { bins } }: BinnedSide): readonly number[] {
  const [below, above] = bins.infinite
  const all = [missing, below, ...bins.frequencies, above]
  return [...all, rows - sumOf(all)]
}

/**
 * Kolmogorov and Smirnov's distance of columns that are known as counts in bins. It lies between two numbers: the lower one
 * is what is told of drift, the upper one of its absence, so that neither verdict errs more often than with all values.
 */
export function binnedDistance(current: BinnedSide, reference: BinnedSide): DriftComparison {
  const { bins } = reference.values
  const [here, there] = [placesOf(current), placesOf(reference)]
  const alone = endsOf(bins).map(({ from, to }) => bins.exact && from !== undefined && from === to)
  const single = [true, true, ...alone, true, true]
  const { least, most, at } = binnedGap({ here, there, single })
  const sizes = { n: current.rows, m: reference.rows }
  const { p, pError } = ksAsymptotic(sizes.n, sizes.m, least)
  const moved = (secret: boolean) => describeMove([current, reference], { here, there, at: at - 2 }, secret)
  const both = `D is between ${decimal(least, { significant: 3 })} and ${decimal(most, { significant: 3 })}`
  const why = `counted in ${numberText(bins.frequencies.length)} bins of the reference, since ${numberText(sizes.n + sizes.m)} values are more than memory is given: ${both}`
  return {
    effect: least,
    over: (limit) => distanceAtMost(sizes, least, limit),
    under: (limit) => distanceAtLeast(sizes, most, limit),
    p,
    pError,
    leastDetectable: ({ limit, level }) => Math.min(1, limit + most - least + distanceMargin(sizes, level)),
    spreadToDecide: ({ limit, level }) => spreadForDistance(Math.max(limit - (most - least), limit / 100), level),
    moved: `${moved(false)}; ${why}`,
    discreetlyMoved: `${moved(true)}; ${why}`,
    charts: binnedChart(current, reference),
    findings: findingsOf(current, reference, { here, there, single }),
  }
}

function describeMove(
  [current, reference]: readonly [BinnedSide, BinnedSide],
  { here, there, at }: { readonly here: readonly number[]; readonly there: readonly number[]; readonly at: number },
  secret: boolean,
): string {
  const time = isTime(reference.column)
  const parts: string[] = []
  const share = (counts: readonly number[], from: number, to: number) => {
    const all = sumOf(counts)
    return sumOf(counts.slice(from, to)) / all
  }
  const part = (what: string, from: number, to = from + 1) => {
    const [before, after] = [share(there, from, to), share(here, from, to)]
    if (before !== after) parts.push(`${what} ${shareMoved(before, after)}`)
  }
  const end = here.length
  part('missing', 0)
  part('minus infinity', 1)
  part('infinity', end - 2)
  part(time ? 'not a time' : 'not a number', end - 1)
  const threshold = reference.values.bins.thresholds[at]
  if (threshold && !secret) {
    const text = time ? timeTextOf(current.column, reference.column) : numberText
    const upTo = threshold.inclusive ? 'up to' : 'under'
    const missing = current.missing + reference.missing > 0 ? ' or missing' : ''
    part(`rows ${upTo} ${text(threshold.value)}${missing}`, 0, at + 3)
  }
  return parts.join('; ') || (secret && threshold ? 'the present values' : 'nothing moved')
}

/** What is found beside the distance: what the counts show for sure. */
function findingsOf(
  current: BinnedSide,
  reference: BinnedSide,
  { here, there, single }: PlacedCounts,
): readonly DriftFinding[] {
  const time = isTime(reference.column)
  const none = time ? 'not a time' : 'not a number'
  const strange = shareFinding(none, [here.at(-1) as number, current.rows], [there.at(-1) as number, reference.rows])
  const [mine, theirs] = [current.values.bins, reference.values.bins]
  const finite = ({ frequencies }: Binned) => sumOf(frequencies)
  const [n, m] = [finite(mine), finite(theirs)]
  const { extent, deviation } = theirs
  if (time || extent === undefined || n === 0 || m < 2) return strange
  const [low, high] = extent
  const ends = endsOf(theirs)
  const isInside = ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: (typeof ends)[number]) =>
    from >= low && to <= high
  const outside = mine.frequencies.reduce((sum, count, i) => sum + (isInside(ends[i] ?? {}) ? 0 : count), 0)
  const share = outside / n
  const statement = `${shareText(share)} of the values lie outside the range of the reference`
  const [least, largest] = mine.extent ?? extent
  const findings: DriftFinding[] = [
    ...strange,
    {
      name: 'unseen',
      unit: 'share outside the range',
      effect: share,
      over: (limit) => outsideAtMost(outside, n, m, limit),
      under: (limit) => outsideAtLeast(outside, n, limit),
      moved: `${statement}, ${numberText(low)} to ${numberText(high)}; they go from ${numberText(least)} to ${numberText(largest)}`,
      discreetlyMoved: statement,
    },
  ]
  if (deviation === undefined || !(deviation > 0) || !Number.isFinite(deviation)) return findings
  // Nothing lies beyond the ends of both sides.
  const lengths = ends.map(({ from, to }) => (from === undefined || to === undefined ? 0 : to - from))
  const area = binnedArea({ here: mine.frequencies, there: theirs.frequencies, single }, lengths)
  return [
    ...findings,
    {
      name: 'spread',
      unit: 'W1/σ',
      effect: area.distance / deviation,
      over: (limit) => (area.distance <= limit * deviation ? 1 : areaAtMost(area, n, m, limit * deviation)),
      under: asMeasured(area.about / deviation),
      moved: 'spread or tails moved',
      discreetlyMoved: 'spread or tails moved',
    },
  ]
}
