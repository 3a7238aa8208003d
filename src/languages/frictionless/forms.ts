import { isObject, type JsonObject, shown, wrongSchema } from '../../schema/json.ts'
import type { ValueForm } from '../../schema/tableSchema.ts'
import { isGeoJson, isTopoJson } from './geoJson.ts'
import { type Moment, strptime } from './strptime.ts'

type Read = ValueForm['read']
/** A kind of field: how its texts are read, what its values are as JSON, and how two of them compare. */
export interface FieldType {
  readonly rules: JsonObject
  /** Undefined where a value is taken as it stands. */
  readonly form?: ValueForm
  /** A number that orders the values; absent where they have no order. */
  order?(value: unknown): number
  /** The keywords of its length. */
  readonly length?: readonly [least: string, most: string]
}

/** The field's properties that say how its texts are read. */
export interface FieldFormat {
  readonly format: string
  readonly at: string
  /** A property of the field, checked. */
  text(name: string, usual: string): string
  flag(name: string, usual: boolean): boolean
  texts(name: string, usual: readonly string[]): readonly string[]
}

const value = (found: unknown): { value: unknown } => ({ value: found })
/** Reads texts with `read`, and takes values of other types when they are fine. */
const of =
  (read: (text: string) => unknown, fine: (native: unknown) => boolean): Read =>
  (native) => {
    if (typeof native !== 'string') return fine(native) ? value(native) : undefined
    const found = read(native)
    return found === undefined ? undefined : value(found)
  }
const never = (): boolean => false
const words = (type: string, { format }: FieldFormat): string =>
  format === 'default' ? type : `${type} in the format ${format}`
const json = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
const isArray = (found: unknown): found is readonly unknown[] => Array.isArray(found)
const stringFormats: Readonly<Record<string, JsonObject>> = {
  default: {},
  email: { format: 'email' },
  uri: { format: 'uri' },
  uuid: { format: 'uuid' },
  binary: { format: 'byte' },
}

/** Every type of field, by the standard's names. Each throws AssayError `wrong-schema` for a format it has not. */
export const fieldTypes: Readonly<Record<string, (field: FieldFormat) => FieldType>> = {
  string: (field) => ({
    rules: { type: 'string', ...oneOf(field, stringFormats) },
    length: ['minLength', 'maxLength'],
  }),
  integer: (field) => numeric(field, 'integer'),
  number: (field) => numeric(field, 'number'),
  boolean: (field) => {
    const usual = [
      ['true', 'True', 'TRUE', '1'],
      ['false', 'False', 'FALSE', '0'],
    ] as const
    const yes = field.texts('trueValues', usual[0])
    const no = field.texts('falseValues', usual[1])
    oneOf(field, { default: {} })
    const custom = yes !== usual[0] || no !== usual[1]
    const read = of(
      (text) => (yes.includes(text) ? true : no.includes(text) ? false : undefined),
      (native) => typeof native === 'boolean',
    )
    return {
      rules: { type: 'boolean' },
      form: form(custom ? `boolean written ${[...yes, ...no].join(', ')}` : 'boolean', read, !custom),
    }
  },
  object: (field) => structured(field, 'object', isObject, ['minProperties', 'maxProperties']),
  array: (field) => structured(field, 'array', isArray, ['minItems', 'maxItems']),
  list(field) {
    const delimiter = field.text('delimiter', ',')
    const itemType = field.text('itemType', 'string')
    const items = ['string', 'integer', 'boolean', 'number', 'datetime', 'date', 'time']
    if (!items.includes(itemType))
      throw wrongSchema(`${field.at}/itemType`, `found ${shown(itemType)}`, `it is one of ${items.join(', ')}`)
    oneOf(field, { default: {} })
    const item = (fieldTypes[itemType] as (of: FieldFormat) => FieldType)(plain(field.at))
    const each = (items: readonly unknown[]): unknown => {
      const read = items.map((one) =>
        item.form ? item.form.read(one) : typeof one === 'string' ? value(one) : undefined,
      )
      return read.includes(undefined) ? undefined : read.map((one) => one?.value)
    }
    return {
      rules: { type: 'array', items: item.rules },
      form: form(`list of ${itemType}s with ${shown(delimiter)} between`, (native) => {
        const found =
          typeof native === 'string' ? each(native.split(delimiter)) : isArray(native) ? each(native) : undefined
        return found === undefined ? undefined : value(found)
      }),
      length: ['minItems', 'maxItems'],
    }
  },
  date: (field) =>
    temporal(field, {
      name: 'date',
      rules: { type: 'string', format: 'date' },
      usual: ['%Y-%m-%d'],
      exact: /^\d{4}-\d\d-\d\d$/,
      any: dates,
      iso: isoDate,
    }),
  datetime: (field) =>
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
  time: (field) =>
    temporal(field, {
      name: 'time',
      rules: { type: 'string', format: 'iso-time' },
      usual: ['%H:%M:%S'],
      exact: /^\d\d:\d\d:\d\d$/,
      any: times,
      iso: isoTime,
    }),
  year: (field) => {
    oneOf(field, { default: {} })
    const read = of(
      (text) => (/^-?([1-9]\d{3,}|0\d{3})(Z|[+-]\d\d:\d\d)?$/.test(text) ? Number.parseInt(text, 10) : undefined),
      Number.isInteger,
    )
    return { rules: { type: 'integer' }, form: form('year', read, true), order: Number }
  },
  yearmonth: (field) => {
    oneOf(field, { default: {} })
    const grammar = '^-?([1-9]\\d{3,}|0\\d{3})-(0[1-9]|1[0-2])(Z|[+-]\\d\\d:\\d\\d)?$'
    const regex = new RegExp(grammar)
    return {
      rules: { type: 'string', pattern: grammar },
      form: form(
        'yearmonth',
        of((text) => (regex.test(text) ? text : undefined), never),
        true,
      ),
      order: (text) => {
        const [, year, month] = /^(-?\d+)-(\d\d)/.exec(String(text)) ?? []
        return Number(year) * 12 + Number(month)
      },
    }
  },
  duration: (field) => {
    oneOf(field, { default: {} })
    const regex = /^-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/
    return {
      rules: { type: 'string', format: 'duration' },
      form: form(
        'duration',
        of((text) => (regex.test(text) ? text : undefined), never),
        true,
      ),
    }
  },
  geopoint(field) {
    const { format } = field
    oneOf(field, { default: {}, array: {}, object: {} })
    const rules: JsonObject = format === 'default' ? { type: 'string' } : { type: format }
    return { rules, form: form(words('geopoint', field), geopoint(format)) }
  },
  geojson(field) {
    const { topojson } = oneOf(field, { default: {}, topojson: { topojson: true } })
    const fine = topojson ? isTopoJson : isGeoJson
    const read = of((text) => [json(text)].find(fine), fine)
    return { rules: { type: 'object' }, form: form(topojson ? 'TopoJSON' : 'GeoJSON', read) }
  },
  any: (field) => {
    oneOf(field, { default: {} })
    return { rules: {} }
  },
}

function form(said: string, read: Read, usual = false): ValueForm {
  return { words: said, read, ...(usual ? { usual } : {}) }
}

const plain = (at: string): FieldFormat => ({
  format: 'default',
  at,
  text: (_, usual) => usual,
  flag: (_, usual) => usual,
  texts: (_, usual) => usual,
})

/** The format among those a type has. */
function oneOf({ format, at }: FieldFormat, formats: Readonly<Record<string, JsonObject>>): JsonObject {
  if (Object.hasOwn(formats, format)) return formats[format] as JsonObject
  throw wrongSchema(
    `${at}/format`,
    `found ${shown(format)}, a format the type has not`,
    `it has ${Object.keys(formats).join(', ')}`,
  )
}

function numeric(field: FieldFormat, type: 'integer' | 'number'): FieldType {
  oneOf(field, { default: {} })
  const group = field.text('groupChar', '')
  const point = type === 'number' ? field.text('decimalChar', '.') : '.'
  const bare = field.flag('bareNumber', true)
  const grammar = type === 'integer' ? /^[+-]?\d+$/ : /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/
  const special: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity }
  const read = (text: string): number | undefined => {
    let digits = text
    if (!bare) digits = stripped(digits)
    if (group !== '') digits = digits.replaceAll(group, '')
    if (point !== '.') digits = digits.includes('.') ? '' : digits.replace(point, '.')
    if (grammar.test(digits)) return Number(digits)
    const named = text.toLowerCase()
    return type === 'number' && Object.hasOwn(special, named) ? special[named] : undefined
  }
  const fine = (native: unknown): boolean =>
    typeof native === 'number' && (type === 'number' || Number.isInteger(native))
  const more = [
    ...(group === '' ? [] : [`digits grouped by ${shown(group)}`]),
    ...(point === '.' ? [] : [`the decimal point ${shown(point)}`]),
    ...(bare ? [] : ['other characters around it']),
  ]
  const said = more.length === 0 ? type : `${type} with ${more.join(' and ')}`
  return { rules: { type }, form: form(said, of(read, fine), more.length === 0), order: Number }
}

/** The text from its first digit, or the sign or point before it, to its last digit. */
function stripped(text: string): string {
  const first = text.search(/[-+.]?\d/)
  let end = text.length
  while (end > 0 && !/\d/.test(text[end - 1] as string)) end--
  return first < 0 ? '' : text.slice(first > 0 && /[-+]/.test(text[first - 1] as string) ? first - 1 : first, end)
}

function structured(
  field: FieldFormat,
  type: 'object' | 'array',
  fine: (found: unknown) => boolean,
  length: readonly [string, string],
): FieldType {
  oneOf(field, { default: {} })
  return {
    rules: { type },
    form: form(
      type,
      of((text) => [json(text)].find(fine), fine),
      true,
    ),
    length,
  }
}

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
  return { rules, form: form(words, of(read, never), bare === 'default'), order }
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

function geopoint(format: string): Read {
  const inside = (lon: unknown, lat: unknown): boolean =>
    typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90
  const number = '[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?'
  const pair = new RegExp(`^(${number}), ?(${number})$`)
  const parsed = (native: unknown): unknown => (typeof native === 'string' ? json(native) : native)
  if (format === 'default') {
    return of((text) => {
      const [, lon, lat] = pair.exec(text) ?? []
      return lon !== undefined && inside(Number(lon), Number(lat)) ? text : undefined
    }, never)
  }
  return (native) => {
    const point = parsed(native)
    const fine =
      format === 'array'
        ? isArray(point) && point.length === 2 && inside(point[0], point[1])
        : isObject(point) && Object.keys(point).length === 2 && inside(point.lon, point.lat)
    return fine ? value(point) : undefined
  }
}
