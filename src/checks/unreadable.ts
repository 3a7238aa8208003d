import { cellOf } from '../cells/cell.ts'
import { lexical, plainNumber } from '../cells/lexical.ts'
import { isMissingMarker, missingOption } from '../cells/missingMarkers.ts'
import { isSpelledAsUsual } from '../cells/retyped.ts'
import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { narrowed } from '../engine/narrowing.ts'
import { countText, numberText } from '../words/text/numbers.ts'
import { daySpelling, numberSpelling } from './spelling.ts'
import { withFront } from './rows/front.ts'
import { raw, type Sql, sql } from '../sql/sql.ts'

/** A text that cells hold, and how many do. */
export interface CellCount {
  readonly text: string
  readonly count: number
}

const MOST_LOOKED_AT = 50
const MOST_SHOWN = 3
const LONGEST = 40

/** A sentence, and what of it is told where the column is personal. */
export interface Note {
  readonly message: string
  readonly discreet: string
}

/** Cells that are not of their column's type. */
export interface Unreadable {
  readonly column: Column
  readonly unreadable: number
  /** Cells that hold something. */
  readonly present: number
  /** Which cells they are, where a rule found them; else those that are not of the column's type. */
  readonly where?: Sql
  readonly type?: Column['type']
}

/**
 * What the cells are that are not of their column's type, in a sentence, and what to try: `3 of 5,000 cells are no
 * number: n/a × 2, - × 1; if they stand for missing values: dataset(…, { missing: ['', 'n/a', '-'] })`.
 */
export async function unreadableNote(
  relation: Relation,
  {
    column,
    unreadable,
    present,
    where = cellOf(column, relation.engine.dialect).unreadable,
    type = column.type,
  }: Unreadable,
  options: QueryOptions,
): Promise<Note> {
  const { cells, first } = await unreadableTexts(relation, { column, unreadable, where }, options)
  const whole = type === 'integer' && cells.some(({ text }) => number.test(text))
  const plain = plainNumber(type)
  const long = plain !== undefined && cells.length > 0 && cells.every(({ text }) => new RegExp(plain).test(text))
  const kind = long ? `longer than the type ${type} holds` : whole ? 'no integer' : (kinds[type] ?? `no ${type}`)
  const summary = `${numberText(unreadable)} of ${countText(present, 'cell')} ${unreadable === 1 ? 'is' : 'are'} ${kind}`
  const texts = cells.map(({ text }) => text)
  const markers = texts.filter(isMissingMarker)
  const shown = cells.slice(0, MOST_SHOWN).map(({ text, count }) => `${shownText(text)} × ${numberText(count)}`)
  const more = cells.length > MOST_SHOWN ? ', …' : ''
  const numbers = ['integer', 'number', 'decimal'].includes(type)
  const hint =
    markers.length > 0
      ? `if they stand for missing values: ${missingOption(markers, relation)}`
      : numbers && isSpelledAsUsual(relation)
        ? (numberSpelling(texts) ?? (whole && !long ? FRACTIONS : undefined))
        : type === 'timestamp' && texts.some((text) => zoned.test(text))
          ? ZONED
          : days.includes(type)
            ? daySpelling(texts)
            : undefined
  const among = first === undefined ? '' : `, among the first ${countText(first, 'row')}`
  return {
    message: `${summary}${among}: ${shown.join(', ')}${more}${hint === undefined ? '' : `; ${hint}`}`,
    discreet: summary,
  }
}

/** Cells that say what a column holds, where the first rows have so many. */
const ENOUGH = 20

/** The most frequent unreadable texts; those among the first rows where that are enough of them. */
async function unreadableTexts(
  relation: Relation,
  { column, unreadable, where }: { readonly column: Column; readonly unreadable: number; readonly where: Sql },
  options: QueryOptions,
): Promise<{ readonly cells: readonly CellCount[]; readonly first?: number }> {
  return withFront(relation, options, async (front) => {
    if (front) {
      const { cells, total } = await textsOf(front.relation, column, where, options)
      if (front.whole || total >= unreadable) return { cells }
      if (total >= ENOUGH) return { cells, first: front.rows }
    }
    return { cells: await frequentTexts(relation, column, where, options) }
  })
}

const FRACTIONS = 'if fractions may come, the type is number'
const number = new RegExp(lexical.number as string)
const ZONED = 'with a zone the type is timestamptz'
const days: readonly Column['type'][] = ['date', 'timestamp', 'timestamptz']
const zoned = new RegExp(lexical.timestamptz as string)
const kinds: Readonly<Partial<Record<Column['type'], string>>> = {
  boolean: 'neither true nor false',
  integer: 'no number',
  timestamptz: 'no timestamp with a zone',
}

/** What to try with a column of texts that are numbers or days written in another way; undefined for others. */
export async function spellingHint(
  relation: Relation,
  column: Column,
  kind: 'number' | 'day' | 'either',
  options: QueryOptions,
): Promise<string | undefined> {
  const isText = isSpelledAsUsual(relation)
  if (kind === 'number' && !isText) return undefined
  const cells = await frequentTexts(relation, column, raw('(1 = 1)'), options)
  const texts = cells.map(({ text }) => text)
  const number = kind === 'day' || !isText ? undefined : numberSpelling(texts)
  return number ?? (kind === 'number' ? undefined : daySpelling(texts))
}

/** The most frequent texts of a column's cells that meet a condition, as they stand in the source. */
export async function frequentTexts(
  relation: Relation,
  column: Column,
  where: Sql,
  options: QueryOptions,
): Promise<readonly CellCount[]> {
  return (await textsOf(relation, column, where, options)).cells
}

async function textsOf(
  relation: Relation,
  column: Column,
  where: Sql,
  options: QueryOptions,
): Promise<{ readonly cells: readonly CellCount[]; readonly total: number }> {
  const { engine, from } = narrowed(relation, [column.name])
  const text = cellOf(column, engine.dialect).shown
  const rows = await engine.query(
    sql`select text, count(*), sum(count(*)) over () from (select ${text} as text from ${from} where ${where}) as cells
      where text is not null group by text order by count(*) desc, text limit ${MOST_LOOKED_AT}`,
    options,
  )
  return {
    cells: rows.map(([value, count]) => ({ text: String(value), count: Number(count) })),
    total: Number(rows[0]?.[2] ?? 0),
  }
}

/** A cell's text in a sentence: as it is where that is plain, else quoted. */
export function shownText(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  return /^[!-~]+$/.test(short) && !/[",;]/.test(short) ? short : JSON.stringify(short)
}
