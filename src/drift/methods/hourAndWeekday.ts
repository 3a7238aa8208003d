import { isTime, type NumbersMetric } from '../../metrics/metric.ts'
import type { LogicalType } from '../../sql/dialect.ts'
import { chiSquare } from '../../stats/chiSquare.ts'
import {
  largestShareDifference,
  noneChangedBy,
  someChangedBy,
  spreadForLargestShare,
} from '../../stats/largestShare.ts'
import { normalQuantile } from '../../stats/normalQuantile.ts'
import { hourCounts } from '../bins/hourCounts.ts'
import type { Category } from '../categoryTable.ts'
import { categoryChart } from '../charts.ts'
import { type DriftMethod, type DriftSide, driftMethod } from '../drift.ts'
import { categoriesMoved } from '../moved.ts'
import { numbers } from '../../metrics/numbers.ts'
import { timeTextOf } from '../timeText.ts'
import { sumOf } from '../../stats/sumOf.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
/** Over fewer days the hours, or the weekdays, of a side say more of where it was cut than of its rows. */
const LEAST_DAYS = { hours: 2, weekdays: 14 }

/** A side with its instants, or with those of each hour where they are too many. */
type Side = DriftSide<{ numbers: NumbersMetric }> | DriftSide<{ hours: ReturnType<typeof hourCounts> }>
interface Extent {
  readonly from: number
  readonly to: number
}

/**
 * Times that move on, by their place in the day and in the week: the largest change of the share of an hour (where both
 * sides cover two days and hold times of day) or of a weekday (where both cover two weeks). In UTC. Says how new the
 * data is. Missing values are a part of their own.
 */
export const hourAndWeekday: DriftMethod = driftMethod({
  name: 'hourAndWeekday',
  unit: 'L∞',
  effect: 'largest change of the share of an hour or a weekday',
  limit: 0.1,
  most: 1,
  accepts: (current, reference) => times(current) && times(reference),
  suits: () => false,
  metrics: (column) => ({ numbers: numbers(column) }),
  metricsOfMany: (column) => ({ hours: hourCounts(column) }),
  compare(current, reference) {
    const [here, there] = [extentOf(current), extentOf(reference)]
    const parts = here && there ? partsOf(current, reference, [here, there]) : []
    if (!here || !there || parts.length === 0) {
      return {
        reason: `column ${JSON.stringify(current.column.name)} holds times that move on, over too few days to compare their hours (2) or weekdays (14)`,
        hint: "compare instants by method: 'kolmogorovSmirnov', or leave the column out",
        apart: 'times that move on',
      }
    }
    const counts = parts.flat().map((part) => [part.current, part.reference] as const)
    const sizes = { n: current.rows, m: reference.rows }
    const effect = largestShareDifference(counts, sizes)
    const tests = parts.map(
      (part) =>
        chiSquare(
          part.map((one) => one.current),
          part.map((one) => one.reference),
        ).p,
    )
    const spread = Math.sqrt(1 / sizes.n + 1 / sizes.m) / 2
    const iso = timeTextOf(current.column, reference.column, 16)
    const moved = (secret: boolean) =>
      [
        categoriesMoved(parts.flat(), false, { sizes }),
        ...(secret ? [] : [`from ${iso(there.from)}…${iso(there.to)} to ${iso(here.from)}…${iso(here.to)}`]),
      ].join('; ')
    return {
      effect,
      over: (limit) => noneChangedBy(counts, sizes, effect, limit),
      under: (limit) => someChangedBy(counts, sizes, effect, limit),
      p: Math.min(1, Math.min(...tests) * tests.length),
      leastDetectable: ({ limit, level }) => Math.min(1, limit + normalQuantile(1 - level / 2) * spread),
      spreadToDecide: ({ limit, level }) => spreadForLargestShare(counts, sizes, limit, level),
      moved: moved(false),
      discreetlyMoved: moved(true),
      charts: [categoryChart(parts[0] as readonly Category[])],
    }
  },
})

const times = (type: LogicalType): boolean => isTime({ name: '', native: '', type })

function extentOf(side: Side): Extent | undefined {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  forInstants(side, (least, largest) => {
    if (!Number.isFinite(least) || !Number.isFinite(largest)) return
    if (least < from) from = least
    if (largest > to) to = largest
  })
  return from <= to ? { from, to } : undefined
}

/** Calls with the first and last of instants of one hour, and how many they are. */
function forInstants({ values }: Side, see: (from: number, to: number, count: number) => void): void {
  if ('hours' in values) for (const { from, to, count } of values.hours) see(from, to, count)
  else for (const ms of values.numbers) see(ms, ms, 1)
}

/** The rows of both sides by hour and by weekday, each with the missing ones: what can be compared of them. */
function partsOf(current: Side, reference: Side, extents: readonly Extent[]): readonly (readonly Category[])[] {
  const days = Math.min(...extents.map(({ from, to }) => (to - from) / DAY)) + 1
  let timed = false
  for (const side of [current, reference])
    forInstants(side, (from, to) => (timed ||= from % DAY !== 0 || to % DAY !== 0))
  const parts: (readonly Category[])[] = []
  const add = (labels: readonly string[], place: (ms: number) => number) => {
    const [mine, theirs] = [current, reference].map((side) => {
      const { rows, missing } = side
      const counts = labels.map(() => 0)
      forInstants(side, (ms, _, count) => {
        const at = place(ms)
        if (at >= 0) counts[at] = (counts[at] as number) + count
      })
      return [...counts, missing, rows - missing - sumOf(counts)]
    }) as [number[], number[]]
    parts.push(
      [...labels, '(missing)', '(not a time)']
        .map((label, i) => ({ name: label, label, current: mine[i] as number, reference: theirs[i] as number }))
        .filter((one) => one.current + one.reference > 0),
    )
  }
  if (timed && days >= LEAST_DAYS.hours) {
    const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)
    add(hours, (ms) => modulo(Math.floor(ms / HOUR), 24))
  }
  // The first of January 1970 was a Thursday.
  if (days >= LEAST_DAYS.weekdays) add(WEEKDAYS, (ms) => modulo(Math.floor(ms / DAY) + 4, 7))
  return parts
}

/** -1 for what is no finite number. */
const modulo = (value: number, by: number): number => (Number.isFinite(value) ? ((value % by) + by) % by : -1)
