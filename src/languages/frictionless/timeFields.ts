import { type JsonObject, shown, wrongSchema } from '../../schema/json.ts'
import { type FieldFormat, type FieldType, form, never, reader } from './fieldType.ts'
import { type Moment, strptime } from './strptime.ts'

const dates = [
  '%Y-%m-%d',
  '%Y/%m/%d',
  '%m/%d/%Y',
  '%d/%m/%Y',
  '%d.%m.%Y',
  '%Y%m%d',
  '%d %b %Y',
  '%d %B %Y',
  '%b %d %Y',
  '%B %d %Y',
  '%b %d, %Y',
  '%B %d, %Y',
  '%d-%b-%Y',
]
const times = ['%H:%M', '%H:%M:%S', '%H:%M:%S.%f', '%H:%M%z', '%H:%M:%S%z', '%H:%M:%S.%f%z', '%I:%M %p', '%I:%M:%S %p']

interface Temporal {
  readonly name: string
  readonly rules: JsonObject
  readonly usual: readonly string[]
  /** The texts of the default format are of this form, too. */
  readonly exact: RegExp
  readonly any: readonly string[]
  iso(moment: Moment): string
}

function temporal({ format, at }: FieldFormat, { name, rules, usual, exact, any, iso }: Temporal): FieldType {
  const bare = format.replace(/^fmt:/, '')
  if (!['default', 'any'].includes(bare) && !bare.includes('%'))
    throw wrongSchema(
      `${at}/format`,
      `found ${shown(format)}`,
      'it is default, any or a strptime pattern, e.g. "%d/%m/%Y"',
    )
  const patterns = bare === 'default' ? usual : bare === 'any' ? any : [bare]
  const readers = patterns.map((pattern) => strptime(pattern, `${at}/format`))
  const read = (text: string): string | undefined => {
    if (bare === 'default' && !exact.test(text)) return undefined
    // strptime reads six digits of a fraction; the default format allows more.
    const short = bare === 'default' ? text.replace(/(\.\d{6})\d+/, '$1') : text
    for (const reader of readers) {
      const moment = reader(short)
      if (moment) return iso(moment)
    }
    return undefined
  }
  const words =
    bare === 'default' ? name : bare === 'any' ? `${name} in any common format` : `${name} in the format ${bare}`
  const order = (found: unknown): number =>
    name === 'time'
      ? Date.parse(`1970-01-01T${String(found)}${/[Z+-]/.test(String(found)) ? '' : 'Z'}`)
      : Date.parse(String(found))
  return { rules, form: form(words, reader(read, never), bare === 'default'), order }
}

const two = (n: number, width = 2): string => String(n).padStart(width, '0')
const isoDate = ({ year, month, day }: Moment): string => `${two(year, 4)}-${two(month)}-${two(day)}`
const isoTime = ({ hour, minute, second, fraction }: Moment): string =>
  `${two(hour)}:${two(minute)}:${two(second)}${fraction === '' ? '' : `.${fraction}`}`
function isoInstant(moment: Moment): string {
  const sign = moment.offset < 0 ? '-' : '+'
  const minutes = Math.abs(moment.offset)
  const zone = minutes === 0 ? 'Z' : `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
  return `${isoDate(moment)}T${isoTime(moment)}${zone}`
}

/** Fields of days, instants and times of day, by the standard's names. */
export const timeFields = {
  date: (field: FieldFormat) =>
    temporal(field, {
      name: 'date',
      rules: { type: 'string', format: 'date' },
      usual: ['%Y-%m-%d'],
      exact: /^\d{4}-\d\d-\d\d$/,
      any: dates,
      iso: isoDate,
    }),
  datetime: (field: FieldFormat) =>
    temporal(field, {
      name: 'datetime',
      rules: { type: 'string', format: 'date-time' },
      usual: ['%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%H:%M:%S.%f', '%Y-%m-%dT%H:%M:%S%z', '%Y-%m-%dT%H:%M:%S.%f%z'],
      exact: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/,
      any: [
        ...dates,
        ...dates.flatMap((date) => [' ', 'T'].flatMap((gap) => times.map((time) => `${date}${gap}${time}`))),
        '%a, %d %b %Y %H:%M:%S %z',
      ],
      iso: isoInstant,
    }),
  time: (field: FieldFormat) =>
    temporal(field, {
      name: 'time',
      rules: { type: 'string', format: 'iso-time' },
      usual: ['%H:%M:%S'],
      exact: /^\d\d:\d\d:\d\d$/,
      any: times,
      iso: isoTime,
    }),
}
