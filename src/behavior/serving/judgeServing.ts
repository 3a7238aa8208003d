import type { Judgement } from '../../checks/check.ts'
import type { CallsBlock } from '../../results/blocks/calls.ts'
import { wilsonInterval } from '../../stats/wilson.ts'
import { countText, numberText, shareText } from '../../words/text/numbers.ts'
import { type CheckedLimits, type ShareName, shareNames, shares } from './servingLimits.ts'
import type { Timed } from './timed.ts'

/** Told beside those that are held to a limit. */
const SHOWN: readonly ShareName[] = ['p50', 'p95', 'max']

/** How calls went of which so many were to be under way at a time; `many` says so in words. */
interface Served extends Timed {
  readonly atOnce: number
  readonly many: string
}

/** Holds calls to limits. An error where they do not tell what is limited, `vacuous` where there were none. */
export function judgeServing(limits: CheckedLimits, errorRate: number, served: Served): Judgement {
  const { latency, throughput, spending } = limits
  const { answered, errors, perSecond, others, spent, many } = served
  const untold = whyUntold(limits, served)
  if (untold) return untold
  const tried = errors + answered
  const at = latencies(served)
  const late = latency.filter(([name, limit]) => !(at(name) <= limit))
  const isSlow = throughput !== undefined && !((perSecond ?? 0) >= throughput)
  const dear = spending.filter((limit) => !(spent.value(limit) <= limit[1]))
  const isFailing = errors / tried > errorRate
  const rate = perSecond === undefined ? undefined : Number(perSecond.toPrecision(3))
  const measured = [
    ...latency.map(([name]) => `${name} ${timeText(at(name))}`),
    ...(throughput === undefined ? [] : [`${numberText(rate ?? 0)} answers a second${many}`]),
    ...spent.measured(spending),
  ].join(', ')
  const errorInterval = wilsonInterval(errors, tried)
  const [low, high] = errorInterval
  // The number of the result is that of the first limit that does not hold, else of the first.
  const [name] = late[0] ?? latency[0] ?? []
  const used = dear[0] ?? spending[0]
  const isDear = used !== undefined && late.length === 0 && !isSlow && (dear.length > 0 || name === undefined)
  const inTime = name === undefined || (isSlow && late.length === 0) ? rate : at(name)
  const value = isDear ? spent.value(used) : inTime
  const isTimeless = latency.length === 0 && throughput === undefined
  const counted = isTimeless ? answered : throughput === undefined ? timesOf(served).length : others
  return {
    status: late.length > 0 || isSlow || dear.length > 0 || isFailing ? 'fail' : 'pass',
    measured: `${measured} over ${countText(counted, 'call')}`,
    ...(value === undefined || Number.isNaN(value) ? {} : { value }),
    ...(errors > 0
      ? {
          message: `${errors} of ${tried} without an answer: ${shareText(errors / tried)} (${shareText(low)} to ${shareText(high)} with 95 % confidence)`,
        }
      : {}),
    evidence: [callsBlock(limits, served, { at, rate, errorInterval })],
  }
}

/** The judgement of calls that do not tell what is limited; undefined where they do. */
function whyUntold(
  { throughput, spending }: CheckedLimits,
  { answered, errors, perSecond, others, spent, atOnce }: Served,
): Judgement | undefined {
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
  const unknown = spent.unknown(spending)
  if (unknown === undefined) return undefined
  return {
    status: 'error',
    measured: unknown,
    message: `${unknown}, so that what calls use is unknown: answer({ value, usage: { cost, inputTokens, outputTokens } }), or chat(url, { price })`,
  }
}

/** The times that are judged: that of the first call where there was no other. */
const timesOf = ({ times, first }: Timed): readonly number[] => (times.length > 0 ? times : [first ?? Number.NaN])

/** The time that a share of the calls took at most. */
function latencies(served: Timed): (name: ShareName) => number {
  const sorted = Float64Array.from(timesOf(served)).sort()
  return (name) => sorted[Math.max(0, Math.ceil(shares[name] * sorted.length) - 1)] ?? Number.NaN
}

interface Measures {
  readonly at: (name: ShareName) => number
  readonly rate: number | undefined
  readonly errorInterval: readonly [number, number]
}

function callsBlock(
  { latency, throughput }: CheckedLimits,
  { times, first, answered, errors, spent, atOnce }: Served,
  { at, rate, errorInterval }: Measures,
): CallsBlock {
  const shown = shareNames.filter((name) => SHOWN.includes(name) || latency.some(([limited]) => limited === name))
  return {
    kind: 'calls',
    calls: errors + answered,
    errors,
    errorInterval,
    latency: shown.map((name) => {
      const limit = latency.find(([limited]) => limited === name)?.[1]
      return { share: shares[name], ms: at(name), ...(limit === undefined ? {} : { limit }) }
    }),
    ...(first !== undefined && times.length > 0 ? { first } : {}),
    ...(rate === undefined ? {} : { perSecond: rate }),
    ...(throughput === undefined ? {} : { perSecondLimit: throughput, concurrency: atOnce }),
    ...spent.block(),
  }
}

const timeText = (ms: number): string => `${numberText(Number(ms.toPrecision(3)))} ms`
