import type { Relation } from '../engine/engine.ts'
import { isTime } from '../metrics/metric.ts'
import { designEffect, largestDesignEffect } from '../stats/designEffect.ts'
import { numberText } from '../words/text/numbers.ts'
import { isBinned } from './bins/binnedSides.ts'
import type { CategoryCounts } from './categoryCounts.ts'
import { clusterMoments, type Events } from './clusterMoments.ts'
import type { DriftComparison, DriftMethod, DriftSide, NotComparable } from './drift.ts'
import { asMeasured } from './finding.ts'
import { thinned } from './thinned.ts'
import { measure } from '../checks/measure.ts'

/** How many independent rows those of a side weigh as much as, being alike within clusters. */
export interface Weight {
  readonly rows: number
  readonly clusters: number
}

const CUTS = 9
const KEYS = 9
const SEEN = 5000

/** What tells how alike the rows of a cluster are: the tenths of numbers, the commonest categories, missing values. */
export function eventsOf(current: DriftSide, reference: DriftSide): Omit<Events, 'column'> {
  const sides = [current, reference].flatMap(({ values }) => Object.values(values))
  const numbers = sides.filter((value) => value instanceof Float64Array)
  const counts = sides.filter(
    (value): value is CategoryCounts => typeof value === 'object' && !!value && 'counts' in value,
  )
  const ends = [current, reference].filter(isBinned).flatMap(({ values: { bins } }) => bins.thresholds)
  const sample = Float64Array.from([...numbers.flatMap(everySoMany), ...ends.map(({ value }) => value)]).sort()
  const cuts = Array.from({ length: CUTS }, (_, i) => sample[Math.floor(((i + 1) / (CUTS + 1)) * sample.length)])
  const rows = new Map<string, number>()
  for (const [key, count] of counts.flatMap((one) => [...one.counts]))
    if (key.length <= 200) rows.set(key, (rows.get(key) ?? 0) + count)
  const commonest = [...rows].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, KEYS)
  return {
    cuts: [...new Set(cuts.filter((cut) => cut !== undefined && Number.isFinite(cut)))] as number[],
    keys: commonest.map(([key]) => key),
  }
}

/** Some of many numbers, spread over all of them. */
function everySoMany(numbers: Float64Array): readonly number[] {
  const step = Math.max(1, Math.ceil(numbers.length / SEEN))
  return Array.from({ length: Math.ceil(numbers.length / step) }, (_, i) => numbers[i * step] as number)
}

/**
 * What the rows of a side weigh. Instants of a cluster lie close together, so that their hours do too: they weigh as one
 * row for each cluster of equal size, and so do rows that do not show how alike they are.
 */
export async function weightOf(
  relation: Relation,
  { column, rows }: DriftSide,
  by: string,
  events: Omit<Events, 'column'>,
  signal: AbortSignal | undefined,
): Promise<Weight> {
  const metric = clusterMoments(by, [{ column: column.name, ...events }])
  const { values } = await measure(relation, { metric }, signal)
  const moments = values.metric
  const effect = (isTime(column) ? undefined : designEffect(moments)) ?? largestDesignEffect(moments)
  return { rows: Math.max(1, Math.floor(rows / effect)), clusters: moments.clusters }
}

/** A comparison whose tests and bounds are those of as many independent rows as the clustered ones weigh. */
export function weighed(
  compared: DriftComparison,
  method: DriftMethod,
  sides: readonly [DriftSide, DriftSide],
  weights: readonly [Weight, Weight],
  by: string,
): DriftComparison | NotComparable {
  const [current, reference] = sides.map((side, i) => thinned(side, (weights[i] as Weight).rows)) as [
    DriftSide,
    DriftSide,
  ]
  const independent = method.compare(current, reference)
  if ('reason' in independent)
    return {
      reason: `rows of one ${JSON.stringify(by)} are so alike that too few are left to compare: ${independent.reason}`,
      hint: independent.hint,
    }
  const words = sides.map(
    ({ rows }, i) => `${numberText(rows)} rows weigh as ${numberText((weights[i] as Weight).rows)}`,
  )
  const note = `rows of one ${JSON.stringify(by)} are alike: ${words[0]}, of the reference ${words[1]}`
  const { over, under, p, pError, leastDetectable, spreadToDecide } = independent
  const { pError: _, ...rest } = compared
  return {
    ...rest,
    over,
    under,
    p,
    ...(pError === undefined ? {} : { pError }),
    leastDetectable,
    spreadToDecide,
    moved: `${compared.moved}; ${note}`,
    discreetlyMoved: `${compared.discreetlyMoved}; ${note}`,
    findings: (compared.findings ?? []).map((finding) => {
      const { over, under, settle } = independent.findings?.find(({ unit }) => unit === finding.unit) ?? {}
      const tests = { over: over ?? (() => 1), under: under ?? asMeasured(finding.effect) }
      return { ...finding, ...tests, settle: (limit) => settle?.(limit) }
    }),
  }
}
