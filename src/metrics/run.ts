import type { QueryOptions, Relation, Value } from '../engine/engine.ts'
import { currentSignal, onAbort, stoppedForGood } from '../engine/running.ts'
import { AssayError, firstLine } from '../errors.ts'
import { type Spelling, written } from '../sql/render.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { columnNamed, type Metric, type ScanMetric } from './metric.ts'
import { type AggregateStep, plan } from './plan.ts'
import { setImmediate } from '../realTimers.ts'

/** The value of a metric, or why there is none. */
export type MetricResult<V = unknown> =
  | { readonly ok: true; readonly value: V; readonly sql: string }
  | { readonly ok: false; readonly error: AssayError; readonly sql?: string }

interface Waiting {
  readonly metrics: Map<string, { metric: Metric; resolve: (result: MetricResult) => void }>
  readonly signals: Set<AbortSignal | undefined>
}

interface Cache {
  readonly values: Map<string, Promise<MetricResult>>
  waiting: Waiting | undefined
  /** Queries run so far. */
  scans: number
}

const caches = new WeakMap<Relation, Cache>()

/** Queries run so far to compute metrics of the relation. */
export function scansOf(relation: Relation): number {
  return caches.get(relation)?.scans ?? 0
}

/**
 * Computes metrics of one relation. Everything asked for before the event loop turns shares scans; a value once
 * computed is kept with the relation. A metric that cannot be computed is a value too: it never takes another with it.
 */
export async function runMetrics(
  metrics: readonly Metric[],
  relation: Relation,
  options: QueryOptions = {},
): Promise<ReadonlyMap<string, MetricResult>> {
  const signal = options.signal ?? currentSignal()
  let cache = caches.get(relation)
  if (!cache) {
    cache = { values: new Map(), waiting: undefined, scans: 0 }
    caches.set(relation, cache)
  }
  const results = new Map<string, MetricResult>()
  await Promise.all(
    metrics.map(async (metric) => {
      results.set(metric.key, await ask(metric, relation, cache, { signal }))
    }),
  )
  return results
}

async function ask(metric: Metric, relation: Relation, cache: Cache, options: QueryOptions): Promise<MetricResult> {
  const known = cache.values.get(metric.key)
  if (known) {
    const result = await known
    // Whoever asked first was stopped; that is no answer for someone who wasn't.
    const stopped = !result.ok && result.error.code === 'aborted' && !options.signal?.aborted
    return stopped && !stoppedForGood(result.error) ? ask(metric, relation, cache, options) : result
  }
  try {
    for (const name of metric.columns) columnNamed(relation.columns, name)
  } catch (error) {
    return { ok: false, error: failure(error) }
  }
  if (metric.pass === 'numbers') return numbers(metric, relation, cache, options)
  const result = new Promise<MetricResult>((resolve) => {
    if (!cache.waiting) {
      cache.waiting = { metrics: new Map(), signals: new Set() }
      setImmediate(() => flush(relation, cache))
    }
    cache.waiting.metrics.set(metric.key, { metric, resolve })
    cache.waiting.signals.add(options.signal)
  })
  cache.values.set(metric.key, result)
  return result
}

async function numbers(
  metric: Extract<Metric, { pass: 'numbers' }>,
  relation: Relation,
  cache: Cache,
  options: QueryOptions,
): Promise<MetricResult> {
  const { engine, columns, from } = relation
  const expression = metric.expression({ dialect: engine.dialect, columns })
  const query = sql`select ${expression} from ${from} where ${expression} is not null`
  cache.scans++
  return settle(async () => ({
    ok: true,
    value: await engine.numbers(query, options),
    sql: shown(query, engine.dialect),
  }))
}

async function flush(relation: Relation, cache: Cache): Promise<void> {
  const waiting = cache.waiting as Waiting
  cache.waiting = undefined
  const metrics = [...waiting.metrics.values()].map(({ metric }) => metric)
  const { signal, letGo } = allAborted(waiting.signals)
  const done = (metric: Metric, result: MetricResult) => {
    // A stopped query says nothing about the data: the next who asks gets a new try.
    if (!result.ok && result.error.code === 'aborted') cache.values.delete(metric.key)
    waiting.metrics.get(metric.key)?.resolve(result)
  }
  try {
    await compute(metrics, relation, cache, { signal }, done)
  } catch (error) {
    // Nobody may wait for ever: a fault of ours is the answer of all that have none.
    for (const metric of metrics) done(metric, { ok: false, error: failure(error) })
  } finally {
    letGo()
  }
}

/** What was thrown as an error of Assay. */
function failure(thrown: unknown): AssayError {
  if (thrown instanceof AssayError) return thrown
  const name = thrown instanceof Error ? thrown.name : 'error'
  return new AssayError('query-failed', `unexpected ${name}: ${firstLine(thrown)}`, { cause: thrown })
}

/** A signal that aborts when everyone who shares a scan was stopped; never, when one of them can't be. */
function allAborted(signals: ReadonlySet<AbortSignal | undefined>): { signal: AbortSignal; letGo(): void } {
  const heard: (() => void)[] = []
  const all = new AbortController()
  let left = signals.size
  for (const signal of signals) {
    const stopped = () => {
      if (--left === 0) all.abort(signal?.reason)
    }
    if (signal?.aborted) stopped()
    else if (signal) heard.push(onAbort(signal, stopped))
  }
  return { signal: all.signal, letGo: () => heard.forEach((stop) => stop()) }
}

async function compute(
  metrics: readonly Metric[],
  relation: Relation,
  cache: Cache,
  options: QueryOptions,
  done: (metric: Metric, result: MetricResult) => void,
): Promise<void> {
  const planned = planEach(metrics, relation, done)
  for (const step of planned) {
    const text = shown(step.query, relation.engine.dialect)
    cache.scans++
    try {
      const rows = await relation.engine.query(step.query, options)
      if (step.kind === 'query')
        done(step.metric, await settle(() => ({ ok: true, value: step.metric.finish(rows), sql: text })))
      else for (const part of step.metrics) done(part.metric, await settle(() => decode(part, rows[0] ?? [], text)))
    } catch (error) {
      const failed = step.kind === 'query' ? [step.metric] : step.metrics.map(({ metric }) => metric)
      const stopped = error instanceof AssayError && error.code === 'aborted'
      if (failed.length === 1 || stopped || relation.engine.lost)
        for (const metric of failed) done(metric, { ok: false, error: failure(error), sql: text })
      else {
        const half = failed.length >> 1
        await compute(failed.slice(0, half), relation, cache, options, done)
        await compute(failed.slice(half), relation, cache, options, done)
      }
    }
  }
}

/** Plans; a metric that cannot be written as SQL becomes an error of its own. */
function planEach(
  metrics: readonly Metric[],
  relation: Relation,
  done: (metric: Metric, result: MetricResult) => void,
): ReturnType<typeof plan> {
  const fine = metrics.filter((metric) => {
    try {
      plan([metric], relation)
      return true
    } catch (error) {
      done(metric, { ok: false, error: failure(error) })
      return false
    }
  })
  return plan(fine, relation)
}

function decode(part: AggregateStep['metrics'][number], row: readonly Value[], text: string): MetricResult {
  const cells = part.cells.map((place) => row[place] as Value)
  if (part.metric.pass === 'frequency') return { ok: true, value: part.metric.finish(cells), sql: text }
  const metric = part.metric as ScanMetric
  return { ok: true, value: metric.finish(metric.decode(cells)), sql: text }
}

const LONGEST_SQL = 8000

/** A query as evidence: to read, and to run by hand where it is not too long for that. */
function shown(query: Sql, spelling: Spelling): string {
  const text = written(query, spelling)
  return text.length > LONGEST_SQL
    ? `${text.slice(0, LONGEST_SQL)}… (${text.length - LONGEST_SQL} characters more)`
    : text
}

async function settle(work: () => MetricResult | Promise<MetricResult>): Promise<MetricResult> {
  try {
    return await work()
  } catch (error) {
    return { ok: false, error: failure(error) }
  }
}
