import { checkTimezone } from '../cells/timezone.ts'
import { shownValue } from '../cells/cellValue.ts'
import { AssayError, nearestHint } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { type DeclaredOption, names, text } from './option.ts'

/** Types that a column can be declared to have. */
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

function checkTypes(declared: Readonly<Record<string, unknown>>, what: string): void {
  for (const [column, type] of Object.entries(declared)) {
    if (types.includes(type as LogicalType)) continue
    throw new AssayError(
      'wrong-argument',
      `${what}: types says that ${JSON.stringify(column)} is ${shownValue(type)}`,
      { hint: nearestHint(type, types, `types are ${types.join(', ')}`) },
    )
  }
}

/** What may be said of any source. */
export interface CommonOptions {
  /**
   * How the dataset is called in messages and reports; default: the file's name without its extension.
   * @example { name: 'orders' }
   */
  readonly name?: string
  /**
   * The format of the files, where their ending does not say it, e.g. `csv`. Default of standard input: what its first
   * bytes say.
   * @example { format: 'csv' }
   */
  readonly format?: string
  /**
   * Values that stand for a missing one. Default for text files: the empty cell.
   * @example { missing: ['', 'NA', -999] }
   */
  readonly missing?: readonly (string | number)[]
  /**
   * Types of columns whose text could be read in several ways.
   * @example { types: { zip: 'string' } }
   */
  readonly types?: Readonly<Record<string, LogicalType>>
  /**
   * The zone that timestamps without one are in: an IANA name (`Europe/Berlin`) or an offset (`+05:30`). They become
   * `timestamptz`, the instants they stand for; columns that `types` calls `timestamp` stay as they are. Default: they
   * stay without a zone, and compare as UTC.
   * @example { timezone: 'Europe/Berlin' }
   */
  readonly timezone?: string
  /**
   * Whether what cannot be read fails every assertion about the dataset or is only reported. Default: `fail`.
   * @example { malformed: 'warn' }
   */
  readonly malformed?: 'fail' | 'warn'
  /**
   * Columns that tell rows apart; shown beside failing cells.
   * @example { key: 'id' }
   */
  readonly key?: string | readonly string[]
  /**
   * Columns whose values never leave the process: not in messages, results or reports.
   * @example { pii: ['email', 'phone'] }
   */
  readonly pii?: string | readonly string[]
}

export const commonOptions: DeclaredOption<CommonOptions> = {
  name: text({ value: 'name', help: 'how the data is called in messages and reports' }),
  format: text({
    value: 'ending',
    help: 'what stdin or a file of another ending holds: csv, tsv, parquet, … (default of stdin: by its first bytes)',
  }),
  key: names('columns that tell rows apart, shown beside failing cells'),
  pii: names('columns whose values are never shown'),
  missing: {
    fits: (value): value is readonly (string | number)[] =>
      Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number'),
    takes: "a list of texts and numbers, e.g. ['', 'NA', -999]",
    help: 'values that stand for a missing one, e.g. "",NA',
    flag: { as: 'list', value: 'values' },
  },
  types: {
    fits: (value): value is Readonly<Record<string, LogicalType>> => isPlainObject(value),
    takes: "an object of types by column, e.g. { zip: 'string' }",
    help: 'types of columns whose text could be read in several ways, e.g. zip=string,day=date',
    flag: { as: 'pairs', value: 'column=type,…' },
    check: checkTypes,
  },
  timezone: text({
    value: 'zone',
    help: 'the zone of timestamps written without one, e.g. Europe/Berlin or +05:30 (default: UTC)',
    check: checkTimezone,
  }),
  malformed: {
    fits: (value) => value === 'fail' || value === 'warn',
    takes: "'fail' or 'warn'",
    help: 'what records that cannot be read are: fail or warn (default: fail)',
    flag: { as: 'text', value: 'status' },
  },
}
