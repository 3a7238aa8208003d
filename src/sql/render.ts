import { AssayError } from '../errors.ts'
import {
  type Bindable,
  type Guard,
  guarded,
  guardOf,
  type Hole,
  isBindable,
  isFragment,
  isIdentifier,
  isSql,
  isTable,
  noHole,
  quoted,
  type Sql,
  sql,
  type Replacement,
  standInOf,
} from './sql.ts'

/** How an engine spells names and parameters. */
export interface SqlSpelling {
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
  /** What to ask when the query has run. */
  readonly guards: ReadonlySet<Guard>
  /** What may be read in place of parts of it. */
  readonly standIns: ReadonlySet<Replacement>
}

/** Spells a piece of SQL for one dialect, with what stands in for parts of it. */
export function render(piece: Sql, spelling: SqlSpelling, instead?: ReadonlyMap<Replacement, Sql>): Rendered {
  return spelled(piece, spelling, (value) => spelling.inlines === true && typeof value !== 'string', instead)
}

/** SQL as people read it and run it by hand: every value is a literal. */
export function written(piece: Sql, spelling: SqlSpelling, instead?: ReadonlyMap<Replacement, Sql>): string {
  return spelled(piece, spelling, () => true, instead).text
}

function spelled(
  piece: Sql,
  spelling: SqlSpelling,
  inlined: (value: Bindable) => boolean,
  instead?: ReadonlyMap<Replacement, Sql>,
): Rendered {
  if (!isSql(piece)) throw noHole(piece)
  const { tokens, ...watching } = tokensOf(piece, spelling, instead)
  const params: Bindable[] = []
  const text = tokens.map((token) => {
    if (typeof token === 'string') return token
    const { value } = token
    return (inlined(value) ? literalText(value) : spelling.param(params.push(value))) + (spelling.cast?.(value) ?? '')
  })
  return { text: text.join(''), params, ...watching }
}

/** A stretch of text, or a value that stands between two. */
type Token = string | { readonly value: Bindable }

/** What pieces of few values come to, which stand in many queries: pieces never change. */
const known = new WeakMap<SqlSpelling, WeakMap<Sql, readonly Token[]>>()
const SMALL = 64

function tokensOf(
  piece: Sql,
  spelling: SqlSpelling,
  instead: ReadonlyMap<Replacement, Sql> | undefined,
): Pick<Rendered, 'guards' | 'standIns'> & { readonly tokens: readonly Token[] } {
  const pieces = known.get(spelling) ?? new WeakMap<Sql, readonly Token[]>()
  known.set(spelling, pieces)
  const guards = new Set<Guard>()
  const standIns = new Set<Replacement>()
  const tokens: Token[] = []
  let watched = 0
  const walk = (part: Sql): void => {
    const ready = pieces.get(part)
    if (ready) {
      for (const token of ready) tokens.push(token)
      return
    }
    const [start, before] = [tokens.length, watched]
    const guard = guardOf(part)
    if (guard) {
      guards.add(guard)
      watched++
    }
    const standIn = standInOf(part)
    if (standIn) {
      standIns.add(standIn)
      watched++
      const other = instead?.get(standIn)
      if (other) return walk(other)
    }
    for (let i = 0; i < part.parts.length; i++) {
      tokens.push(part.parts[i] as string)
      if (i < part.holes.length) hole(part.holes[i] as Hole)
    }
    if (watched !== before) return
    // Whoever holds the piece has its text as one: the names of a wide table are put together once.
    const own = merged(tokens.splice(start))
    for (const token of own) tokens.push(token)
    if (own.length <= SMALL) pieces.set(part, own)
  }
  const hole = (value: Hole): void => {
    if (isBindable(value)) tokens.push({ value })
    else if (isSql(value)) walk(value)
    else if (isIdentifier(value)) tokens.push(value.identifier.map((name) => spelling.quote(name)).join('.'))
    else if (isFragment(value)) tokens.push(value.text)
    else if (!isTable(value)) throw noHole(value)
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
  return { tokens, guards, standIns }
}

/** The tokens with stretches of text that follow one another as one. */
function merged(tokens: readonly Token[]): readonly Token[] {
  const fewer: Token[] = []
  for (const token of tokens) {
    const last = fewer.at(-1)
    if (typeof token === 'string' && typeof last === 'string') fewer[fewer.length - 1] = last + token
    else fewer.push(token)
  }
  return fewer
}

/** A table that is watched by all that watches what it was made of: who asks of what has changed since hears so. */
export function watchedLike(table: Sql, source: Sql, spelling: SqlSpelling): Sql {
  return [...render(source, spelling).guards].reduce((inner, guard) => guarded(sql`${inner}`, guard), table)
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

const alike: SqlSpelling = { quote: (name) => JSON.stringify(name), param: (n) => `$${n}` }

/** A text that is the same for the same SQL: used to recognise equal predicates. */
export function fingerprintSql(piece: Sql): string {
  const { text, params } = render(piece, alike)
  return `${text} ${JSON.stringify(params.map((value) => (typeof value === 'bigint' ? [`${value}n`] : value)))}`
}
