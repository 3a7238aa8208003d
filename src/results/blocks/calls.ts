import { columnsOfText } from '../../words/text/columns.ts'
import { countText, decimal, integer, numberText, shareText } from '../../words/text/numbers.ts'
import { milliseconds } from '../../words/text/times.ts'
import { visible } from '../../words/text/visible.ts'
import type { BlockDefinition } from './block.ts'

/** How long a share of the calls took at most. */
export interface Latency {
  /**
   * 0.5 for half of the calls, 1 for all.
   * @maximum 1
   */
  readonly share: number
  /** @minimum 0 */
  readonly ms: number
  /**
   * What it is held to.
   * @minimum 0
   */
  readonly limit?: number
}

/** What the answers of a model cost: time, tokens, money. */
export interface CallsBlock {
  readonly kind: 'calls'
  /** @count */
  readonly calls: number
  /**
   * Calls without an answer, among them.
   * @count
   */
  readonly errors: number
  /** Where the share of calls without an answer lies, with 95 % confidence (Wilson's interval). */
  readonly errorInterval?: readonly [number, number]
  /** From the least share to the greatest; the first call, which may load or connect, is not among the times. */
  readonly latency: readonly Latency[]
  /**
   * Milliseconds of the first call.
   * @minimum 0
   */
  readonly first?: number
  /** Answers a second, wall clock, the first call apart. */
  readonly perSecond?: number
  /**
   * The least that it is held to.
   * @minimum 0
   */
  readonly perSecondLimit?: number
  /**
   * Calls under way at a time.
   * @count
   */
  readonly concurrency?: number
  /**
   * Calls that were answered from a record, or a call before, at no cost.
   * @count
   */
  readonly cached?: number
  /**
   * As the model counts them, of all calls together.
   * @count
   */
  readonly inputTokens?: number
  /** @count */
  readonly outputTokens?: number
  /** Of all calls together, in `currency`. */
  readonly cost?: number
  readonly currency?: string
}

/** How a share of calls is called: `p95`, `max`. */
export const latencyName = ({ share }: Latency): string => (share >= 1 ? 'max' : `p${decimal(100 * share)}`)

/** How many calls have no answer, in words, with the interval of their share. */
export function errorsText({ errors, calls, errorInterval }: CallsBlock): string {
  const interval = errorInterval ? `, ${errorInterval.map((share) => shareText(share)).join(' to ')}` : ''
  return `${integer(errors)} (${shareText(errors / calls)}${interval})`
}

/** How many answers came a second, in words, with the least that may be. */
export function throughputText({ perSecond, perSecondLimit, concurrency }: CallsBlock): string {
  const value = decimal(Number((perSecond ?? 0).toPrecision(3)))
  return [
    value,
    ...(concurrency !== undefined && concurrency > 1 ? [` at ${integer(concurrency)} a time`] : []),
    ...(perSecondLimit === undefined ? [] : [`, at least ${decimal(perSecondLimit)}`]),
  ].join('')
}

/** How calls went: how many had no answer, how long they took and what they used. */
export const calls: BlockDefinition<CallsBlock> = {
  core: true,
  lines(block) {
    const { latency, first, perSecond, calls: count, errors, cached } = block
    const { inputTokens, outputTokens, cost, currency } = block
    if (count === 0) return []
    const limited = latency.some(({ limit }) => limit !== undefined)
    const times = latency.map((one) => [
      latencyName(one),
      milliseconds(one.ms),
      ...(limited ? [one.limit === undefined ? '' : milliseconds(one.limit)] : []),
    ])
    const facts = [
      countText(count, 'call'),
      errors > 0 && `without an answer ${errorsText(block)}`,
      cached !== undefined && cached > 0 && `${numberText(cached)} from a record`,
      first !== undefined && `first call ${milliseconds(first)}`,
      perSecond !== undefined && `answers a second ${throughputText(block)}`,
      inputTokens !== undefined && `${numberText(inputTokens)} tokens in`,
      outputTokens !== undefined && `${numberText(outputTokens)} tokens out`,
      cost !== undefined && `cost ${decimal(cost)}${currency === undefined ? '' : ` ${visible(currency)}`}`,
    ].filter((fact) => fact !== false)
    return [
      ...(times.length > 0 ? columnsOfText([['share', 'time', ...(limited ? ['limit'] : [])], ...times]) : []),
      `  ${facts.join(', ')}`,
    ]
  },
  columns: () => [],
}
