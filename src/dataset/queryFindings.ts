import type { Column, QueryOptions, Relation, SourceFinding, SourceFindings } from '../engine/engine.ts'
import { narrowed } from '../engine/narrowing.ts'
import { outliving } from '../engine/lost.ts'
import { ROW_NUMBER, FILE_ROW, ROW_FILE } from '../engine/engine.ts'
import { countText } from '../words/text/numbers.ts'
import { render } from '../sql/render.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import type { Dataset } from './model.ts'
import { kept } from '../engine/kept.ts'
import { isDoubtful } from '../cells/cell.ts'
import { relationOf } from './opened.ts'

/**
 * What of a query's inputs could not be read: their own findings, and cells that are not written like their column's
 * type, which are null in the query. Only of columns that the query names, or may take with `*`. One read of an input,
 * whatever the queries over it.
 */
export async function queryFindings(
  written: Sql,
  inputs: readonly Dataset[],
  options: QueryOptions = {},
): Promise<SourceFindings> {
  const reads = columnsNamed(written)
  const all: SourceFindings[] = []
  for (const input of inputs) all.push(...(await outliving(() => findingsOf(input, reads, options))))
  const failing = all.filter(({ severity }) => severity !== 'warn')
  const sum = (count: (one: SourceFindings) => number): number => all.reduce((total, one) => total + count(one), 0)
  return {
    total: sum(({ total }) => total),
    rowsLost: sum(({ rowsLost }) => rowsLost),
    cellsUnread: sum(({ cellsUnread = 0 }) => cellsUnread),
    first: [...failing, ...all.filter((one) => !failing.includes(one))].flatMap(({ first }) => first),
    ...(failing.length === 0 ? { severity: 'warn' as const } : {}),
  }
}

async function findingsOf(
  input: Dataset,
  reads: (name: string) => boolean,
  options: QueryOptions,
): Promise<readonly SourceFindings[]> {
  const relation = await relationOf(input)
  const own = await relation.findings?.(options)
  const typed = relation.columns.filter((column) => isDoubtful(column) && reads(column.name))
  const counts = await unreadCells(relation, typed, options)
  const first: SourceFinding[] = []
  let cells = 0
  for (const [i, column] of typed.entries()) {
    const count = counts[i] ?? 0
    if (count === 0) continue
    cells += count
    first.push(await firstOf(input, relation, column, count, options))
  }
  const severity = own?.severity === 'warn' ? { severity: 'warn' as const } : {}
  const unread = { total: cells, rowsLost: 0, cellsUnread: cells, first, ...severity }
  return [...(own && own.total > 0 ? [own] : []), ...(cells > 0 ? [unread] : [])]
}

const known = new WeakMap<Relation, Map<string, () => Promise<readonly number[]>>>()

/** How many cells of each column are not written like its type; asked once for a relation and columns. */
function unreadCells(
  relation: Relation,
  columns: readonly Column[],
  options: QueryOptions,
): Promise<readonly number[]> {
  const key = JSON.stringify(columns.map(({ name }) => name))
  const counters = known.get(relation) ?? new Map<string, () => Promise<readonly number[]>>()
  known.set(relation, counters)
  const count = async (): Promise<readonly number[]> => {
    if (columns.length === 0) return []
    const cells = columns.map(({ name, rawName = name }) => sql`count(${id(rawName)}) - count(${id(name)})`)
    const { engine, from } = narrowed(
      relation,
      columns.map(({ name }) => name),
    )
    const [found = []] = await engine.query(sql`select ${join(cells)} from ${from}`, options)
    return found.map(Number)
  }
  const counts = counters.get(key) ?? kept(count)
  counters.set(key, counts)
  return counts()
}

/** The first unreadable cell of a column, for all of them. */
async function firstOf(
  input: Dataset,
  relation: Relation,
  column: Column,
  count: number,
  options: QueryOptions,
): Promise<SourceFinding> {
  const { name, type, rawName = name, cellName = rawName } = column
  const place = relation.files ? [FILE_ROW, ROW_FILE] : relation.numbered ? [ROW_NUMBER] : []
  const order = relation.numbered ? sql`order by ${id(ROW_NUMBER)}` : sql``
  const cells = join([...place, cellName].map((one) => id(one)))
  const [cell = []] = await relation.engine.query(
    sql`select ${cells} from ${relation.numbered ?? relation.from} where ${id(name)} is null and ${id(rawName)} is not null ${order} limit 1`,
    options,
  )
  const row = { row: Number(cell[0] ?? 0), ...(relation.files ? { file: String(cell[1]) } : {}) }
  const [line] = place.length > 0 ? ((await relation.locate?.([row], options)) ?? []) : []
  const kind = /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
  return {
    kind: 'cells',
    reason: `${countText(count, 'cell')} of ${JSON.stringify(name)} in ${JSON.stringify(input.name)}, not written like ${kind}, ${count === 1 ? 'is' : 'are'} null in the query`,
    file: row.file ?? input.source,
    ...(line === undefined ? {} : { line }),
    column: name,
    ...(input.pii.includes(name) ? {} : { text: String(cell.at(-1)) }),
  }
}

/** Whether a query may read a column: it stands in it, or all columns do. */
function columnsNamed(written: Sql): (name: string) => boolean {
  const { text } = render(written, { quote: (name) => ` ${name} `, param: () => '' })
  const everything =
    /(?:\bselect|\bdistinct|\ball|,|\.|\bcolumns\s*\()\s*\*|\bnatural\b|\btable\b/i.test(text) ||
    !/\bselect\b/i.test(text)
  if (everything) return () => true
  const words = new Set(wordsOf(text))
  return (name) => wordsOf(name).every((word) => words.has(word))
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []
