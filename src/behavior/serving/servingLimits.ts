import { nearestHint, textOf, wrongArgument } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import { numberText } from '../../words/text/numbers.ts'
import { type SpendingLimits, type SpendingName, spendingNames, spendingWords } from './spending.ts'

/**
 * What a model that serves is held to: milliseconds that a share of the calls may take at most, answers a second, and what its
 * answers say that they cost.
 */
export interface ServingLimits {
  readonly p50?: number
  readonly p90?: number
  readonly p95?: number
  readonly p99?: number
  readonly max?: number
  /**
   * Answers a second at least, wall clock, the first call apart.
   * @example { throughput: 200 }
   */
  readonly throughput?: number
  /**
   * What a call may cost on average, in the currency of the model's answers (`usage.cost`).
   * @example { cost: 0.002 }
   */
  readonly cost?: number
  /**
   * What no call may cost more than.
   * @example { maxCost: 0.01 }
   */
  readonly maxCost?: number
  /**
   * How many tokens a call may take on average, read and written together (`usage.inputTokens`, `usage.outputTokens`).
   * @example { tokens: 400 }
   */
  readonly tokens?: number
  /**
   * How many tokens no call may take more than.
   * @example { maxTokens: 2000 }
   */
  readonly maxTokens?: number
}

export const shares = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, max: 1 } as const
export type ShareName = keyof typeof shares
export const shareNames = Object.keys(shares) as ShareName[]

export interface CheckedLimits {
  /** In the order in which they were asked. */
  readonly latency: readonly (readonly [ShareName, number])[]
  readonly throughput: number | undefined
  readonly spending: SpendingLimits
}

/** Throws an AssayError for no limit at all, one of an unknown name, and one that is no number above 0. */
export function checkedLimits(limits: unknown): CheckedLimits {
  const wrong = wrongArgument('respondsWithin')
  const wanted = isPlainObject(limits) ? Object.entries(limits) : []
  if (wanted.length === 0) throw wrong('got no limit', 'e.g. { p95: 200 }, in milliseconds')
  const names: readonly string[] = [...shareNames, 'throughput', ...spendingNames]
  for (const [name, limit] of wanted) {
    if (!names.includes(name)) {
      throw wrong(
        `does not know the limit ${JSON.stringify(name)}`,
        nearestHint(name, names, `there are ${names.join(', ')}`, String),
      )
    }
    if (!(typeof limit === 'number' && limit > 0 && limit < Infinity))
      throw wrong(
        `got ${name}: ${textOf(limit)}`,
        name === 'throughput'
          ? 'it is a number of answers a second above 0'
          : isSpending(name)
            ? 'it is a number above 0, of a call'
            : 'a limit is a number of milliseconds above 0',
      )
  }
  const kept = wanted as (readonly [ShareName | 'throughput' | SpendingName, number])[]
  return {
    latency: kept.filter((limit): limit is readonly [ShareName, number] => limit[0] in shares),
    throughput: kept.find(([name]) => name === 'throughput')?.[1],
    spending: kept.filter((limit): limit is readonly [SpendingName, number] => isSpending(limit[0])),
  }
}

const isSpending = (name: string): boolean => (spendingNames as readonly string[]).includes(name)

/** The limits in words. */
export function limitWords({ latency, throughput, spending }: CheckedLimits): string {
  return [
    ...latency.map(([name, limit]) => `${name} at most ${numberText(limit)} ms`),
    ...(throughput === undefined ? [] : [`at least ${numberText(throughput)} answers a second`]),
    ...spendingWords(spending),
  ].join(', ')
}
