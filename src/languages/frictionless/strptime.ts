import { wrongSchema } from '../../schema/json.ts'

/** A point in a calendar and on a clock, as far as a text says it. */
export interface Moment {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** The digits after the second's point. */
  readonly fraction: string
  /** Minutes east of UTC. */
  readonly offset: number
}

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const short = (names: readonly string[]): string => names.map((name) => name.slice(0, 3)).join('|')

type Part = keyof Moment | 'ordinal' | 'half'
/** What each directive matches, and how its text is a part of a moment. As C and Python have it, in English. */
const directives: Readonly<Record<string, readonly [pattern: string, part?: Part, read?: (text: string) => number]>> = {
  Y: ['\\d{4}', 'year'],
  y: ['\\d{2}', 'year', (text) => Number(text) + (Number(text) < 69 ? 2000 : 1900)],
  m: ['1[0-2]|0?[1-9]', 'month'],
  B: [months.join('|'), 'month', (text) => months.indexOf(text.toLowerCase()) + 1],
  b: [short(months), 'month', (text) => short(months).split('|').indexOf(text.toLowerCase()) + 1],
  d: ['3[01]|[12]\\d|0?[1-9]| [1-9]', 'day', (text) => Number(text)],
  j: ['36[0-6]|3[0-5]\\d|[12]\\d\\d|0?[1-9]\\d|0{0,2}[1-9]', 'ordinal'],
  H: ['2[0-3]|[01]\\d|\\d', 'hour'],
  I: ['1[0-2]|0?[1-9]', 'hour'],
  p: ['am|pm', 'half', (text) => (text.toLowerCase() === 'pm' ? 1 : 0)],
  M: ['[0-5]\\d|\\d', 'minute'],
  S: ['6[01]|[0-5]\\d|\\d', 'second'],
  f: ['\\d{1,6}', 'fraction'],
  z: ['[+-]\\d{2}:?[0-5]\\d(?::?[0-5]\\d)?|Z', 'offset', offsetOf],
  Z: ['UTC|GMT|[A-Z]{0,5}'],
  A: [days.join('|')],
  a: [short(days)],
}
const compounds: Readonly<Record<string, string>> = { D: '%m/%d/%y', T: '%H:%M:%S', R: '%H:%M', F: '%Y-%m-%d' }

function offsetOf(text: string): number {
  if (text.toUpperCase() === 'Z') return 0
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})/.exec(text) as unknown as [string, string, string, string]
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/**
 * Reads texts by a strptime format, whole and with a valid calendar day; undefined for a text that is not of it.
 * Throws AssayError `wrong-schema` for a directive that is not known.
 */
export function strptime(format: string, at: string): (text: string) => Moment | undefined {
  const parts: [Part, (text: string) => number][] = []
  const fractions = new Set<number>()
  const spelled = format.replace(/%([DTRF])/g, (_, name: string) => compounds[name] as string)
  const source = spelled.replace(/%(.?)|([\s\S])/g, (_, name: string | undefined, plain: string | undefined) => {
    if (plain !== undefined) return /\s/.test(plain) ? '\\s+' : plain.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    if (name === '%') return '%'
    const known = directives[name ?? '']
    if (!known || !Object.hasOwn(directives, name ?? '')) {
      throw wrongSchema(
        at,
        `the format ${JSON.stringify(format)} has the directive %${name}, which is not read`,
        `it reads ${Object.keys(directives)
          .map((one) => `%${one}`)
          .join(' ')}`,
      )
    }
    const [pattern, part, read = Number] = known
    if (part === undefined) return `(?:${pattern})`
    if (part === 'fraction') fractions.add(parts.length)
    parts.push([part, read])
    return `(${pattern})`
  })
  const regex = new RegExp(`^${source}$`, 'iu')
  return (text) => {
    const match = regex.exec(text)
    if (!match) return undefined
    const numbers: Partial<Record<Part, number>> = {}
    let fraction = ''
    parts.forEach(([part, read], i) => {
      if (fractions.has(i)) fraction = match[i + 1] as string
      else numbers[part] = read(match[i + 1] as string)
    })
    return momentOf(numbers, fraction)
  }
}

function momentOf(numbers: Partial<Record<Part, number>>, fraction: string): Moment | undefined {
  const { year = 1900, ordinal, half, minute = 0, second = 0, offset = 0 } = numbers
  let { month = 1, day = 1, hour = 0 } = numbers
  if (half !== undefined) hour = (hour % 12) + 12 * half
  if (ordinal !== undefined) {
    const date = new Date(Date.UTC(2000, 0, ordinal))
    date.setUTCFullYear(year, 0, ordinal)
    if (date.getUTCFullYear() !== year) return undefined
    month = date.getUTCMonth() + 1
    day = date.getUTCDate()
  }
  if (day > daysOf(year, month)) return undefined
  return { year, month, day, hour, minute, second, fraction, offset }
}

/** How many days a month has. */
function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
