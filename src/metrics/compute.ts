import type { Engine, QueryOptions, Relation, Value } from '../engine/engine.ts'
import { AssayError, hasCode } from '../errors.ts'
import { MOST_GROUPS } from './aggregateStep.ts'
import { countScan } from './answers.ts'
import { type FewValues, fewValues } from './fewValues.ts'
import { frontValues } from './frontValues.ts'
import { integerExtents } from './integerExtents.ts'
import type { RefusedTexts } from './metric.ts'
import { byRows, type MetricRequest } from './metricRequest.ts'
import { failure, type MetricResult, ofGroups, ofQuery, ofSegments, shown } from './metricResult.ts'
import { type MetricStep, plan, requestsOf } from './plan.ts'
import { presentCounts } from './presentCounts.ts'
import { haveKey } from './repeatedKeys.ts'
import { repeatingKeys } from './repeatingKeys.ts'
import { refusedTexts, type TextsStep } from './textsStep.ts'

/** Takes the result of a request. */
export type Done = (request: MetricRequest, result: MetricResult) => void

interface Way {
  /** What needs its GROUP BY: that there are fewer combinations than rows is known. */
  readonly uncombined?: ReadonlySet<MetricRequest>
  /** Columns that are judged by value; default: those that look like it. */
  readonly few?: FewValues
}

/** Computes metrics of relations made of one base, step by step; `done` is called once for each that a step computes. */
export async function compute(
  asks: readonly MetricRequest[],
  options: QueryOptions,
  done: Done,
  way: Way = {},
): Promise<void> {
  const refused = (request: MetricRequest, error: unknown) => done(request, { ok: false, error: failure(error) })
  const open = asks.filter((request) => !way.uncombined?.has(request))
  const extents = await integerExtents(open, options)
  const [few, repeating, present] = await Promise.all([
    way.few ?? fewValues(asks, options),
    repeatingKeys(open, extents, options),
    presentCounts(open, options),
  ])
  const front = way.few ? new Map() : frontValues(open)
  const uncombined = new Set([...(way.uncombined ?? []), ...repeating])
  for (const step of plan(asks, refused, { uncombined, few, extents, front, present })) await run(step, options, done)
}

async function run(step: MetricStep, options: QueryOptions, done: Done): Promise<void> {
  const asks = requestsOf(step)
  const relations = [...new Set(asks.map(({ relation }) => relation))]
  const [{ engine }] = relations as [Relation]
  const text = shown(step.query, engine.dialect)
  for (const relation of relations) countScan(relation)
  if (step.kind === 'texts') return runTexts(step, engine, { ...options, text }, done)
  let rows: readonly (readonly Value[])[]
  try {
    const ask = step.kind === 'aggregate' ? step.ask : undefined
    rows = await engine.query(step.query, { ...options, keep: true, ...(ask ? { by: () => ask(options) } : {}) })
  } catch (error) {
    const mayWorkApart = !hasCode(error, 'aborted') && !engine.lost
    if (asks.length > 1 && mayWorkApart) return inHalves(asks, options, done)
    // What does not fit in memory at once may be grouped on disk.
    const apart = step.kind === 'aggregate' && step.parts.some(({ combined }) => combined)
    if (apart && mayWorkApart) return compute(asks, options, done, { uncombined: new Set(asks) })
    for (const request of asks) done(request, { ok: false, error: failure(error), sql: text })
    return
  }
  if (step.kind === 'query') return done(step.request, ofQuery(step.request, rows, text))
  if (rows.length > MOST_GROUPS) {
    if (byRows(asks).length > 1) return inHalves(asks, options, done, { few: new Map() })
    const error = new AssayError('wrong-use', `there are more than ${MOST_GROUPS} segments`)
    for (const request of asks) done(request, { ok: false, error, sql: text })
    return
  }
  const alone: MetricRequest[] = []
  const uncombined: MetricRequest[] = []
  for (const part of step.parts) {
    const outcome =
      part.request.by === undefined ? ofGroups(part, part.cells(rows), text) : ofSegments(part, rows, text)
    if (outcome === 'alone') alone.push(part.request)
    else if (outcome !== 'uncombined') done(part.request, outcome)
    else {
      const { relation, metric, by } = part.request
      const [counted = part.none, ...more] = part.cells(rows)
      if (by === undefined && more.length === 0) await haveKey(relation, metric.columns, Number(counted[1]))
      uncombined.push(part.request)
    }
  }
  if (uncombined.length > 0) await compute(uncombined, options, done, { uncombined: new Set(uncombined) })
  for (const part of byRows(alone)) await compute(part, options, done, { uncombined: new Set(alone) })
}

async function runTexts(
  step: TextsStep,
  engine: Engine,
  { text, ...options }: QueryOptions & { readonly text: string },
  done: Done,
): Promise<void> {
  try {
    for (const [request, segments] of await refusedTexts(step, engine, options)) {
      const resultOf = (value: RefusedTexts): MetricResult => ({ ok: true, value, sql: text })
      const none: RefusedTexts = { rows: 0, texts: [] }
      const values = new Map([...segments].map(([label, value]) => [label, resultOf(value)]))
      const value = request.by === undefined ? (segments.get(null) ?? none) : { values, none: resultOf(none) }
      done(request, { ok: true, value, sql: text })
    }
  } catch (error) {
    if (step.requests.length > 1 && !hasCode(error, 'aborted') && !engine.lost)
      return inHalves(step.requests, options, done)
    for (const request of step.requests) done(request, { ok: false, error: failure(error), sql: text })
  }
}

/** What cannot be computed takes nothing with it: first rows are asked apart, then metrics. */
async function inHalves(
  asks: readonly MetricRequest[],
  options: QueryOptions,
  done: Done,
  way: Way = {},
): Promise<void> {
  const rows = byRows(asks)
  const parts: readonly (readonly MetricRequest[])[] = rows.length > 1 ? rows : asks.map((request) => [request])
  const half = parts.length >> 1
  await compute(parts.slice(0, half).flat(), options, done, way)
  await compute(parts.slice(half).flat(), options, done, way)
}
