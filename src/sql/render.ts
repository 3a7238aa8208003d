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
} from './sql.ts'

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
  /** What to ask when the query has run. */
  readonly guards: ReadonlySet<Guard>
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
  const guards = new Set<Guard>()
  const out: string[] = []
  const walk = (part: Sql): void => {
    const guard = guardOf(part)
    if (guard) guards.add(guard)
    for (let i = 0; i < part.parts.length; i++) {
      out.push(part.parts[i] as string)
      if (i < part.holes.length) hole(part.holes[i] as Hole)
    }
  }
  const hole = (value: Hole): void => {
    if (isBindable(value)) {
      out.push(inlined(value) ? literalText(value) : spelling.param(params.push(value)), spelling.cast?.(value) ?? '')
    } else if (isSql(value)) walk(value)
    else if (isIdentifier(value)) out.push(value.identifier.map((name) => spelling.quote(name)).join('.'))
    else if (isFragment(value)) out.push(value.text)
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
  if (!isSql(piece)) throw noHole(piece)
  walk(piece)
  return { text: out.join(''), params, guards }
}

/** A table that is watched by all that watches what it was made of: who asks of what has changed since hears so. */
export function watchedLike(table: Sql, source: Sql, spelling: Spelling): Sql {
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

/** A text that is the same for the same SQL: used to recognise equal predicates. */
export function fingerprintSql(piece: Sql): string {
  const { text, params } = render(piece, { quote: (name) => JSON.stringify(name), param: (n) => `$${n}` })
  return `${text} ${JSON.stringify(params, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))}`
}
