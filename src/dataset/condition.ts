import type { Column, Engine, QueryOptions } from '../engine/engine.ts'
import { AssayError, nearestHint } from '../errors.ts'
import { standard } from '../sql/dialect.ts'
import { written } from '../sql/render.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { type ConditionAsker, oneCondition } from './authorSql.ts'
import { partsOf } from './reach.ts'
import { withoutLiterals } from './personal.ts'
import { namesIn } from './sliceWords.ts'

/** A condition as its author wrote it, with literals for values. */
export const conditionText = (condition: Sql): string => written(condition, standard).trim()

/** The same without any value. */
export const hiddenCondition = (condition: Sql): string => withoutLiterals(conditionText(condition))

/** The columns that a condition names, as far as its text tells: a column may be among them that only shares a word with it. */
export function columnsNamed(condition: Sql, columns: readonly Column[]): readonly string[] {
  const names = new Set(namesIn(withoutCalls(hiddenCondition(condition))).map((name) => name.toLowerCase()))
  return columns.flatMap(({ name }) => (names.has(name.toLowerCase()) ? [name] : []))
}

/** A word before a parenthesis is a function, unless it stands in quotes. */
const withoutCalls = (text: string): string =>
  text.replace(/"(?:[^"]|"")*"|[\p{L}\p{N}_$]+(?=\s*\()/gu, (part) => (part.startsWith('"') ? part : ''))

/**
 * Throws unless SQL is one condition over the columns of a row, each of which it names: what stands for whichever columns
 * are there, or for the whole row, says another thing of a table with a column more.
 */
export async function checkCondition(
  condition: Sql,
  { engine, from, columns }: { readonly engine: Engine; readonly from: Sql; readonly columns: readonly Column[] },
  asker: ConditionAsker,
  options: QueryOptions,
): Promise<void> {
  if (engine.dialect.parses) {
    const reading = await oneCondition(condition, engine, options, asker)
    checkNames(reading, columns, asker)
  }
  if (columnsNamed(condition, columns).length === 0)
    throw new AssayError('wrong-argument', `${asker.name} got a condition that names no column`, {
      hint: `it is about the columns of each row, e.g. ${asker.example}`,
    })
  // What is wrong with its types is said here, in a place where no aggregate may stand.
  await engine.query(sql`select 1 from ${from} where (${condition}\n) limit 0`, options)
}

function checkNames(reading: unknown, columns: readonly Column[], asker: ConditionAsker): void {
  const parts = [...partsOf(reading)] as readonly Reading[]
  if (parts.some((part) => part.class === 'STAR'))
    throw new AssayError('wrong-argument', `${asker.name} got * or columns(), which stand for many columns`, {
      hint: `name the columns, e.g. ${asker.example}`,
    })
  const names = columns.map(({ name }) => name)
  const known = new Set([...names, ...parts.flatMap(({ lhs }) => lhs?.column_names ?? [])].map(lower))
  for (const { column_names: path } of parts) {
    if (path === undefined || path.some((name) => known.has(lower(name)))) continue
    const name = path.at(-1) as string
    throw new AssayError('missing-column', `${asker.name}: there is no column ${JSON.stringify(name)}`, {
      hint: nearestHint(name, names, `the columns are ${names.join(', ')}`),
    })
  }
}

/** A part of the engine's reading: a column by its path, or a lambda with its parameters. */
interface Reading {
  readonly class?: unknown
  readonly column_names?: readonly string[]
  readonly lhs?: { readonly column_names?: readonly string[] }
}

const lower = (name: string): string => name.toLowerCase()
