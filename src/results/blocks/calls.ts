import { columnsOfText } from '../../words/text/columns.ts'
import { countText, decimal, numberText, shareText } from '../../words/text/numbers.ts'
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
  /** From the least share to the greatest; the first call, which may load or connect, is not among the times. */
  readonly latency: readonly Latency[]
  /**
   * Milliseconds of the first call.
   * @minimum 0
   */
  readonly first?: number
  /** Calls a second, wall clock. */
  readonly perSecond?: number
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

export const calls: BlockDefinition<CallsBlock> = {
  core: true,
  lines({ latency, first, perSecond, calls: count, errors, cached, inputTokens, outputTokens, cost, currency }) {
    if (count === 0) return []
    const limited = latency.some(({ limit }) => limit !== undefined)
    const times = latency.map((one) => [
      latencyName(one),
      milliseconds(one.ms),
      ...(limited ? [one.limit === undefined ? '' : milliseconds(one.limit)] : []),
    ])
    const facts = [
      countText(count, 'call'),
      errors > 0 && `${numberText(errors)} without an answer (${shareText(errors / count)})`,
      cached !== undefined && cached > 0 && `${numberText(cached)} from a record`,
      first !== undefined && `first call ${milliseconds(first)}`,
      perSecond !== undefined && `${decimal(perSecond)} a second`,
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
