import { type Bounds, checkedBounds } from '../../checks/bounds.ts'
import { checkedJson, type CheckJson } from '../../checks/checkJson.ts'
import { AssayError, firstLine, kindOf, nearest } from '../../errors.ts'
import { matchesAll } from '../../sql/portableRegex.ts'
import { isObject, type Json, type JsonObject, objectOf, shown, textOf } from '../../schema/json.ts'
import { type ColumnSchema, type TableSchema, toJsonSchema } from '../../schema/tableSchema.ts'

const tableBrand: symbol = Symbol.for('assay.table')
const columnBrand: symbol = Symbol.for('assay.columnBuilder')

/** A column of `table({…})`: required, without missing values, until it says otherwise. Every method returns a new one. */
export interface ColumnBuilder<V> {
  readonly schema: Omit<ColumnSchema, 'name'>
  /** The column may be absent, and so may its values. */
  optional(): this
  /** The column is there, and its values may be missing or null. */
  nullable(): this
  /** Each value is one of these. */
  oneOf(...values: readonly V[]): this
  /** No two rows share a value. */
  unique(): this
  /** Each constraint on values must hold for at least this share of them, above 0 and up to 1. */
  mostly(share: number): this
  /** The values never leave the process: not in messages, results or reports. */
  pii(): this
  /** A broken constraint is reported and fails nothing. */
  warn(): this
}

/** A column of numbers. */
export interface NumberBuilder extends ColumnBuilder<number> {
  /** Limits of each value: `min` and `max` inclusive, `gt` and `lt` exclusive. */
  between(bounds: Bounds): this
}

/** A column of texts. */
export interface TextBuilder extends ColumnBuilder<string> {
  /** Each text matches the expression, read with flag `u`; other flags have no place in a schema. */
  matches(pattern: RegExp | string): this
  /** Limits of each text's length, in code points: `min` and `max` inclusive. */
  length(bounds: Pick<Bounds, 'min' | 'max'>): this
}

/** A column whose values are compared with nothing but their type. */
export type PlainBuilder = Omit<ColumnBuilder<never>, 'oneOf'>

interface AnyBuilder extends ColumnBuilder<Json> {
  between(bounds: Bounds): this
  matches(pattern: RegExp | string): this
  length(bounds: Pick<Bounds, 'min' | 'max'>): this
}

/** A column of whole numbers. */
export function integer(): NumberBuilder {
  return column({ type: 'integer' })
}

/** A column of numbers; NaN and infinities are none. */
export function number(): NumberBuilder {
  return column({ type: 'number' })
}

/** A column of text. */
export function string(): TextBuilder {
  return column({ type: 'string' })
}

/** A column of true and false. */
export function boolean(): ColumnBuilder<boolean> {
  return column({ type: 'boolean' })
}

/** A column of days. */
export function date(): PlainBuilder {
  return column({ type: 'string', format: 'date' })
}

/** A column of instants. */
export function timestamp(): PlainBuilder {
  return column({ type: 'string', format: 'date-time' })
}

// One object has the methods of all kinds of columns; the types say which belong to which.
function column<B>(rules: JsonObject): B {
  return built({ required: true, rules }) as unknown as B
}

function built(schema: Omit<ColumnSchema, 'name'>): AnyBuilder {
  const { rules } = schema
  const more = (added: JsonObject): AnyBuilder => built({ ...schema, rules: { ...rules, ...added } })
  const builder: AnyBuilder = {
    schema,
    optional: () => built({ ...schema, required: false }),
    nullable: () => {
      const types = Array.isArray(rules.type) ? (rules.type as readonly Json[]) : [rules.type as Json, 'null']
      const listed = rules.enum as readonly Json[] | undefined
      const values = listed === undefined || listed.includes(null) ? {} : { enum: [...listed, null] }
      return built({ ...schema, required: false, present: true, rules: { ...rules, type: types, ...values } })
    },
    oneOf: (...values) => {
      if (values.length === 0) throw wrong('oneOf() got no value at all', "e.g. string().oneOf('a', 'b')")
      const type = ([rules.type].flat() as Json[])[0]
      for (const value of values) {
        if (typeof value !== (type === 'integer' ? 'number' : type))
          throw wrong(`oneOf() of a column of type ${textOf(type)} got ${shown(value)}`)
      }
      const nullable = Array.isArray(rules.type)
      return more({ enum: nullable ? [...values, null] : values })
    },
    unique: () => built({ ...schema, unique: true }),
    mostly: (share) => {
      if (!(typeof share === 'number' && share > 0 && share <= 1))
        throw wrong(`mostly() got ${shown(share)}`, 'it takes a share above 0 and up to 1, e.g. 0.99')
      return built({ ...schema, mostly: share })
    },
    pii: () => built({ ...schema, pii: true }),
    warn: () => built({ ...schema, severity: 'warn' }),
    between: (bounds) => {
      const { min, max, gt, lt } = checkedBounds(bounds, 'between()')
      return more(defined({ minimum: min, maximum: max, exclusiveMinimum: gt, exclusiveMaximum: lt }))
    },
    matches: (pattern) => more({ pattern: sourceOf(pattern) }),
    length: (bounds) => {
      const { min, max, gt, lt } = checkedBounds(bounds, 'length()')
      if (gt !== undefined || lt !== undefined) throw wrong('length() got an exclusive limit', 'it takes { min, max }')
      for (const limit of [min, max]) {
        if (limit !== undefined && !(Number.isInteger(limit) && limit >= 0))
          throw wrong(`length() got ${limit}`, 'a length is a whole number from 0')
      }
      return more(defined({ minLength: min, maxLength: max }))
    },
  }
  return Object.defineProperty(builder, columnBrand, { value: true })
}

function defined(limits: Record<string, number | undefined>): JsonObject {
  const entries = Object.entries(limits).filter(([, limit]) => limit !== undefined)
  return objectOf(entries as [string, number][])
}

function sourceOf(pattern: unknown): string {
  if (typeof pattern !== 'string' && !(pattern instanceof RegExp))
    throw wrong(`matches() got ${shown(pattern)}`, 'it takes a RegExp or its source, e.g. /^[A-Z]{3}$/u')
  const [source, flags] = typeof pattern === 'string' ? [pattern, ''] : [pattern.source, pattern.flags]
  const other = flags.replace(/[dgu]/g, '')
  if (other !== '') {
    throw wrong(
      `matches() got ${String(pattern)}: a schema has no place for flag ${other}`,
      'spell it out, e.g. [Aa] for /a/i',
    )
  }
  try {
    new RegExp(source, 'u')
  } catch (cause) {
    throw wrong(`matches() got ${String(pattern)}, which is not valid under flag u: ${firstLine(cause)}`)
  }
  if (matchesAll(source, 'u'))
    throw wrong(
      `matches() got ${String(pattern) || 'the empty pattern'}, which matches every text`,
      'say what the whole text is, between ^ and $: /^[A-Z]{3}$/u',
    )
  return source
}

function wrong(message: string, hint?: string): AssayError {
  return new AssayError('wrong-argument', message, { hint })
}

/** A table's contract, written in TypeScript. Every method returns a new one. */
export interface TableBuilder {
  readonly schema: TableSchema
  /** The columns that tell rows apart: no two rows share their values, and none is missing. */
  key(...columns: readonly string[]): TableBuilder
  /** Whether columns that are not named may be there; by default they may. */
  extraColumns(policy: 'allow' | 'fail'): TableBuilder
  /** Checks of any kind beside the columns, as they stand in a contract; docs/checks.md lists them. */
  checks(...checks: readonly CheckJson[]): TableBuilder
  /** The same as JSON Schema 2020-12 with the `x-assay` vocabulary. */
  toJSON(): Readonly<Record<string, unknown>>
}

/** Writes a table's contract, column by column. */
export function table(columns: Readonly<Record<string, PlainBuilder>>): TableBuilder {
  if (!isObject(columns)) throw wrong(`table() got ${kindOf(columns)}`, 'name the columns: table({ id: integer() })')
  if (Object.keys(columns).length === 0)
    throw wrong('table() got no column at all', 'name the columns: table({ id: integer() })')
  const list = Object.entries(columns).map(([name, builder]): ColumnSchema => {
    if (!isObject(builder) || !(columnBrand in builder)) {
      throw wrong(
        `table() got ${shown(builder)} for the column ${shown(name)}`,
        'use integer(), number(), string(), boolean(), date() or timestamp()',
      )
    }
    return { name, ...builder.schema }
  })
  return tableOf({ draft: '2020-12', columns: list, extraColumns: 'allow', key: [], shared: {} })
}

function tableOf(schema: TableSchema): TableBuilder {
  const builder: TableBuilder = {
    schema,
    key: (...names) => {
      const known = schema.columns.map(({ name }) => name)
      for (const name of names) {
        if (known.includes(name)) continue
        const near = nearest(String(name), known)
        throw wrong(`key() got ${shown(name)}, which is no column of the table`, near && `did you mean ${shown(near)}?`)
      }
      if (names.length === 0 || new Set(names).size < names.length)
        throw wrong('key() needs names of different columns')
      return tableOf({ ...schema, key: names })
    },
    extraColumns: (policy) => {
      if (policy !== 'allow' && policy !== 'fail')
        throw wrong(`extraColumns() got ${shown(policy)}`, "it takes 'allow' or 'fail'")
      return tableOf({ ...schema, extraColumns: policy })
    },
    checks: (...stated) => {
      if (stated.length === 0)
        throw wrong('checks() got no check', "e.g. .checks({ kind: 'rowCount', bounds: { min: 1 } })")
      return tableOf({ ...schema, checks: [...(schema.checks ?? []), ...stated.map(checkedJson)] })
    },
    toJSON: () => toJsonSchema(schema),
  }
  return Object.defineProperty(builder, tableBrand, { value: true })
}

/** Whether the value was made by `table()`, of this or another copy of the package. */
export function isTableBuilder(value: unknown): value is TableBuilder {
  return typeof value === 'object' && value !== null && tableBrand in value
}
