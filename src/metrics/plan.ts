import { raw } from '../sql/sql.ts'
import { type AggregateStep, aggregates, type Wanted } from './aggregateStep.ts'
import type { FewValues } from './fewValues.ts'
import { combinations, frequencyStep, marksOf } from './frequencyStep.ts'
import type { FrontValues } from './frontValues.ts'
import { grouped } from './grouped.ts'
import type { IntegerExtents } from './integerExtents.ts'
import type { FrequencyMetric, MetricContext, QueryMetric, ScanMetric, TextsMetric } from './metric.ts'
import type { MetricRequest } from './metricRequest.ts'
import { packed } from './packed.ts'
import type { PresentCounts } from './presentCounts.ts'
import { type QueryStep, queryStep } from './queryStep.ts'
import { tableOf } from './relationsOf.ts'
import { chosenByValues, readAlike, together } from './scansTogether.ts'
import { scanStep } from './scanStep.ts'
import { type TextsStep, textsStep } from './textsStep.ts'
import { isByValue, valuesStep } from './valuesStep.ts'

export type MetricStep = AggregateStep | QueryStep | TextsStep

/** What a step computes. */
export function requestsOf(step: MetricStep): readonly MetricRequest[] {
  if (step.kind === 'query') return [step.request]
  return step.kind === 'texts' ? step.requests : step.parts.map(({ request }) => request)
}

interface PlanOptions {
  /** What needs its GROUP BY: that there are fewer combinations than rows is known. */
  readonly uncombined?: ReadonlySet<MetricRequest>
  /** Columns that are judged once for each value. */
  readonly few?: FewValues
  /** How far integers reach, whose combinations are then marked. */
  readonly extents?: IntegerExtents
  /** Texts of few, whose rows are counted. */
  readonly front?: FrontValues
  /** How many values columns have, whose source says so. */
  readonly present?: PresentCounts
}

/**
 * The queries that compute metrics of relations made of one base: scans are fused, one GROUP BY serves all frequency
 * metrics of a column set, and slices share both. Equal cells are computed once per query. `refused` hears of metrics
 * that cannot be written as SQL; they are in no step. Where a scan reads a whole file again, it counts combinations
 * first, which is all there is to say of a key that holds, and so it does where they are integers that can be marked; what is
 * `uncombined` needs its GROUP BY.
 */
export function plan(
  asks: readonly MetricRequest[],
  refused: (request: MetricRequest, error: unknown) => void,
  {
    uncombined = new Set(),
    few = new Map(),
    extents = new Map(),
    front = new Map(),
    present = new Map(),
  }: PlanOptions = {},
): readonly MetricStep[] {
  const scans: Wanted[] = []
  const frequencies: Wanted<FrequencyMetric>[] = []
  const marked: Wanted<FrequencyMetric>[] = []
  const texts: { readonly request: MetricRequest<TextsMetric> }[] = []
  const queries: QueryStep[] = []
  for (const request of asks) {
    const { metric, relation } = request
    const context: MetricContext = { dialect: relation.engine.dialect, columns: relation.columns }
    try {
      if (metric.pass === 'scan')
        scans.push({ request: request as MetricRequest<ScanMetric>, cells: metric.cells(context) })
      if (metric.pass === 'frequency') {
        const own = request as MetricRequest<FrequencyMetric>
        const counted = metric.ofCombinations && !uncombined.has(request)
        const marks = counted && request.by === undefined ? marksOf(metric, relation, extents) : undefined
        if (counted && relation.scanCost === 'high')
          scans.push({ request: own, cells: combinations(metric, relation), combined: true })
        else if (marks) marked.push({ request: own, cells: marks, combined: true })
        else frequencies.push({ request: own, cells: metric.cells(raw('n')) })
      }
      if (metric.pass === 'texts') texts.push({ request: request as MetricRequest<TextsMetric> })
      if (metric.pass === 'query') queries.push(queryStep(request as MetricRequest<QueryMetric>, context))
    } catch (error) {
      refused(request, error)
    }
  }
  const isOfValues = (wanted: Wanted) => isByValue(wanted, few)
  return [
    ...readAlike(scans.filter((wanted) => !isOfValues(wanted)))
      .flatMap(together)
      .flatMap((list) => chosenByValues(list, few))
      .flatMap(({ list, table }) =>
        packed(list).map((some) => (table ? aggregates(some, table) : scanStep(some, front, present))),
      ),
    ...grouped(scans.filter(isOfValues), ({ request: { metric } }) => metric.columns[0]).map(valuesStep),
    // One after another: each thread holds the marks of a query.
    ...grouped(marked, ({ request: { relation } }) => relation)
      .flatMap((list) => grouped(list, ({ request: { metric } }) => JSON.stringify(metric.columns)))
      .map((list) => scanStep(list, front, present)),
    ...readAlike(frequencies)
      .flatMap((list) => grouped(list, ({ request }) => JSON.stringify([request.by ?? null, request.metric.columns])))
      .map(frequencyStep),
    ...readAlike(texts)
      .flatMap((list) => grouped(list, ({ request }) => JSON.stringify([request.by ?? null, request.metric.columns])))
      .map((list) =>
        textsStep(
          list.map(({ request }) => request),
          tableOf(list),
        ),
      ),
    ...queries,
  ]
}
