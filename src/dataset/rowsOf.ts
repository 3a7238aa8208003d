import { type Column, type Relation, ROW_NUMBER, type RowValue, type SourceFindings } from '../engine/engine.ts'
import { columnParts, narrowed } from '../engine/narrowing.ts'
import { exactJson } from '../bytes/exactJson.ts'
import { AssayError, hasCode } from '../errors.ts'
import { countText } from '../words/text/numbers.ts'
import { id, join, sql } from '../sql/sql.ts'
import { longDigits } from '../cells/digits.ts'

/** Levels of lists and objects that JavaScript's own code can be asked to walk. */
const DEEPEST = 500

/** What becomes of a cell that is not written like its column's type: its text stands for it, or there are no rows. */
export type UnreadableCells = 'text' | 'refused'

/** All rows of a relation as objects, in their order where they have one. Throws when some of them cannot be read. */
export async function rowsOf(
  name: string,
  relation: Relation,
  unreadable: UnreadableCells = 'text',
): Promise<Record<string, RowValue>[]> {
  const { engine, columns, from, findings } = relation
  checkNoneLost(name, await findings?.())
  if (columns.length === 0) {
    const [counted] = await engine.query(sql`select count(*) from ${from}`)
    return Array.from({ length: Number(counted?.[0]) }, () => ({}))
  }
  const parts: (readonly (readonly (readonly [string, RowValue])[])[])[] = []
  try {
    for (const part of columnParts(relation, columns)) parts.push(await cellsOfRows(relation, part, unreadable))
  } catch (error) {
    throw await withSource(name, error, relation)
  }
  const [first = []] = parts
  if (parts.some(({ length }) => length !== first.length))
    throw new AssayError('changed', `${JSON.stringify(name)} changed while it was read`, {
      hint: 'ask again once whoever writes it is done, or test a copy',
    })
  return first.map((cells, at) =>
    Object.fromEntries(parts.length === 1 ? cells : parts.flatMap((part) => part[at] ?? [])),
  )
}

/** A query that failed says which file cannot be read, where that is why. */
async function withSource(name: string, error: unknown, { diagnose }: Relation): Promise<unknown> {
  if (!hasCode(error, 'query-failed')) return error
  const why = await diagnose?.().catch(() => undefined)
  if (why === undefined) return error
  const discreet = `a file of ${JSON.stringify(name)} cannot be read`
  return new AssayError('unreadable-file', why, { discreet, cause: error })
}

/** The named cells of all rows, of some columns. */
async function cellsOfRows(
  relation: Relation,
  columns: readonly Column[],
  unreadable: UnreadableCells,
): Promise<readonly (readonly (readonly [string, RowValue])[])[]> {
  const { engine, from, numbered } = narrowed(
    relation,
    columns.map((column) => column.name),
  )
  const texts = columns.filter(({ rawName }) => rawName !== undefined)
  const cells = [...columns.map((column) => column.name), ...texts.map((column) => textName(column))]
  const selected = join(cells.map((cell) => id(cell)))
  const ordered = numbered
    ? sql`select ${selected} from ${numbered} order by ${id(ROW_NUMBER)}`
    : sql`select ${selected} from ${from}`
  const rows = await engine.query(ordered)
  const places = new Map(texts.map((column, i) => [column, columns.length + i]))
  return rows.map((row, at) =>
    columns.map((column, i) => {
      const place = places.get(column)
      const value = row[i] as RowValue
      if (place === undefined) return [column.name, nested(column, value)] as const
      return [column.name, withText(column, value, row[place] as string | null, { at, unreadable })] as const
    }),
  )
}

/** The column that holds the cell as it is in the file. */
const textName = ({ cellName, rawName, name }: Column): string => cellName ?? rawName ?? name

function withText(
  { name, type }: Column,
  value: RowValue,
  text: string | null,
  { at, unreadable }: { readonly at: number; readonly unreadable: UnreadableCells },
): RowValue {
  if (text === null) return value
  if (value === null && unreadable === 'refused')
    throw new AssayError(
      'wrong-type',
      `toArrow(): column ${JSON.stringify(name)} of row ${at + 1} holds ${JSON.stringify(shortened(text))}, which is no ${type}`,
      {
        hint: `say what it is: { types: { … } } with "string" for its text, or missing: [${JSON.stringify(text)}]`,
        discreet: `toArrow(): column ${JSON.stringify(name)} of row ${at + 1} holds what is no ${type}`,
      },
    )
  if (value === null) return text
  // A number that is written with more digits than a double holds.
  return typeof value === 'number' && unreadable === 'text' && isRounded(value, text) ? text : value
}

function isRounded(value: number, text: string): boolean {
  const digits = longDigits(text)
  return digits !== '' && (digits.length > 100 || longDigits(value.toPrecision(digits.length)) !== digits)
}

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text)

/** Lists and objects that the engine keeps as JSON text. */
function nested({ type, native }: Column, value: RowValue): RowValue {
  const kept = (type === 'list' || type === 'struct') && (native === 'JSON' || native === 'VARCHAR')
  return kept && typeof value === 'string' ? cellJson(value) : value
}

/** Nested deeper than 500 levels it stays text, since JavaScript's own code cannot walk it. */
function cellJson(text: string): RowValue {
  return text.length > 2 * DEEPEST && depthOf(text) > DEEPEST ? text : (exactJson(text) as RowValue)
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (mark === '[' || mark === '{') deepest = Math.max(deepest, ++depth)
    else if (mark === ']' || mark === '}') depth--
  }
  return deepest
}

/** Rows that are handed over without a verdict beside them must be all of them. */
function checkNoneLost(name: string, findings: SourceFindings | undefined): void {
  if (!findings || findings.severity === 'warn') return
  const { rowsLost, cellsUnread = 0 } = findings
  if (rowsLost === 0 && cellsUnread === 0) return
  const [{ file, line, reason } = { file: '', line: 0, reason: '' }] = findings.first
  const lost = rowsLost > 0 ? countText(rowsLost, 'record') : countText(cellsUnread, 'cell')
  const where = line === undefined ? '' : `line ${line} of ${JSON.stringify(file)}, `
  throw new AssayError(
    'unreadable-file',
    `${lost} of ${JSON.stringify(name)} cannot be read; the first finding: ${where}${reason}`,
    { hint: "mend the file, or say malformed: 'warn' to go on without them" },
  )
}
