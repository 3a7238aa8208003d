import { AssayError, nearest } from '../errors.ts'
import { exactText } from '../words/text/numbers.ts'
import { isPlainObject } from '../options.ts'
import { valueText } from './receiver.ts'

/**
 * Limits of a number: `min` and `max` inclusive, `gt` and `lt` exclusive. Values may be limited by bigints, too, and
 * instants by `Date` or ISO 8601.
 */
export interface Bounds<N extends number | bigint | Date | string = number> {
  /**
   * The least value that is allowed.
   * @example { min: 0 }
   */
  readonly min?: N
  /**
   * The greatest value that is allowed.
   * @example { max: 100 }
   */
  readonly max?: N
  /**
   * What values must lie above.
   * @example { gt: 0 }
   */
  readonly gt?: N
  /**
   * What values must lie below.
   * @example { lt: 1 }
   */
  readonly lt?: N
}

const names = ['min', 'max', 'gt', 'lt'] as const

/**
 * Checks limits and returns them. An AssayError when there is none, one is no finite number (an infinite limit excludes
 * nothing, or everything), its name is not known, or nothing can satisfy them. Only the object's own limits count.
 */
export function checkedBounds(bounds: unknown, asker: string): Bounds {
  return checkedExactBounds(bounds, asker, (limit) => typeof limit === 'number') as Bounds
}

/** The same, with bigints for limits that a number would round. */
export function checkedExactBounds(
  bounds: unknown,
  asker: string,
  takes = (limit: unknown): boolean => typeof limit === 'number' || typeof limit === 'bigint',
  show: (limit: number | bigint) => string = exactText,
): Bounds<number | bigint> {
  if (!isPlainObject(bounds)) throw wrong(asker, `got ${valueText(bounds)} as limits`)
  for (const name of Object.keys(bounds)) {
    if ((names as readonly string[]).includes(name)) continue
    const near = nearest(name, names)
    throw wrong(
      asker,
      `does not know the limit ${JSON.stringify(name)}`,
      near ? `did you mean ${near}? ${HINT}` : undefined,
    )
  }
  const limits = Object.fromEntries(
    names.flatMap((name) => (Object.hasOwn(bounds, name) && bounds[name] !== undefined ? [[name, bounds[name]]] : [])),
  ) as Bounds<number | bigint>
  if (Object.keys(limits).length === 0) throw wrong(asker, 'got no limit at all')
  for (const [name, limit] of Object.entries(limits) as [string, unknown][]) {
    if (!takes(limit) || Number.isNaN(limit))
      throw wrong(asker, `got ${name}: ${valueText(limit)}, which is not a number`)
    if (limit === Infinity || limit === -Infinity)
      throw wrong(asker, `got ${name}: ${limit}, which is no limit`, `leave ${name} out where there is no limit`)
  }
  const { min = -Infinity, max = Infinity, gt = -Infinity, lt = Infinity } = limits
  const [low, high] = [min > gt ? min : gt, max < lt ? max : lt]
  if (low > high || (low === high && !within(low, limits)))
    throw wrong(asker, `got limits that no ${show === exactText ? 'number' : 'time'} meets: ${inWords(limits, show)}`)
  return limits
}

/**
 * Checks limits of something that is counted, so a whole number from 0: besides what `checkedBounds` refuses, limits
 * that no count meets, and those that every count meets.
 */
export function checkedCounts(
  bounds: unknown,
  asker: string,
  { singular, plural }: { readonly singular: string; readonly plural: string },
): Bounds {
  const limits = checkedBounds(bounds, asker)
  const { min = 0, gt = -1, max = Infinity, lt = Infinity } = limits
  const low = Math.max(0, Math.ceil(min), Math.floor(gt) + 1)
  const high = Math.min(Math.floor(max), Math.ceil(lt) - 1)
  const hint = `${singular} is a whole number from 0`
  if (low > high) throw wrong(asker, `got limits that no ${plural} meets: ${inWords(limits)}`, hint)
  if (low === 0 && high === Infinity)
    throw wrong(
      asker,
      `got limits that every ${plural} meets: ${inWords(limits)}`,
      `${hint}: give { min: 1 }, or a max`,
    )
  return limits
}

const HINT = 'give at least one of { min, max } (inclusive) or { gt, lt } (exclusive), e.g. { min: 0, max: 100 }'

function wrong(asker: string, found: string, hint = HINT): AssayError {
  return new AssayError('wrong-argument', `${asker} ${found}`, { hint })
}

/** The limits as numbers, which a measurement stands beside. */
export function limitsOf({ min, max, gt, lt }: Bounds<number | bigint | Date>): readonly number[] {
  return [min, max, gt, lt].filter((limit) => limit !== undefined).map(Number)
}

/** Whether a number meets the limits, an instant by its milliseconds; NaN meets none. */
export function within(value: number | bigint, bounds: Bounds<number | bigint | Date>): boolean {
  const { min, max, gt, lt } = bounds as Bounds<number | bigint>
  return (
    !Number.isNaN(Number(value)) &&
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (gt === undefined || value > gt) &&
    (lt === undefined || value < lt)
  )
}

/** Whether every number of a span meets the limits, or none does; undefined where it depends on the number. */
export function metBy(bounds: Bounds, [least, most]: readonly [number, number]): 'every' | 'no' | undefined {
  if (within(least, bounds) && within(most, bounds)) return 'every'
  const { min = least, gt = -Infinity, max = most, lt = Infinity } = bounds
  return min > most || max < least || gt >= most || lt <= least ? 'no' : undefined
}

/** The limits in words: `between 0 and 10`, `at least 3`, `more than 0 and at most 1`. */
export function inWords<N extends number | bigint | Date = number | bigint>(
  { min, max, gt, lt }: Bounds<N>,
  show: (limit: N) => string = exactText as (limit: N) => string,
): string {
  if (min !== undefined && max !== undefined && gt === undefined && lt === undefined) {
    return Number(min) === Number(max) ? `exactly ${show(min)}` : `between ${show(min)} and ${show(max)}`
  }
  const parts: string[] = []
  if (min !== undefined) parts.push(`at least ${show(min)}`)
  if (gt !== undefined) parts.push(`more than ${show(gt)}`)
  if (max !== undefined) parts.push(`at most ${show(max)}`)
  if (lt !== undefined) parts.push(`less than ${show(lt)}`)
  return parts.join(' and ')
}

/** The limits as numbers, as a run document has them; instants in milliseconds. */
export function asNumbers(limits: Bounds<number | bigint | Date>): Bounds {
  return Object.fromEntries(Object.entries(limits).map(([name, limit]) => [name, Number(limit)]))
}
