import { AssayError } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import { isDate } from '../sql/sql.ts'
import { isCalendarDay } from '../words/text/calendar.ts'
import { exactText } from '../words/text/numbers.ts'
import { type Bounds, checkedExactBounds } from './bounds.ts'
import { valueText } from './receiver.ts'

/** A limit of values that have an order: a number, or an instant. */
export type Limit = number | bigint | Date

/** How such limits are written: instants as `Date` or in ISO 8601 (without zone: UTC). */
export type WrittenLimit = Limit | string

const iso = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/

/** The instant that a text says; undefined where it says none. */
function instantOf(text: string): Date | undefined {
  if (!iso.test(text)) return undefined
  const zoned = text.length === 10 || /(?:Z|[+-]\d\d:?\d\d)$/.test(text.slice(11))
  const instant = new Date(zoned ? text.replace(' ', 'T') : `${text.replace(' ', 'T')}Z`)
  return isCalendarDay(text.slice(0, 10)) && !Number.isNaN(instant.getTime()) ? instant : undefined
}

/** Whether limits are instants. */
export function areInstants(bounds: Bounds<Limit>): boolean {
  return Object.values(bounds as object).some(isDate)
}

/** A limit as it reads; midnight in UTC as the day. */
export function limitText(limit: Limit): string {
  return isDate(limit) ? instantShown(limit) : exactText(limit)
}

/** An instant as it reads: the day where it is midnight in UTC. */
export function instantShown(instant: Date): string {
  return instant
    .toISOString()
    .replace(/T00:00:00\.000Z$/, '')
    .replace(/\.000Z$/, 'Z')
}

/**
 * Limits of numbers or of instants. Besides what `checkedExactBounds` refuses, an AssayError for what is neither, for
 * instants that are none, and for both at once.
 */
export function checkedLimits(bounds: unknown, asker: string): Bounds<Limit> {
  if (!isPlainObject(bounds)) return checkedExactBounds(bounds, asker)
  const read = Object.entries(bounds).map(([name, limit]): [string, unknown] => {
    const instant = typeof limit === 'string' ? instantOf(limit) : isDate(limit) ? new Date(Number(limit)) : undefined
    if (typeof limit === 'string' && !instant)
      throw wrong(asker, `${name}: ${valueText(limit)}, which is no day or time`)
    if (instant && Number.isNaN(instant.getTime())) throw wrong(asker, `${name}: an invalid Date`)
    return [name, instant ?? limit]
  })
  const limits = read.filter(([, limit]) => limit !== undefined)
  const instants = limits.filter(([, limit]) => isDate(limit))
  if (instants.length === 0) return checkedExactBounds(bounds, asker)
  if (instants.length < limits.length) throw wrong(asker, 'limits of which some are times and some are not')
  checkedExactBounds(Object.fromEntries(limits.map(([name, limit]) => [name, Number(limit)])), asker, undefined, (ms) =>
    instantShown(new Date(Number(ms))),
  )
  return Object.fromEntries(limits) as Bounds<Limit>
}

function wrong(asker: string, found: string): AssayError {
  return new AssayError('wrong-argument', `${asker} got ${found}`, {
    hint: "give numbers, or days and times as Date or ISO 8601: { min: '2026-01-01', lt: '2026-02-01T12:00:00Z' }",
  })
}
