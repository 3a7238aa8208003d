import { AssayError, nearest } from '../errors.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { shownValue } from '../cells/cellValue.ts'
import type { DatasetOptions } from '../formats/source.ts'
import { textOptionNames } from '../formats/text/textOptions.ts'
import { checkTimezone } from '../cells/timezone.ts'

type Own = Exclude<keyof DatasetOptions, (typeof textOptionNames)[number]>

/** What a value must be, and that in words. */
type Rule = readonly [fits: (value: unknown) => boolean, words: string]

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
const text: Rule = [isText, 'text']
const flag: Rule = [(value) => typeof value === 'boolean', 'true or false']
const names: Rule = [
  (value) => isText(value) || (Array.isArray(value) && value.every(isText)),
  'the name of a column or a list of names',
]

const rules: Readonly<Record<Own, Rule>> = {
  at: text,
  format: text,
  headerRow: [(value) => Number.isSafeInteger(value) && Number(value) > 0, 'the number of a row, from 1'],
  hive: flag,
  key: names,
  malformed: [(value) => value === 'fail' || value === 'warn', "'fail' or 'warn'"],
  missing: [
    (value) => Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number'),
    "a list of texts and numbers, e.g. ['', 'NA', -999]",
  ],
  name: text,
  pattern: [(value) => isText(value) || Object.prototype.toString.call(value) === '[object RegExp]', 'an expression'],
  pii: names,
  sheet: [
    (value) => isText(value) || (Number.isSafeInteger(value) && Number(value) > 0),
    "a sheet's name, or its number from 1",
  ],
  table: text,
  timezone: text,
  types: [isPlainObject, "an object of types by column, e.g. { zip: 'string' }"],
  union: flag,
}

/** All options of a dataset. */
export const datasetOptionNames: readonly string[] = [...textOptionNames, ...Object.keys(rules)]

const types: readonly LogicalType[] = [
  'boolean',
  'integer',
  'number',
  'decimal',
  'string',
  'date',
  'timestamp',
  'timestamptz',
  'time',
]

/** The options of a dataset; an AssayError for one that no dataset has, and for a value that it cannot have. */
export function checkedOptions(what: string, options: DatasetOptions | undefined): DatasetOptions {
  const own = ownOptions(what, options, datasetOptionNames)
  for (const [name, [fits, words]] of Object.entries(rules)) {
    const value = own[name as Own]
    if (value !== undefined && !fits(value))
      throw wrong(`${what}: ${name} is ${shownValue(value)}`, `it takes ${words}`)
  }
  if (own.timezone !== undefined) checkTimezone(own.timezone)
  for (const [column, type] of Object.entries(own.types ?? {})) {
    if (types.includes(type)) continue
    const near = typeof type === 'string' ? nearest(type, types) : undefined
    throw wrong(
      `${what}: types says that ${JSON.stringify(column)} is ${shownValue(type)}`,
      near ? `did you mean ${JSON.stringify(near)}?` : `types are ${types.join(', ')}`,
    )
  }
  return own.types ? Object.assign(own, { types: Object.assign(Object.create(null), own.types) }) : own
}

const wrong = (message: string, hint: string): AssayError => new AssayError('wrong-argument', message, { hint })
