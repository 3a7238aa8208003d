import type { Column, Engine, Relation } from '../engine/engine.ts'
import { ROW_NUMBER, rowColumns } from '../engine/engine.ts'
import { narrowable } from '../engine/narrowing.ts'
import type { Dialect } from '../sql/dialect.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import type { Listed } from './cellLists.ts'
import { type TextType, valueOfText } from './lexical.ts'

/** A table expression whose columns are all text. */
export interface TextCells {
  readonly table: Sql
  /** The 1-based row number as an expression over the table, or the same rows with the row columns. */
  readonly rowNumber?: Sql
  readonly numbered?: Sql
  /** `numbered` holds the file of each row and its number there. */
  readonly files?: boolean
  /** A cell's text as the engine reads the type, where the table spells it otherwise. */
  readonly spelled?: Relation['spelled']
  /** No more rows than these. */
  readonly rows?: number
  /** The table holds what is read off the texts, too. */
  readonly valued?: boolean
}

/** A column of texts, how they are read, and what is known of them. */
export type ReadColumn = { readonly name: string } & TextType & Pick<Column, 'proven'>

const valueName = (name: string): string => `${name}\u{1}value`

/** The texts with what is read off them, for a table that holds both. */
export function valuedTexts(
  { dialect }: Engine,
  wanted: readonly ({ readonly name: string } & TextType)[],
  spelled?: Relation['spelled'],
): readonly Listed[] {
  return wanted.map(({ name, type, native }) => ({
    name,
    type: JSON.stringify([type, native]),
    ...(type === 'string'
      ? {}
      : {
          value: {
            name: valueName(name),
            of: (text) => valueOfText(spelled?.(text, type) ?? text, type, dialect, { native }),
          },
        }),
  }))
}

/**
 * A text, of which there may be that many `rows`, read as a type: the column, and what to select for it. A typed column is
 * the value beside its text; where the value is proven `text` is that, or needs no proof.
 */
export function textCell(
  name: string,
  text: Sql,
  { type, native, proven }: TextType & Pick<Column, 'proven'>,
  {
    dialect,
    spelled: spell,
    rows = 0,
    value,
  }: {
    readonly dialect: Dialect
    readonly spelled?: Relation['spelled']
    readonly rows?: number | undefined
    /** What was read off it before. */
    readonly value?: Sql | undefined
  },
): { readonly column: Column; readonly cells: readonly Sql[] } {
  if (type === 'string') return { column: { name, type, native: 'text' }, cells: [sql`${text} as ${id(name)}`] }
  const about = { name, type, native: native ?? 'text' }
  const rawName = `${name}\u{1}text`
  if (proven) {
    const column = { ...about, rawName, proven }
    const other = proven === 'value' ? dialect.text(text) : dialect.tryCast(text, type)
    const [own, beside] = proven === 'value' ? [text, other] : [other, text]
    return { column, cells: [sql`${own} as ${id(name)}`, sql`${beside} as ${id(rawName)}`] }
  }
  const spelled = spell?.(text, type)
  const cells = [
    sql`${value ?? valueOfText(spelled ?? text, type, dialect, { native, rows: spelled ? 0 : rows })} as ${id(name)}`,
    sql`${spelled ?? text} as ${id(rawName)}`,
  ]
  if (!spelled) return { column: { ...about, rawName }, cells }
  const cellName = `${name}\u{1}cell`
  return {
    column: { ...about, rawName, cellName },
    cells: [...cells, sql`${text} as ${id(cellName)}`],
  }
}

/**
 * The relation over text: each cell keeps its text, and typed columns hold what is written like their type, so that a
 * cell that is not is seen.
 */
export function textCells(engine: Engine, text: TextCells, wanted: readonly ReadColumn[]): Relation {
  const { table, rowNumber, numbered, files = false, spelled, rows: many, valued = false } = text
  const read = wanted.map(({ name, ...type }) =>
    textCell(name, id(name), type, {
      dialect: engine.dialect,
      rows: many,
      ...(spelled ? { spelled } : {}),
      ...(valued ? { value: id(valueName(name)) } : {}),
    }),
  )
  const columns = read.map(({ column }): Column => ({ ...column, heldAsText: true }))
  const cells = read.flatMap((one) => one.cells)
  const selected = join(cells)
  const rows = numbered
    ? sql`(select ${join([...cells, ...rowColumns({ files }).map((name) => id(name))])} from ${numbered}) as t`
    : rowNumber
      ? sql`(select ${selected}, ${rowNumber} as ${id(ROW_NUMBER)} from ${table}) as t`
      : undefined
  const relation: Relation = {
    engine,
    columns,
    from: sql`(select ${selected} from ${table}) as t`,
    ...(rows ? { numbered: rows } : {}),
    scanCost: 'high',
    ...(files ? { files } : {}),
    ...(spelled ? { spelled } : {}),
  }
  return narrowable(relation, (names) =>
    textCells(
      engine,
      text,
      wanted.filter(({ name }) => names.has(name)),
    ),
  )
}
