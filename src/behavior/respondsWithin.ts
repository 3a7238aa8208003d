import type { RunCheck } from '../checks/check.ts'
import { AssayError, nearest, textOf } from '../errors.ts'
import type { Model } from '../models/model.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import type { CallsBlock } from '../results/blocks/calls.ts'
import type { Severity } from '../results/checkResult.ts'
import { wilsonInterval } from '../stats/wilson.ts'
import { countText, exactShare, numberText, shareText } from '../words/text/numbers.ts'
import { aboutModel, checkModel, lineageOf } from './aboutModel.ts'
import { givenInputs, type Input, type Inputs } from './inputs.ts'
import { run } from './run.ts'

/** Milliseconds that a share of the calls may take at most. */
export interface LatencyLimits {
  readonly p50?: number
  readonly p90?: number
  readonly p95?: number
  readonly p99?: number
  readonly max?: number
}

export interface LatencyOptions {
  /**
   * The inputs: a column of texts, a dataset whose rows are records, or inputs as they are.
   * @example { on: reviews.column('text') }
   */
  readonly on: Inputs
  /**
   * The share of calls that may have no answer; default none.
   * @example { errorRate: 0.01 }
   */
  readonly errorRate?: number
  /**
   * `warn` reports a failure without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}

const shares = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, max: 1 } as const
type Name = keyof typeof shares
/** Told beside those that are held to a limit. */
const SHOWN: readonly Name[] = ['p50', 'p95', 'max']

/**
 * The model answers in time: so many milliseconds at most for half of the calls (`p50`), 95 of a hundred (`p95`), all
 * (`max`). Each input is asked once, whatever was said before; the first call, which may load or connect, is told apart.
 * A share is that of the least call with as many below it (nearest rank): `p99` takes a hundred calls to say more than
 * `max`. Calls without an answer have no time; where their share is above `errorRate` (default 0) the result fails.
 */
export function respondsWithin(model: Model, limits: LatencyLimits, options: LatencyOptions): RunCheck {
  checkModel(model, 'respondsWithin')
  const wrong = (found: string, hint: string): AssayError =>
    new AssayError('wrong-argument', `respondsWithin ${found}`, { hint })
  const wanted = isPlainObject(limits) ? (Object.entries(limits) as [Name, unknown][]) : []
  if (wanted.length === 0) throw wrong('got no limit', 'e.g. { p95: 200 }, in milliseconds')
  for (const [name, limit] of wanted) {
    if (!Object.hasOwn(shares, name)) {
      const near = nearest(name, Object.keys(shares))
      throw wrong(
        `does not know the limit ${JSON.stringify(name)}`,
        near ? `did you mean ${near}?` : `there are ${Object.keys(shares).join(', ')}`,
      )
    }
    if (!(typeof limit === 'number' && limit > 0 && limit < Infinity))
      throw wrong(`got ${name}: ${textOf(limit)}`, 'a limit is a number of milliseconds above 0')
  }
  const { on, errorRate = 0, severity } = ownOptions('respondsWithin', options, ['on', 'errorRate', 'severity'])
  if (!(typeof errorRate === 'number' && errorRate >= 0 && errorRate < 1))
    throw wrong(`got errorRate: ${textOf(errorRate)}`, 'it is a share from 0, below 1')
  const inputs = givenInputs(on, 'respondsWithin')
  const { dataset, about: origin, table } = inputs
  const about = aboutModel(model, 'latency', {
    statement: { on: origin?.question.follows ?? table },
    limits: { on: origin?.question.about, limits, errorRate, severity },
  })
  const kept = wanted as [Name, number][]
  return {
    type: 'run',
    kind: 'respondsWithin',
    family: 'behavior',
    ...about,
    title: 'responds in time',
    expected: `${kept.map(([name, limit]) => `${name} at most ${numberText(limit)} ms`).join(', ')}${errorRate > 0 ? `, at most ${exactShare(errorRate)} without an answer` : ''}`,
    ...(severity ? { severity } : {}),
    ...(dataset ? { inputs: [dataset] } : {}),
    async run(context) {
      const times: number[] = []
      let first: number | undefined
      const ran = await run<Input>(inputs.read(context), {
        model,
        signal: context.signal,
        timed: true,
        ask: ({ input }) => (input === null ? undefined : [input]),
        judge: (_, [answer]) => {
          const { latency } = answer ?? {}
          if (latency === undefined) return 'the model tells no latency'
          if (first === undefined) first = latency
          else times.push(latency)
          return true
        },
        capability: () => 'latency',
        key: () => '',
        example: () => ({ input: '', expected: '', got: '' }),
      })
      const { errors, passed } = ran.total
      const tried = errors + passed
      if (tried === 0)
        return {
          status: 'vacuous',
          measured: 'nothing to judge',
          message: 'no input could be asked, so nothing was shown',
        }
      if (passed === 0)
        return {
          status: 'error',
          measured: 'no call was answered',
          message: `none of ${countText(tried, 'call')} was answered, so there is no time to judge`,
          lineage: { model: lineageOf(model) },
        }
      const sorted = Float64Array.from(times.length > 0 ? times : [first ?? Number.NaN]).sort()
      const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
      const late = kept.filter(([name, limit]) => !(at(shares[name]) <= limit))
      const failing = errors / tried > errorRate
      const measured = kept.map(([name]) => `${name} ${timeText(at(shares[name]))}`).join(', ')
      const [low, high] = wilsonInterval(errors, tried)
      const shown = (Object.entries(shares) as [Name, number][]).filter(
        ([name]) => SHOWN.includes(name) || kept.some(([limited]) => limited === name),
      )
      const calls: CallsBlock = {
        kind: 'calls',
        calls: tried,
        errors,
        latency: shown.map(([name, share]) => {
          const limit = kept.find(([limited]) => limited === name)?.[1]
          return { share, ms: at(share), ...(limit === undefined ? {} : { limit }) }
        }),
        ...(first !== undefined && times.length > 0 ? { first } : {}),
        perSecond: Number((tried / Math.max(ran.seconds, 1e-6)).toPrecision(3)),
      }
      const [name = kept[0]?.[0]] = late[0] ?? []
      const value = name === undefined ? Number.NaN : at(shares[name as Name])
      return {
        status: late.length > 0 || failing ? 'fail' : 'pass',
        measured: `${measured} over ${countText(sorted.length, 'call')}`,
        ...(Number.isNaN(value) ? {} : { value }),
        ...(errors > 0
          ? {
              message: `${errors} of ${tried} without an answer: ${shareText(errors / tried)} (${shareText(low)} to ${shareText(high)} with 95 % confidence)`,
            }
          : {}),
        evidence: [calls],
        lineage: { model: lineageOf(model) },
      }
    },
  }
}

const timeText = (ms: number): string => `${numberText(Number(ms.toPrecision(3)))} ms`
