import type { Judgement, RunCheck, RunContext } from '../../checks/check.ts'
import { textOf, wrongArgument } from '../../errors.ts'
import type { Model } from '../../models/model.ts'
import { ownOptions } from '../../options.ts'
import type { CallsBlock } from '../../results/blocks/calls.ts'
import type { Severity } from '../../results/checkResult.ts'
import { wilsonInterval } from '../../stats/wilson.ts'
import { countText, exactShare, numberText, shareText } from '../../words/text/numbers.ts'
import { aboutModel, checkModel, lineageOf } from '../aboutModel.ts'
import { type GivenInputs, givenInputs, type Input, type Inputs } from '../inputs.ts'
import { run } from '../run/run.ts'
import {
  type CheckedLimits,
  checkedLimits,
  limitWords,
  type ServingLimits,
  type ShareName,
  shareNames,
  shares,
} from '../servingLimits.ts'
import { Spending } from '../spending.ts'
import { timedCalls } from '../timedCalls.ts'

export interface ServingOptions {
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
   * Calls under way at a time; default: as many as the model says of itself.
   * @example { concurrency: 16 }
   */
  readonly concurrency?: number
  /**
   * `warn` reports a failure without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}

/** Told beside those that are held to a limit. */
const SHOWN: readonly ShareName[] = ['p50', 'p95', 'max']

/**
 * The model answers in time: so many milliseconds at most for half of the calls (`p50`), 95 of a hundred (`p95`), all
 * (`max`), and so many answers a second at least (`throughput`, with `concurrency` calls under way); and it uses no more
 * than it may: `cost` and `tokens` of a call on average, `maxCost` and `maxTokens` of any, as its answers tell. Each input is asked,
 * whatever was said before; the first call, which may load or connect, is made alone and told apart. A share is that of
 * the least call with as many below it (nearest rank): `p99` takes a hundred calls to say more than `max`. Calls without an
 * answer have no time and are no answers; where their share is above `errorRate` (default 0) the result fails. An error
 * where no call was answered, where so many calls were never under way, of a model that tells no times, and where an answer
 * does not tell what is limited.
 */
export function respondsWithin(model: Model, limits: ServingLimits, options: ServingOptions): RunCheck {
  checkModel(model, 'respondsWithin')
  const wrong = wrongArgument('respondsWithin')
  const held = checkedLimits(limits)
  const {
    on,
    errorRate = 0,
    concurrency,
    severity,
  } = ownOptions('respondsWithin', options, ['on', 'errorRate', 'concurrency', 'severity'])
  if (!(typeof errorRate === 'number' && errorRate >= 0 && errorRate < 1))
    throw wrong(`got errorRate: ${textOf(errorRate)}`, 'it is a share from 0, below 1')
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency > 0))
    throw wrong(`got concurrency: ${textOf(concurrency)}`, 'it is how many calls are under way at a time, from 1')
  if (concurrency !== undefined && concurrency > 1 && model.concurrency === undefined)
    throw wrong(`got concurrency: ${concurrency}`, `${model.name} is asked one input after another`)
  const inputs = givenInputs(on, 'respondsWithin')
  const { dataset } = inputs
  const about = aboutModel(model, 'latency', {
    statement: { on: inputs.statement, ...(concurrency === undefined ? {} : { concurrency }) },
    limits: { on: inputs.limits, limits, errorRate, severity },
  })
  const atOnce = concurrency ?? model.concurrency ?? 1
  const many = atOnce > 1 && held.throughput !== undefined ? ` at ${numberText(atOnce)} a time` : ''
  return {
    type: 'run',
    kind: 'respondsWithin',
    family: 'behavior',
    ...about,
    title: titleOf(held),
    expected: `${limitWords(held)}${many}${errorRate > 0 ? `, at most ${exactShare(errorRate)} without an answer` : ''}`,
    ...(severity ? { severity } : {}),
    ...(dataset ? { inputs: [dataset] } : {}),
    personal: inputs.personal,
    run: async (context) => {
      const judged = judge(held, errorRate, {
        atOnce,
        many,
        ...(await timed(model, inputs, concurrency, context)),
      })
      return { ...judged, lineage: { model: lineageOf(model) } }
    },
  }
}

function titleOf({ latency, throughput, spending }: CheckedLimits): string {
  const inTime = throughput === undefined ? 'responds in time' : 'responds in time, often enough'
  if (spending.length === 0) return inTime
  const within = 'costs no more than it may'
  return latency.length === 0 && throughput === undefined ? within : `${inTime}, and ${within}`
}

interface Timed {
  readonly times: readonly number[]
  readonly first: number | undefined
  readonly answered: number
  readonly errors: number
  /** Answers a second, the first call apart; undefined where there was no other. */
  readonly perSecond: number | undefined
  /** Calls after the first. */
  readonly others: number
  /** What all answers used, that of the first call, too. */
  readonly spent: Spending
}

async function timed(
  model: Model,
  inputs: GivenInputs,
  concurrency: number | undefined,
  context: RunContext,
): Promise<Timed> {
  const calls = timedCalls(model, concurrency)
  const times: number[] = []
  let first: number | undefined
  const spent = new Spending()
  const { total } = await run<Input>(inputs.read(context), {
    model: calls.model,
    signal: context.signal,
    personal: inputs.isPersonal(),
    timed: true,
    ask: ({ input }) => (input === null ? undefined : [input]),
    judge: (_, [answer]) => {
      const { latency } = answer ?? {}
      if (latency === undefined) return 'the model tells no latency'
      if (first === undefined) first = latency
      else times.push(latency)
      spent.add(answer?.usage)
      return true
    },
    capability: () => 'latency',
    key: () => '',
    example: () => ({ input: '', expected: '', got: '' }),
  })
  const { errors, passed: answered } = total
  const others = errors + answered - 1
  const perSecond = others > 0 ? calls.answers() / Math.max(calls.seconds(), 1e-6) : undefined
  return { times, first, answered, errors, perSecond, others, spent }
}

function judge(
  { latency: kept, throughput, spending }: CheckedLimits,
  errorRate: number,
  {
    times,
    first,
    answered,
    errors,
    perSecond,
    others,
    spent,
    atOnce,
    many,
  }: Timed & { readonly atOnce: number; readonly many: string },
): Judgement {
  const tried = errors + answered
  if (tried === 0)
    return {
      status: 'vacuous',
      measured: 'nothing to judge',
      message: 'no input could be asked, so nothing was shown',
    }
  if (answered === 0)
    return {
      status: 'error',
      measured: 'no call was answered',
      message: `none of ${countText(tried, 'call')} was answered, so there is no time to judge`,
    }
  if (throughput !== undefined && (perSecond === undefined || others < atOnce))
    return {
      status: 'error',
      measured: `${countText(others, 'call')} after the first`,
      message: `${countText(atOnce, 'call')} at a time were never under way: give at least ${numberText(atOnce + 1)} inputs`,
    }
  const untold = spent.unknown(spending)
  if (untold !== undefined)
    return {
      status: 'error',
      measured: untold,
      message: `${untold}, so that what calls use is unknown: answer({ value, usage: { cost, inputTokens, outputTokens } }), or chat(url, { price })`,
    }
  const sorted = Float64Array.from(times.length > 0 ? times : [first ?? Number.NaN]).sort()
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
  const late = kept.filter(([name, limit]) => !(at(shares[name]) <= limit))
  const slow = throughput !== undefined && !((perSecond ?? 0) >= throughput)
  const dear = spending.filter((limit) => !(spent.value(limit) <= limit[1]))
  const failing = errors / tried > errorRate
  const rate = perSecond === undefined ? undefined : Number(perSecond.toPrecision(3))
  const measured = [
    ...kept.map(([name]) => `${name} ${timeText(at(shares[name]))}`),
    ...(throughput === undefined ? [] : [`${numberText(rate ?? 0)} answers a second${many}`]),
    ...spent.measured(spending),
  ].join(', ')
  const errorInterval = wilsonInterval(errors, tried)
  const [low, high] = errorInterval
  const shown = shareNames.filter((name) => SHOWN.includes(name) || kept.some(([limited]) => limited === name))
  const calls: CallsBlock = {
    kind: 'calls',
    calls: tried,
    errors,
    errorInterval,
    latency: shown.map((name) => {
      const limit = kept.find(([limited]) => limited === name)?.[1]
      return { share: shares[name], ms: at(shares[name]), ...(limit === undefined ? {} : { limit }) }
    }),
    ...(first !== undefined && times.length > 0 ? { first } : {}),
    ...(rate === undefined ? {} : { perSecond: rate }),
    ...(throughput === undefined ? {} : { perSecondLimit: throughput, concurrency: atOnce }),
    ...spent.block(),
  }
  const [name] = late[0] ?? kept[0] ?? []
  const used = dear[0] ?? spending[0]
  const isDear = used !== undefined && late.length === 0 && !slow && (dear.length > 0 || name === undefined)
  const inTime = name === undefined || (slow && late.length === 0) ? rate : at(shares[name])
  const value = isDear ? spent.value(used) : inTime
  const inSpending = kept.length === 0 && throughput === undefined
  const counted = inSpending ? answered : throughput === undefined ? sorted.length : others
  return {
    status: late.length > 0 || slow || dear.length > 0 || failing ? 'fail' : 'pass',
    measured: `${measured} over ${countText(counted, 'call')}`,
    ...(value === undefined || Number.isNaN(value) ? {} : { value }),
    ...(errors > 0
      ? {
          message: `${errors} of ${tried} without an answer: ${shareText(errors / tried)} (${shareText(low)} to ${shareText(high)} with 95 % confidence)`,
        }
      : {}),
    evidence: [calls],
  }
}

const timeText = (ms: number): string => `${numberText(Number(ms.toPrecision(3)))} ms`
