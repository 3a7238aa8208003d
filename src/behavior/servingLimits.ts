import { AssayError, nearest, textOf } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import { numberText } from '../words/text/numbers.ts'

/** What a model that serves is held to: milliseconds that a share of the calls may take at most, and answers a second. */
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
}

export const shares = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, max: 1 } as const
export type ShareName = keyof typeof shares
export const shareNames = Object.keys(shares) as ShareName[]

export interface CheckedLimits {
  /** In the order in which they were asked. */
  readonly latency: readonly (readonly [ShareName, number])[]
  readonly throughput: number | undefined
}

/** Throws an AssayError for no limit at all, one of an unknown name, and one that is no number above 0. */
export function checkedLimits(limits: unknown): CheckedLimits {
  const wrong = (found: string, hint: string): AssayError =>
    new AssayError('wrong-argument', `respondsWithin ${found}`, { hint })
  const wanted = isPlainObject(limits) ? Object.entries(limits) : []
  if (wanted.length === 0) throw wrong('got no limit', 'e.g. { p95: 200 }, in milliseconds')
  const names = [...shareNames, 'throughput']
  for (const [name, limit] of wanted) {
    if (!names.includes(name)) {
      const near = nearest(name, names)
      throw wrong(
        `does not know the limit ${JSON.stringify(name)}`,
        near ? `did you mean ${near}?` : `there are ${names.join(', ')}`,
      )
    }
    if (!(typeof limit === 'number' && limit > 0 && limit < Infinity))
      throw wrong(
        `got ${name}: ${textOf(limit)}`,
        name === 'throughput'
          ? 'it is a number of answers a second above 0'
          : 'a limit is a number of milliseconds above 0',
      )
  }
  const kept = wanted as (readonly [ShareName | 'throughput', number])[]
  return {
    latency: kept.filter((limit): limit is readonly [ShareName, number] => limit[0] !== 'throughput'),
    throughput: kept.find(([name]) => name === 'throughput')?.[1],
  }
}

/** The limits in words. */
export function limitWords({ latency, throughput }: CheckedLimits): string {
  return [
    ...latency.map(([name, limit]) => `${name} at most ${numberText(limit)} ms`),
    ...(throughput === undefined ? [] : [`at least ${numberText(throughput)} answers a second`]),
  ].join(', ')
}
