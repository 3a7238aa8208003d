import { allCut, derivationOf } from '../engine/derivation.ts'
import type { QueryOptions, Relation, Value } from '../engine/engine.ts'
import { currentSignal, onAbort, stoppedForGood } from '../engine/running.ts'
import { AssayError, firstLine, stoppedError } from '../errors.ts'
import { type Spelling, written } from '../sql/render.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { Askers } from './askers.ts'
import { fewValues } from './fewValues.ts'
import { columnNamed, type FrequencyMetric, type Metric, type ScanMetric } from './metric.ts'
import { type Asked, MOST_GROUPS, plan, type Step } from './plan.ts'
import { haveKey } from './repeatedKeys.ts'
import { setImmediate } from '../realTimers.ts'

/** The value of a metric, or why there is none. */
export type MetricResult<V = unknown> =
  | { readonly ok: true; readonly value: V; readonly sql: string }
  | { readonly ok: false; readonly error: AssayError; readonly sql?: string }

interface Pending {
  readonly asked: Asked
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
  options: QueryOptions = {},
): Promise<ReadonlyMap<string, MetricResult>> {
  const signal = options.signal ?? currentSignal()
  const { stopped, forget } = stopOf(signal)
  const results = new Map<string, MetricResult>()
  try {
    await Promise.all(
      metrics.map(async (metric) => {
        const answer = ask({ metric, relation }, { signal })
        results.set(metric.key, await (stopped ? Promise.race([answer, stopped]) : answer))
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

async function ask(asked: Asked, options: QueryOptions): Promise<MetricResult> {
  const { metric, relation } = asked
  const { signal } = options
  const cache = cacheOf(relation)
  const known = cache.answers.get(metric.key)
  if (known) {
    known.askers?.join(signal)
    const result = await known.result
    // Whoever asked first was stopped; that is no answer for someone who wasn't.
    const stopped = !result.ok && result.error.code === 'aborted' && !signal?.aborted
    return stopped && !stoppedForGood(result.error) ? ask(asked, options) : result
  }
  try {
    for (const name of metric.columns) columnNamed(relation.columns, name)
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
        asked,
        resolve: (result) => {
          answer.askers = undefined
          // A stopped query says nothing about the data: the next who asks gets a new try.
          if (!result.ok && result.error.code === 'aborted') cache.answers.delete(metric.key)
          resolve(result)
        },
      })
    }),
  }
  cache.answers.set(metric.key, answer)
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
    await flush(batch)
  }
  setImmediate(begin)
  return batch
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

async function flush({ pending, askers }: Batch): Promise<void> {
  const open = new Map(pending.map((one) => [one.asked, one]))
  const done: Done = (asked, result) => {
    open.get(asked)?.resolve(result)
    open.delete(asked)
  }
  askers.begin()
  try {
    await compute([...open.keys()], { signal: askers.signal }, done)
    if (open.size > 0) throw new AssayError('query-failed', 'no step of the plan computes it')
  } catch (error) {
    // Nobody may wait for ever: a fault of ours is the answer of all that have none.
    for (const asked of open.keys()) done(asked, { ok: false, error: failure(error) })
  } finally {
    askers.end()
  }
}

type Done = (asked: Asked, result: MetricResult) => void

/** What was thrown as an error of Assay. */
function failure(thrown: unknown): AssayError {
  if (thrown instanceof AssayError) return thrown
  const name = thrown instanceof Error ? thrown.name : 'error'
  return new AssayError('query-failed', `unexpected ${name}: ${firstLine(thrown)}`, { cause: thrown })
}

async function compute(
  asks: readonly Asked[],
  options: QueryOptions,
  done: Done,
  uncombined: ReadonlySet<Asked> = new Set(),
): Promise<void> {
  const few = await fewValues(asks, options)
  const steps = plan(asks, (asked, error) => done(asked, { ok: false, error: failure(error) }), { uncombined, few })
  for (const step of steps) await run(step, options, done)
}

async function run(step: Step, options: QueryOptions, done: Done): Promise<void> {
  const asks: readonly Asked[] = step.kind === 'query' ? [step.asked] : step.parts.map(({ asked }) => asked)
  const relations = [...new Set(asks.map(({ relation }) => relation))]
  const [{ engine }] = relations as [Relation]
  const text = shown(step.query, engine.dialect)
  for (const relation of relations) cacheOf(relation).scans++
  let rows: readonly (readonly Value[])[]
  try {
    const ask = step.kind === 'aggregate' ? step.ask : undefined
    rows = await engine.query(step.query, { ...options, keep: true, ...(ask ? { by: () => ask(options) } : {}) })
  } catch (error) {
    const stopped = error instanceof AssayError && error.code === 'aborted'
    if (asks.length > 1 && !stopped && !engine.lost) return inHalves(asks, relations, options, done)
    // What does not fit in memory at once may be grouped on disk.
    const apart = step.kind === 'aggregate' && step.parts.some(({ combined }) => combined)
    if (apart && !stopped && !engine.lost) return compute(asks, options, done, new Set(asks))
    for (const asked of asks) done(asked, { ok: false, error: failure(error), sql: text })
    return
  }
  if (step.kind === 'query') {
    done(step.asked, await settle(() => ({ ok: true, value: step.asked.metric.finish(rows), sql: text })))
    return
  }
  if (relations.length > 1 && rows.length > MOST_GROUPS) return inHalves(asks, relations, options, done)
  const alone: Asked[] = []
  const uncombined: Asked[] = []
  for (const { asked, cells, none, combined } of step.parts) {
    const groups = cells(rows)
    const { metric } = asked
    const [counted = none] = groups
    const value =
      combined && metric.pass === 'frequency' && groups.length < 2
        ? metric.ofCombinations?.(Number(counted[0]), Number(counted[1]))
        : undefined
    if (value !== undefined) done(asked, { ok: true, value, sql: text })
    else if (combined) {
      if (groups.length < 2) await haveKey(asked.relation, metric.columns, Number(counted[1]))
      uncombined.push(asked)
    } else if (groups.length > 1 && !isMergeable(asked.metric)) alone.push(asked)
    else done(asked, await settle(() => ({ ok: true, value: valueOf(asked.metric, groups, none), sql: text })))
  }
  if (uncombined.length > 0) await compute(uncombined, options, done, new Set(uncombined))
  for (const part of byRelation(alone)) await compute(part, options, done, new Set(alone))
}

/** What cannot be computed takes nothing with it: first relations are asked apart, then metrics. */
async function inHalves(
  asks: readonly Asked[],
  relations: readonly Relation[],
  options: QueryOptions,
  done: Done,
): Promise<void> {
  const half = relations.length > 1 ? new Set(relations.slice(0, relations.length >> 1)) : undefined
  const isFirst = ({ relation }: Asked, i: number) => (half ? half.has(relation) : i < asks.length >> 1)
  await compute(asks.filter(isFirst), options, done)
  await compute(
    asks.filter((asked, i) => !isFirst(asked, i)),
    options,
    done,
  )
}

function byRelation(asks: readonly Asked[]): readonly (readonly Asked[])[] {
  const relations = [...new Set(asks.map(({ relation }) => relation))]
  return relations.map((relation) => asks.filter((asked) => asked.relation === relation))
}

const isMergeable = (metric: ScanMetric | FrequencyMetric): boolean =>
  metric.pass === 'scan' && metric.merge !== undefined

/** The value of a metric from its cells of each group of rows. */
function valueOf(
  metric: ScanMetric | FrequencyMetric,
  groups: readonly (readonly Value[])[],
  none: readonly Value[],
): unknown {
  const [first = none, ...more] = groups
  if (metric.pass === 'frequency') return metric.finish(first)
  return metric.finish(
    more.reduce((state, cells) => metric.merge?.(state, metric.decode(cells)) ?? state, metric.decode(first)),
  )
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
