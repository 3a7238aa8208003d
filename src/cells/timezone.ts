import { AssayError, nearest } from '../errors.ts'
import { literal, type Sql, sql } from '../sql/sql.ts'

const offset = /^([+-])(0[0-9]|1[0-4]):([0-5][0-9])$/

/** Throws an AssayError for what is neither an IANA time zone nor an offset. */
export function checkTimezone(zone: unknown): void {
  if (typeof zone === 'string' && (offset.test(zone) || isNamed(zone))) return
  throw new AssayError('wrong-argument', `dataset(): timezone is ${JSON.stringify(zone)}, which is no time zone`, {
    hint: hintFor(String(zone)),
  })
}

/** Abbreviations are left out: `BST` is Dhaka to some and London to others. */
function isNamed(zone: string): boolean {
  if (zone !== 'UTC' && !zone.includes('/')) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

function hintFor(zone: string): string {
  const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC']
  const city = (one: string): string => one.slice(one.lastIndexOf('/') + 1)
  const near = nearest(zone, zones) ?? zones.find((one) => city(one) === nearest(zone, zones.map(city)))
  const wanted = 'it takes the IANA name of a zone, e.g. Europe/Berlin, or an offset, e.g. +05:30'
  return near ? `did you mean ${near}? ${wanted}` : wanted
}

/** The instant of a timestamp that a clock of the zone shows. Without one it is the later, or the one an hour on. */
export function instantOf(local: Sql, zone: string): Sql {
  const seconds = offsetOf(zone)
  if (seconds === undefined) return sql`(${local} at time zone ${literal(zone)})`
  return sql`((${local} - to_seconds(${seconds})) at time zone 'UTC')`
}

/** Whether a clock of the zone ever shows the timestamp: when clocks are put forward, they leave some out. */
export function isShown(local: Sql, zone: string): Sql {
  if (offsetOf(zone) !== undefined) return sql`${local} is not null`
  return sql`${instantOf(local, zone)} at time zone ${literal(zone)} = ${local}`
}

function offsetOf(zone: string): number | undefined {
  const [, sign, hours, minutes] = offset.exec(zone) ?? []
  return sign === undefined ? undefined : (sign === '-' ? -60 : 60) * (60 * Number(hours) + Number(minutes))
}
