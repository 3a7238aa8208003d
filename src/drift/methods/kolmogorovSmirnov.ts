import { numberText } from '../../words/text/numbers.ts'
import { isNumeric, isTime, type NumbersMetric } from '../../metrics/metric.ts'
import type { LogicalType } from '../../sql/dialect.ts'
import { firstAbove, firstAtLeast } from '../../stats/sorted.ts'
import { distanceAtLeast, distanceAtMost, distanceMargin, spreadForDistance } from '../../stats/ksDistance.ts'
import { ksTwoSample } from '../../stats/ksTwoSample.ts'
import { binnedDistance } from '../bins/binnedDistance.ts'
import { finiteOf, numberChart } from '../charts.ts'
import { type DriftMethod, type DriftSide, driftMethod } from '../drift.ts'
import type { DriftFinding } from '../finding.ts'
import { shareMoved } from '../moved.ts'
import { numberFindings } from '../numberFindings.ts'
import { shareFinding } from '../shareFinding.ts'
import { numbers } from '../../metrics/numbers.ts'
import { onScale, strangeIn } from '../onScale.ts'
import { timeTextOf } from '../timeText.ts'

type Side = DriftSide<{ numbers: NumbersMetric }>

/**
 * Kolmogorov-Smirnov for numbers and times. The effect D is the largest difference of the two cumulative shares, over
 * the scale `missing < -Infinity < numbers < +Infinity < not a number`. Missing values are thus part of the
 * distribution: when only their share jumps by 30 points, D is at least 0.3. The scale is an order like any other, so
 * the exact p and the bounds hold as they do for numbers. Cells of a text file that are not of their column's type
 * stand with NaN at the top. Ties make them conservative, never too sure.
 *
 * The largest finite double and infinity count as one value, as do its negative and minus infinity.
 */
export const kolmogorovSmirnov: DriftMethod = driftMethod({
  name: 'kolmogorovSmirnov',
  unit: 'D',
  effect: 'largest difference of the cumulative shares',
  limit: 0.1,
  most: 1,
  forgets: true,
  accepts: comparable,
  suits: comparable,
  metrics: (column) => ({ numbers: numbers(column) }),
  compareBins: binnedDistance,
  compare(current, reference) {
    const here = onScale(current)
    const there = onScale(reference)
    const { statistic, p, pError, location } = ksTwoSample(here, there)
    const sizes = { n: here.length, m: there.length }
    return {
      effect: statistic,
      over: (limit) => distanceAtMost(sizes, statistic, limit),
      under: (limit) => distanceAtLeast(sizes, statistic, limit),
      p,
      ...(pError > 0 ? { pError } : {}),
      leastDetectable: ({ limit, level }) => Math.min(1, limit + distanceMargin(sizes, level)),
      spreadToDecide: ({ limit, level }) => spreadForDistance(limit, level),
      moved: describeMove(current, reference, here, there, location, false),
      discreetlyMoved: describeMove(current, reference, here, there, location, true),
      charts: numberChart([here, there], isTime(reference.column)),
      findings: findingsOf(here, there, isTime(reference.column)),
    }
  },
})

/** Instants move; what else is found in numbers is found among the finite ones, and in the share of those that are none. */
function findingsOf(here: Float64Array, there: Float64Array, time: boolean): readonly DriftFinding[] {
  const strange = (scale: Float64Array) => scale.length - firstAtLeast(scale, Number.POSITIVE_INFINITY)
  const none = time ? 'not a time' : 'not a number'
  return [
    ...shareFinding(none, [strange(here), here.length], [strange(there), there.length]),
    ...(time ? [] : numberFindings(finiteOf(here), finiteOf(there))),
  ]
}

function comparable(current: LogicalType, reference: LogicalType): boolean {
  const both = (test: typeof isNumeric) => [current, reference].every((type) => test({ name: '', native: '', type }))
  return both(isNumeric) || both(isTime)
}

function describeMove(
  current: Side,
  reference: Side,
  here: Float64Array,
  there: Float64Array,
  location: number,
  secret: boolean,
): string {
  const time = isTime(reference.column)
  const timeText = timeTextOf(current.column, reference.column)
  const parts: string[] = []
  const part = (what: string, mine: number, theirs: number) => {
    const [after, before] = [mine / here.length, theirs / there.length]
    if (after !== before) parts.push(`${what} ${shareMoved(before, after)}`)
  }
  const [mine, theirs] = [strangeIn(here, current), strangeIn(there, reference)]
  part('missing', current.missing, reference.missing)
  part('minus infinity', mine.below, theirs.below)
  part('infinity', mine.above, theirs.above)
  part(time ? 'not a time' : 'not a number', mine.notNumbers, theirs.notNumbers)
  if (Number.isFinite(location) && !secret) {
    const upTo = (scale: Float64Array) => firstAbove(scale, location) / scale.length
    const at = time ? timeText(location) : (reference.textOf?.(location) ?? numberText(location))
    parts.push(
      `rows up to ${at}${current.missing + reference.missing > 0 ? ' or missing' : ''} ${shareMoved(upTo(there), upTo(here))}`,
    )
    const [before, after] = [median(there, reference.missing), median(here, current.missing)]
    if (before !== undefined && after !== undefined) {
      const text = (value: number) =>
        time ? timeText(value) : (reference.textOf?.(value) ?? numberText(value, [before, after]))
      parts.push(before === after ? `median still ${text(after)}` : `median ${text(before)} → ${text(after)}`)
    }
  }
  const precision = relativeDifference(finiteOf(here), finiteOf(there))
  if (precision > 0 && precision < 1e-5)
    parts.push(`values differ by at most ${precision.toExponential(0)} of themselves: another precision?`)
  return parts.join('; ') || (secret && Number.isFinite(location) ? 'the present values' : 'nothing moved')
}

/** The largest difference of the quantiles of two sorted samples, by their size; 1 for an empty one. */
function relativeDifference(here: Float64Array, there: Float64Array): number {
  if (here.length * there.length === 0) return 1
  let largest = 0
  for (let i = 0; i <= 200; i++) {
    const [a, b] = [here, there].map((sample) => sample[Math.round((i / 200) * (sample.length - 1))] as number) as [
      number,
      number,
    ]
    if (a !== b) largest = Math.max(largest, Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b)))
  }
  return largest
}

/** The lower median of the present numbers. */
function median(scale: Float64Array, missing: number): number | undefined {
  const end = firstAtLeast(scale, Number.POSITIVE_INFINITY)
  return end > missing ? scale[missing + ((end - missing - 1) >> 1)] : undefined
}
