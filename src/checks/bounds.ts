import { AssayError, nearest } from '../errors.ts'
import { exactText } from '../words/text/numbers.ts'
import { isPlainObject } from '../options.ts'
import { valueText } from './receiver.ts'

/** Limits of a number: `min` and `max` inclusive, `gt` and `lt` exclusive. */
export interface Bounds {
  /**
   * The least value that is allowed.
   * @example { min: 0 }
   */
  readonly min?: number
  /**
   * The greatest value that is allowed.
   * @example { max: 100 }
   */
  readonly max?: number
  /**
   * What values must lie above.
   * @example { gt: 0 }
   */
  readonly gt?: number
  /**
   * What values must lie below.
   * @example { lt: 1 }
   */
  readonly lt?: number
}

const names = ['min', 'max', 'gt', 'lt'] as const

/**
 * Checks limits and returns them. An AssayError when there is none, one is no finite number (an infinite limit excludes
 * nothing, or everything), its name is not known, or nothing can satisfy them. Only the object's own limits count.
 */
export function checkedBounds(bounds: unknown, asker: string): Bounds {
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
  ) as Bounds
  if (Object.keys(limits).length === 0) throw wrong(asker, 'got no limit at all')
  for (const [name, limit] of Object.entries(limits) as [string, unknown][]) {
    if (typeof limit !== 'number' || Number.isNaN(limit))
      throw wrong(asker, `got ${name}: ${valueText(limit)}, which is not a number`)
    if (!Number.isFinite(limit))
      throw wrong(asker, `got ${name}: ${limit}, which is no limit`, `leave ${name} out where there is no limit`)
  }
  const { min = -Infinity, max = Infinity, gt = -Infinity, lt = Infinity } = limits
  const [low, high] = [Math.max(min, gt), Math.min(max, lt)]
  if (low > high || (low === high && !within(low, limits)))
    throw wrong(asker, `got limits that no number meets: ${inWords(limits)}`)
  return limits
}

/**
 * Checks limits of something that is counted, so a whole number from 0: besides what `checkedBounds` refuses, limits
 * that no count meets, and those that every count meets.
 */
export function checkedCounts(
  bounds: unknown,
  asker: string,
  { one, many }: { readonly one: string; readonly many: string },
): Bounds {
  const limits = checkedBounds(bounds, asker)
  const { min = 0, gt = -1, max = Infinity, lt = Infinity } = limits
  const low = Math.max(0, Math.ceil(min), Math.floor(gt) + 1)
  const high = Math.min(Math.floor(max), Math.ceil(lt) - 1)
  const hint = `${one} is a whole number from 0`
  if (low > high) throw wrong(asker, `got limits that no ${many} meets: ${inWords(limits)}`, hint)
  if (low === 0 && high === Infinity)
    throw wrong(asker, `got limits that every ${many} meets: ${inWords(limits)}`, `${hint}: give { min: 1 }, or a max`)
  return limits
}

const HINT = 'give at least one of { min, max } (inclusive) or { gt, lt } (exclusive), e.g. { min: 0, max: 100 }'

function wrong(asker: string, found: string, hint = HINT): AssayError {
  return new AssayError('wrong-argument', `${asker} ${found}`, { hint })
}

/** The limits as numbers, which a measurement stands beside. */
export function limitsOf({ min, max, gt, lt }: Bounds): readonly number[] {
  return [min, max, gt, lt].filter((limit) => limit !== undefined)
}

/** Whether a number meets the limits; NaN meets none. */
export function within(value: number | bigint, { min, max, gt, lt }: Bounds): boolean {
  return (
    !Number.isNaN(value) &&
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (gt === undefined || value > gt) &&
    (lt === undefined || value < lt)
  )
}

/** The limits in words: `between 0 and 10`, `at least 3`, `more than 0 and at most 1`. */
export function inWords({ min, max, gt, lt }: Bounds, show: (value: number) => string = exactText): string {
  if (min !== undefined && max !== undefined && gt === undefined && lt === undefined) {
    return min === max ? `exactly ${show(min)}` : `between ${show(min)} and ${show(max)}`
  }
  const parts: string[] = []
  if (min !== undefined) parts.push(`at least ${show(min)}`)
  if (gt !== undefined) parts.push(`more than ${show(gt)}`)
  if (max !== undefined) parts.push(`at most ${show(max)}`)
  if (lt !== undefined) parts.push(`less than ${show(lt)}`)
  return parts.join(' and ')
}
