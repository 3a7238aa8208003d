import { allCut, derivationOf } from '../engine/derivation.ts'
import type { Engine, NumbersOptions, QueryOptions, Relation, Value } from '../engine/engine.ts'
import { narrowed } from '../engine/narrowing.ts'
import { currentSignal, onAbort, stoppedForGood } from '../engine/running.ts'
import { AssayError, hasCode, stoppedError } from '../errors.ts'
import { sql } from '../sql/sql.ts'
import { Askers } from './askers.ts'
import { columnNamed, type Metric, type RefusedTexts } from './metric.ts'
import { MOST_GROUPS } from './aggregateStep.ts'
import { type MetricRequest, byRows } from './metricRequest.ts'
import { type FewValues, fewValues } from './fewValues.ts'
import { frontValues } from './frontValues.ts'
import { integerExtents } from './integerExtents.ts'
import { type BySegment, failure, type MetricResult, ofGroups, ofQuery, ofSegments, shown } from './metricResult.ts'
import { presentCounts } from './presentCounts.ts'
import { plan, requestsOf, type MetricStep } from './plan.ts'
import { refusedTexts, type TextsStep } from './textsStep.ts'
import { haveKey } from './repeatedKeys.ts'
import { repeatingKeys } from './repeatingKeys.ts'
import { setImmediate } from '../realTimers.ts'

export type { MetricResult } from './metricResult.ts'

interface Pending {
  readonly request: MetricRequest
  resolve(result: MetricResult): void
}

/** What is asked of relations made of one base, until the event loop turns. */
interface Batch {
  readonly pending: Pending[]
  readonly askers: Askers
}

interface Answer {
  readonly result: Promise<MetricResult>
  /** Those who wait for it; undefined once it is there. */
  askers: Askers | undefined
}

interface Cache {
  readonly answers: Map<string, Answer>
  /** Queries run so far. */
  scans: number
}

const caches = new WeakMap<Relation, Cache>()
/** By base. */
const batches = new WeakMap<Relation, Batch>()

/** By base, what is being computed; never rejects. */
const computing = new WeakMap<Relation, Set<Promise<void>>>()

/** Resolves once what is being computed of relations made of the same base is there: others may ask more of it then. */
export async function computed(relation: Relation): Promise<void> {
  const all = computing.get(derivationOf(relation).base)
  if (all) await Promise.all(all)
}

function cacheOf(relation: Relation): Cache {
  const known = caches.get(relation)
  if (known) return known
  const cache: Cache = { answers: new Map(), scans: 0 }
  caches.set(relation, cache)
  return cache
}

/** Queries run so far to compute metrics of the relation. */
export function scansOf(relation: Relation): number {
  return caches.get(relation)?.scans ?? 0
}

/**
 * Computes metrics of one relation. Everything asked for before the event loop turns shares scans, also of relations
 * that are rows of the same one; a value once computed is kept with the relation. A metric that cannot be computed is a
 * value too: it never takes another with it.
 */
export async function runMetrics(
  metrics: readonly Metric[],
  relation: Relation,
  options: NumbersOptions = {},
): Promise<ReadonlyMap<string, MetricResult>> {
  return askedTogether(
    metrics.map((metric) => ({ metric, relation })),
    options,
  )
}

/**
 * Computes metrics of each segment of a relation, whichever there are: one GROUP BY finds the segments and computes what a
 * scan can compute. Of other metrics only those that know keys have a value. An error where there are more than `MOST_GROUPS`.
 */
export async function runBySegment(
  metrics: readonly Metric[],
  relation: Relation,
  by: string,
  options: QueryOptions = {},
): Promise<ReadonlyMap<string, MetricResult<BySegment>>> {
  const results = await askedTogether(
    metrics.map((metric) => ({ metric, relation, by })),
    options,
  )
  return results as ReadonlyMap<string, MetricResult<BySegment>>
}

/** Keeps a value of a relation that was computed with others, for those who will ask for it. */
export function keepAnswer({ key }: Metric, relation: Relation, result: MetricResult): void {
  const { answers } = cacheOf(relation)
  if (!answers.has(key)) answers.set(key, { result: Promise.resolve(result), askers: undefined })
}

async function askedTogether(
  asks: readonly MetricRequest[],
  options: NumbersOptions,
): Promise<ReadonlyMap<string, MetricResult>> {
  const signal = options.signal ?? currentSignal()
  const { stopped, forget } = stopOf(signal)
  const results = new Map<string, MetricResult>()
  try {
    await Promise.all(
      asks.map(async (request) => {
        const answer = ask(request, { signal, list: options.list })
        results.set(request.metric.key, await (stopped ? Promise.race([answer, stopped]) : answer))
      }),
    )
  } finally {
    forget()
  }
  return results
}

/** The answer of someone who is stopped, who does not wait until the others have theirs. */
function stopOf(signal: AbortSignal | undefined): { stopped?: Promise<MetricResult>; forget(): void } {
  if (!signal) return { forget: () => {} }
  let forget: () => void = () => {}
  const stopped = new Promise<MetricResult>((resolve) => {
    const stop = () => resolve({ ok: false, error: stoppedError(signal) })
    if (signal.aborted) stop()
    else forget = onAbort(signal, stop)
  })
  return { stopped, forget: () => forget() }
}

/** The value of a metric where somebody asked for it before; undefined where nobody did, and where there is none. */
export async function valueAtHand<V>(metric: Metric<V>, relation: Relation): Promise<V | undefined> {
  const result = await caches.get(relation)?.answers.get(metric.key)?.result
  return result?.ok ? (result.value as V) : undefined
}

async function ask(request: MetricRequest, options: NumbersOptions): Promise<MetricResult> {
  const { metric, relation, by } = request
  const { signal } = options
  const cache = cacheOf(relation)
  const key = by === undefined ? metric.key : JSON.stringify([metric.key, by])
  const known = cache.answers.get(key)
  if (known) {
    known.askers?.join(signal)
    const result = await known.result
    // Whoever asked first was stopped; that is no answer for someone who wasn't.
    const stopped = !result.ok && result.error.code === 'aborted' && !signal?.aborted
    return stopped && !stoppedForGood(result.error) ? ask(request, options) : result
  }
  try {
    for (const name of by === undefined ? metric.columns : [...metric.columns, by]) columnNamed(relation.columns, name)
  } catch (error) {
    return { ok: false, error: failure(error) }
  }
  if (metric.pass === 'numbers') return numbers(metric, relation, cache, options)
  const { pending, askers } = batchOf(relation)
  askers.join(signal)
  const answer: Answer = {
    askers,
    result: new Promise((resolve) => {
      pending.push({
        request,
        resolve: (result) => {
          answer.askers = undefined
          // A stopped query says nothing about the data: the next who asks gets a new try.
          if (!result.ok && result.error.code === 'aborted') cache.answers.delete(key)
          resolve(result)
        },
      })
    }),
  }
  cache.answers.set(key, answer)
  return answer.result
}

function batchOf(relation: Relation): Batch {
  const { base } = derivationOf(relation)
  const waiting = batches.get(base)
  if (waiting) return waiting
  const batch: Batch = { pending: [], askers: new Askers() }
  batches.set(base, batch)
  const begin = async (): Promise<void> => {
    // Who asks for slices together gets them one after another; what they ask then belongs to one scan.
    if (await allCut(base)) return void setImmediate(begin)
    batches.delete(base)
    const work = flush(batch)
    const all = computing.get(base) ?? new Set()
    computing.set(base, all.add(work))
    await work
    all.delete(work)
  }
  setImmediate(begin)
  return batch
}

async function numbers(
  metric: Extract<Metric, { pass: 'numbers' }>,
  relation: Relation,
  cache: Cache,
  options: NumbersOptions,
): Promise<MetricResult> {
  const { engine, columns, from } = narrowed(relation, metric.columns)
  const expression = metric.expression({ dialect: engine.dialect, columns })
  const query = sql`select ${expression} from ${from} where ${expression} is not null`
  cache.scans++
  try {
    return { ok: true, value: await engine.numbers(query, options), sql: shown(query, engine.dialect) }
  } catch (error) {
    return { ok: false, error: failure(error) }
  }
}

async function flush({ pending, askers }: Batch): Promise<void> {
  const open = new Map(pending.map((one) => [one.request, one]))
  const done: Done = (request, result) => {
    open.get(request)?.resolve(result)
    open.delete(request)
  }
  askers.begin()
  try {
    await compute([...open.keys()], { signal: askers.signal }, done)
    if (open.size > 0) throw new AssayError('query-failed', 'no step of the plan computes it')
  } catch (error) {
    // Nobody may wait for ever: a fault of ours is the answer of all that have none.
    for (const request of open.keys()) done(request, { ok: false, error: failure(error) })
  } finally {
    askers.end()
  }
}

type Done = (request: MetricRequest, result: MetricResult) => void

interface Way {
  /** What needs its GROUP BY: that there are fewer combinations than rows is known. */
  readonly uncombined?: ReadonlySet<MetricRequest>
  /** Columns that are judged by value; default: those that look like it. */
  readonly few?: FewValues
}

async function compute(
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
  for (const relation of relations) cacheOf(relation).scans++
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
