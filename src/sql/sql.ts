import { types } from 'node:util'
import { AssayError, kindOf } from '../errors.ts'

/** A value that may be bound to a query. */
export type Bindable = string | number | bigint | boolean | null

const brand: unique symbol = Symbol.for('assay.sql') as never
const guard: unique symbol = Symbol.for('assay.guard') as never
const standIn: unique symbol = Symbol.for('assay.standIn') as never
const datasetBrand: symbol = Symbol.for('assay.dataset')

/** A dataset that stands in a query as a table. */
interface Table {
  readonly name: string
  columns(): Promise<unknown>
}

export type Hole = Bindable | Sql | Identifier | Fragment | Table

/** Throws, or rejects, when what a piece of SQL reads is not what it was when the piece was made. */
export type Guard = () => void | Promise<void>

/**
 * What is read in place of a piece when a query with it runs, e.g. a table that holds the same rows; undefined where the
 * piece itself is to be read.
 */
export type Replacement = (options: { readonly signal?: AbortSignal | undefined }) => Promise<Sql | undefined>

/**
 * A piece of SQL: text written in source code, with holes that are bound, quoted or nested, never pasted. It is known
 * by a property of its own under a symbol, which no data can hold: an object that merely looks like one is no SQL.
 */
export interface Sql {
  readonly [brand]: true
  readonly [guard]?: Guard
  readonly [standIn]?: Replacement
  readonly parts: readonly string[]
  readonly holes: readonly Hole[]
}

export interface Identifier {
  readonly [brand]: true
  readonly identifier: readonly string[]
}

export interface Fragment {
  readonly [brand]: true
  readonly text: string
}

/**
 * Writes SQL. A hole that holds text, a number, a bigint, a boolean or null becomes a bound parameter, a date the
 * instant it is; another `sql` piece is nested; a dataset is a table, in `dataset(sql`…`)`. Throws an AssayError for
 * anything else, at once.
 */
export function sql(parts: TemplateStringsArray, ...holes: readonly (Hole | Date)[]): Sql {
  // Strings that come from a template have raw ones beside them, which no text and no JSON has.
  if (!Array.isArray(parts) || !Object.hasOwn(parts, 'raw') || !Array.isArray(parts.raw))
    throw new AssayError('wrong-argument', `sql is a tag, and was called with ${kindOf(parts)}`, {
      hint: 'write sql`amount > ${10}`, without parentheses',
    })
  checkEscapes(parts)
  return piece(
    [...parts],
    holes.map((hole) => (isDate(hole) ? instant(hole) : checked(hole))),
  )
}

/** Templates that were looked at: each is one object, however often its line runs. */
const templates = new WeakSet<TemplateStringsArray>()

/** Backslashes by which a template writes what it could not otherwise; and those that JavaScript takes out of the text. */
const ESCAPE = /\\(?:[\\`'"nrt\n]|\$\{|(?<=\$\\)\{|x[\da-fA-F]{2}|u[\da-fA-F]{4}|u\{[\da-fA-F]+\})|\\([^])/g

/** Throws where a template has lost backslashes: a pattern `\d` is `d` by then, and other rows match it. */
function checkEscapes(parts: TemplateStringsArray): void {
  if (templates.has(parts)) return
  for (const [, lost] of parts.raw.flatMap((part) => [...part.matchAll(ESCAPE)])) {
    if (lost === undefined) continue
    throw new AssayError('wrong-argument', `sql\`…\` has \\${lost}, of which JavaScript takes the backslash`, {
      hint: `write \\\\${lost} for SQL to have it`,
    })
  }
  templates.add(parts)
}

function checked(hole: Hole): Hole {
  if (isBindable(hole) || isBranded(hole) || isTable(hole)) return hole
  throw noHole(hole)
}

/** Why a value may not stand in SQL. */
export function noHole(hole: unknown): AssayError {
  return new AssayError('wrong-argument', `sql\`…\` got ${kindOf(hole)} where a value may stand`, {
    hint: Array.isArray(hole)
      ? 'a list stands in where({ column: [1, 2] }); in sql`…` each of its values has a place of its own'
      : 'it takes text, numbers, bigints, booleans, null, dates, other sql`…` and datasets',
  })
}

/** Whether a value may be bound. */
export function isBindable(value: unknown): value is Bindable {
  if (value === null) return true
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'bigint' || type === 'boolean'
}

/** Whether the value is a date, of this realm or another. */
export const isDate: (value: unknown) => value is Date = types.isDate

/** An instant as it is written for engines, `2026-11-01T00:00:00.000`, in UTC and without a zone. */
export function instantText(date: Date): string {
  const milliseconds = Date.prototype.getTime.call(date)
  if (Number.isNaN(milliseconds)) throw new AssayError('wrong-argument', 'got a Date that is no date: Invalid Date')
  const text = new Date(milliseconds).toISOString()
  if (/^\d{4}-/.test(text) && !text.startsWith('0000')) return text.replace('Z', '')
  throw new AssayError('wrong-argument', `got the date ${text}, which is outside the years 1 to 9999`)
}

// Sessions of engines are in UTC, so that it compares with timestamps that have a zone, too.
const instant = (date: Date): Sql => piece(['cast(', ' as timestamp)'], [instantText(date)])

function piece(parts: readonly string[], holes: readonly Hole[]): Sql {
  return branded({ parts: Object.freeze(parts), holes: Object.freeze(holes) })
}

function branded<P extends object>(made: P): P & { readonly [brand]: true } {
  return Object.freeze(Object.defineProperty(made, brand, { value: true })) as P & { readonly [brand]: true }
}

function isBranded(value: unknown): value is Sql | Identifier | Fragment {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, brand)
}

/** Whether the value is a piece of SQL, of this or another copy of the package. */
export function isSql(value: unknown): value is Sql {
  return isBranded(value) && Object.hasOwn(value, 'parts')
}

/** Whether the value is a quoted name. */
export function isIdentifier(value: unknown): value is Identifier {
  return isBranded(value) && Object.hasOwn(value, 'identifier')
}

/** Whether the value is text that is SQL. */
export function isFragment(value: unknown): value is Fragment {
  return isBranded(value) && Object.hasOwn(value, 'text')
}

/** Whether the value is a dataset of this or another copy of the package. */
export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, datasetBrand)
}

/** Marks an object as a dataset. */
export function brandTable<T extends object>(table: T): T {
  return Object.defineProperty(table, datasetBrand, { value: true })
}

/** A name, quoted for the dialect. Throws for NUL, which no engine can hold in a name. */
export function id(...path: readonly string[]): Sql {
  for (const name of path) {
    if (typeof name !== 'string') throw new AssayError('wrong-argument', `a name is text, and this is ${kindOf(name)}`)
    if (name.includes('\0')) {
      throw new AssayError('wrong-argument', `a name holds a NUL character: ${JSON.stringify(name)}`)
    }
  }
  return piece(['', ''], [branded({ identifier: Object.freeze([...path]) })])
}

/** Text that is SQL. Only for constants of Assay's own source (function and type names); never for input. */
export function raw(text: string): Sql {
  return piece(['', ''], [branded({ text })])
}

/** SQL that its author wrote as text, in a contract. Whoever runs it has looked at it before. */
export function authored(text: string): Sql {
  return piece([text], [])
}

/** A string literal for the few places that take no parameter; quotes are doubled. */
export function literal(value: string): Sql {
  return raw(quoted(value))
}

/** A text between quotes. */
export const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** The pieces with a separator between them. */
export function join(pieces: readonly Sql[], separator = ', '): Sql {
  const parts = ['']
  for (let i = 1; i < pieces.length; i++) parts.push(separator)
  if (pieces.length > 0) parts.push('')
  return piece(parts, [...pieces])
}

/** The piece with every hole replaced, those of nested pieces too. */
export function mapHoles(whole: Sql, replaced: (hole: Hole) => Hole): Sql {
  const holes = whole.holes.map((hole) => (isSql(hole) ? mapHoles(hole, replaced) : replaced(hole)))
  return marked({ parts: whole.parts, holes }, { [guard]: whole[guard], [standIn]: whole[standIn] })
}

/** The piece with a guard that stands behind every query it becomes part of: the engine asks it when the query has run. */
export function guarded(whole: Sql, check: Guard): Sql {
  return marked(whole, { [guard]: check, [standIn]: whole[standIn] })
}

/**
 * The piece with something that says the same and costs less, made when a query is about to run. Whoever looks at the query
 * before, to know it again or to show it, sees the piece.
 */
export function replaceable(whole: Sql, instead: Replacement): Sql {
  return marked(whole, { [guard]: whole[guard], [standIn]: instead })
}

function marked(
  { parts, holes }: Pick<Sql, 'parts' | 'holes'>,
  marks: { readonly [guard]: Guard | undefined; readonly [standIn]: Replacement | undefined },
): Sql {
  const made = { parts: Object.freeze(parts), holes: Object.freeze(holes) }
  for (const mark of [guard, standIn] as const)
    if (marks[mark]) Object.defineProperty(made, mark, { value: marks[mark] })
  return branded(made)
}

/** The guard of a piece itself. */
export function guardOf(whole: Sql): Guard | undefined {
  return whole[guard]
}

/** What may be read in place of a piece itself. */
export function standInOf(whole: Sql): Replacement | undefined {
  return whole[standIn]
}

/** The piece itself, whatever may be read in its place. */
export function withoutStandIns({ parts, holes, [guard]: check }: Sql): Sql {
  const own = holes.map((hole) => (isSql(hole) ? withoutStandIns(hole) : hole))
  return marked({ parts, holes: own }, { [guard]: check, [standIn]: undefined })
}
