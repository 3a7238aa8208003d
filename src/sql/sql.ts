import { AssayError } from '../errors.ts'

/** A value that may be bound to a query. */
export type Bindable = string | number | bigint | boolean | null

const brand: symbol = Symbol.for('assay.sql')

/** A dataset that stands in a query as a table. */
interface Table {
  readonly name: string
  relation(): Promise<unknown>
}

export type Hole = Bindable | Sql | Identifier | Fragment | Table

/** A piece of SQL: text written in source code, with holes that are bound, quoted or nested, never pasted. */
export interface Sql {
  readonly parts: readonly string[]
  readonly holes: readonly Hole[]
}

interface Identifier {
  readonly identifier: readonly string[]
}

interface Fragment {
  readonly text: string
}

/**
 * Writes SQL. A hole that holds text, a number, a bigint, a boolean or null becomes a bound parameter; `id('name')`
 * becomes a quoted identifier; another `sql` piece is nested; a dataset is a table, in `dataset(sql`…`)`.
 */
export function sql(parts: TemplateStringsArray, ...holes: readonly Hole[]): Sql {
  for (const hole of holes) {
    const fine =
      hole === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof hole) || typeof hole === 'object'
    if (!fine) {
      throw new AssayError(
        'wrong-argument',
        `sql\`…\` takes text, numbers, bigints, booleans, null and other sql, got ${typeof hole}`,
      )
    }
  }
  return branded({ parts: [...parts], holes })
}

function branded(piece: Sql): Sql {
  return Object.defineProperty(piece, brand, { value: true })
}

/** Whether a value was written with the `sql` tag, by this or another copy of the package. */
export function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && brand in value
}

/** A name, quoted for the dialect. Throws for NUL, which no engine can hold in a name. */
export function id(...path: readonly string[]): Sql {
  for (const name of path) {
    if (name.includes('\0')) {
      throw new AssayError('wrong-argument', `a name holds a NUL character: ${JSON.stringify(name)}`)
    }
  }
  return branded({ parts: ['', ''], holes: [{ identifier: path }] })
}

/** Text that is SQL. Only for constants of Assay's own source (function and type names); never for input. */
export function raw(text: string): Sql {
  return branded({ parts: ['', ''], holes: [{ text }] })
}

/** A string literal for the few places that take no parameter; quotes are doubled. */
export function literal(value: string): Sql {
  return raw(quoted(value))
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** The pieces with a separator between them. */
export function join(pieces: readonly Sql[], separator = ', '): Sql {
  const parts = ['']
  for (let i = 1; i < pieces.length; i++) parts.push(separator)
  if (pieces.length > 0) parts.push('')
  return branded({ parts, holes: pieces })
}

/** The piece with every hole replaced, those of nested pieces too. */
export function mapHoles(piece: Sql, replaced: (hole: Hole) => Hole): Sql {
  return branded({
    parts: piece.parts,
    holes: piece.holes.map((hole) => (isSql(hole) ? mapHoles(hole, replaced) : replaced(hole))),
  })
}

/** How an engine spells names and parameters. */
export interface Spelling {
  quote(name: string): string
  /** Placeholder of the n-th parameter (from 1). */
  param(n: number): string
  /** The type that a value is given, `::double`; empty where it needs none. */
  cast?(value: Bindable): string
  /** Numbers and booleans stand in the text as literals, so that queries without text need not be prepared. */
  readonly inlines?: boolean
}

/** SQL text with its parameters, in order. */
export interface Rendered {
  readonly text: string
  readonly params: readonly Bindable[]
}

/** Spells a piece of SQL for one dialect. */
export function render(piece: Sql, spelling: Spelling): Rendered {
  return spelled(piece, spelling, (value) => spelling.inlines === true && typeof value !== 'string')
}

/** SQL as people read it and run it by hand: every value is a literal. */
export function written(piece: Sql, spelling: Spelling): string {
  return spelled(piece, spelling, () => true).text
}

function spelled(piece: Sql, spelling: Spelling, inlined: (value: Bindable) => boolean): Rendered {
  const params: Bindable[] = []
  const out: string[] = []
  const walk = (part: Sql): void => {
    for (let i = 0; i < part.parts.length; i++) {
      out.push(part.parts[i] as string)
      if (i < part.holes.length) hole(part.holes[i] as Hole)
    }
  }
  const hole = (value: Hole): void => {
    if (value === null || typeof value !== 'object') {
      out.push(inlined(value) ? literalText(value) : spelling.param(params.push(value)), spelling.cast?.(value) ?? '')
    } else if ('identifier' in value) out.push(value.identifier.map((name) => spelling.quote(name)).join('.'))
    else if ('text' in value) out.push(value.text)
    else if ('parts' in value) walk(value)
    else
      throw new AssayError(
        'wrong-argument',
        `the dataset ${JSON.stringify(value.name)} stands where only a value may`,
        {
          hint: 'a dataset is a table of a query: dataset(sql`select … from ${orders}`)',
        },
      )
  }
  walk(piece)
  return { text: out.join(''), params }
}

/** A value as a literal. Numbers that engines may read inexactly, as decimals of many digits, are written as text. */
function literalText(value: Bindable): string {
  if (typeof value === 'string') return quoted(value)
  if (value === null || typeof value === 'boolean') return String(value)
  const text = String(value)
  const plain = /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= 15
  if (!plain) return quoted(text)
  return text.startsWith('-') ? `(${text})` : text
}

/** A text that is the same for the same SQL: used to recognise equal predicates. */
export function fingerprintSql(piece: Sql): string {
  const { text, params } = render(piece, { quote: (name) => JSON.stringify(name), param: (n) => `$${n}` })
  return `${text} ${JSON.stringify(params, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))}`
}
