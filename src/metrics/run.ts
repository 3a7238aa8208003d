import { allCut, derivationOf } from '../engine/derivation.ts'
import type { NumbersOptions, QueryOptions, Relation } from '../engine/engine.ts'
import { narrowed } from '../engine/narrowing.ts'
import { currentSignal, onAbort, stoppedForGood } from '../engine/running.ts'
import { AssayError, stoppedError } from '../errors.ts'
import { setImmediate } from '../realTimers.ts'
import { sql } from '../sql/sql.ts'
import { type MetricAnswer, answersOf, countScan } from './answers.ts'
import { Askers } from './askers.ts'
import { compute, type Done } from './compute.ts'
import { columnNamed, type Metric } from './metric.ts'
import type { MetricRequest } from './metricRequest.ts'
import { type BySegment, failure, type MetricResult, shown } from './metricResult.ts'

interface Pending {
  readonly request: MetricRequest
  resolve(result: MetricResult): void
}

/** What is asked of relations made of one base, until the event loop turns. */
interface Batch {
  readonly pending: Pending[]
  readonly askers: Askers
}

/** By base. */
const batches = new WeakMap<Relation, Batch>()

/** By base, what is being computed; never rejects. */
const computing = new WeakMap<Relation, Set<Promise<void>>>()

/** Resolves once what is being computed of relations made of the same base is there: others may ask more of it then. */
export async function computed(relation: Relation): Promise<void> {
  const all = computing.get(derivationOf(relation).base)
  if (all) await Promise.all(all)
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

async function ask(request: MetricRequest, options: NumbersOptions): Promise<MetricResult> {
  const { metric, relation, by } = request
  const { signal } = options
  const answers = answersOf(relation)
  const key = by === undefined ? metric.key : JSON.stringify([metric.key, by])
  const known = answers.get(key)
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
  if (metric.pass === 'numbers') return numbers(metric, relation, options)
  const { pending, askers } = batchOf(relation)
  askers.join(signal)
  const answer: MetricAnswer = {
    askers,
    result: new Promise((resolve) => {
      pending.push({
        request,
        resolve: (result) => {
          answer.askers = undefined
          // A stopped query says nothing about the data: the next who asks gets a new try.
          if (!result.ok && result.error.code === 'aborted') answers.delete(key)
          resolve(result)
        },
      })
    }),
  }
  answers.set(key, answer)
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
  options: NumbersOptions,
): Promise<MetricResult> {
  const { engine, columns, from } = narrowed(relation, metric.columns)
  const expression = metric.expression({ dialect: engine.dialect, columns })
  const query = sql`select ${expression} from ${from} where ${expression} is not null`
  countScan(relation)
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
