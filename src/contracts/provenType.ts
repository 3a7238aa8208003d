import { isHeldAsText } from '../cells/cell.ts'
import { counts, writtenAs } from '../checks/askedReading.ts'
import { type CellCount, frequentTexts, shownText } from '../checks/unreadable.ts'
import { countWhere } from '../metrics/kinds/countWhere.ts'
import { runMetrics } from '../metrics/run.ts'
import { isMissingMarker } from '../cells/missingMarkers.ts'
import type { Column, Relation } from '../engine/engine.ts'
import { countText, numberText } from '../words/text/numbers.ts'
import { all, type LogicalType } from '../sql/dialect.ts'
import { sql } from '../sql/sql.ts'

/** What a column's cells are, over all rows. */
export interface ProvenType {
  /** The narrowest type that every present cell has; undefined for a column of no single type, or without values. */
  readonly type: LogicalType | undefined
  /** Texts beside it that stand for a missing value, by what they are. */
  readonly missing?: readonly string[]
  /** What was seen that the type does not say, in a sentence. */
  readonly seen?: string
}

/** From the narrowest; times are told by their own grammars, and a column of both kinds of timestamps holds either. */
const candidates: readonly (readonly LogicalType[])[] = [
  ['integer'],
  ['number'],
  ['boolean'],
  ['date'],
  ['timestamp', 'timestamptz'],
  ['time'],
]
const words: Readonly<Partial<Record<LogicalType, string>>> = {
  integer: 'whole numbers',
  number: 'numbers',
  boolean: 'true or false',
  date: 'dates',
  timestamp: 'timestamps',
  time: 'times',
}

/**
 * The type that all cells have which hold a value: of a text file's column, and of one that holds several types. Cells
 * that only mark a missing value are no values. Where the others are of one type but for a few, the sentence says so.
 */
export async function provenType(relation: Relation, column: Column, secret: boolean): Promise<ProvenType> {
  // A type that somebody said is the only one to hold the cells to.
  const declared = isHeldAsText(column) && column.guessed !== true
  const tried = declared ? candidates.filter((names) => names.includes(column.type)) : candidates
  const types = tried.flat()
  const { present, written } = await counts(relation, column, types, {})
  const whole: LogicalType | undefined = column.type === 'mixed' ? undefined : 'string'
  if (present === 0) return { type: undefined }
  if (tried.length === 0) return { type: whole }
  const counted = tried.map((names) => ({
    names,
    type: names[0] as LogicalType,
    count: names.reduce((sum, name) => sum + (written[types.indexOf(name)] as number), 0),
  }))
  const narrowest = counted.reduce((most, one) => (one.count > most.count ? one : most))
  const best = { ...narrowest, count: narrowest.count - (await notFinite(relation, column, narrowest.type)) }
  // Instants among values of several types are days in a sheet and instants in records: no format is theirs.
  const instant = column.type === 'mixed' && best.type === 'timestamp'
  if (best.count === present) return { type: instant ? undefined : best.type }
  if (best.count === 0) return { type: whole }
  const others = await textsBeside(relation, column, best.names)
  // More different texts than are looked at are no markers.
  const seen = others.reduce((sum, { count }) => sum + count, 0)
  if (!instant && seen === present - best.count && others.every(({ text }) => isMissingMarker(text)))
    return { type: best.type, missing: others.map(({ text }) => text) }
  const rest = present - best.count
  const first = others.slice(0, 3).map(({ text, count }) => `${shownText(text)} × ${numberText(count)}`)
  const named = secret || first.length === 0 ? '' : ` (${first.join(', ')}${others.length > 3 ? ', …' : ''})`
  const most = best.count * 2 > present
  return {
    type: whole,
    ...(most
      ? {
          seen: `${numberText(best.count)} of ${countText(present, 'value')} are ${words[best.type]}, ${numberText(rest)} ${rest === 1 ? 'is' : 'are'} not${named}`,
        }
      : {}),
  }
}

/** How many cells are written like a number and none: NaN, infinities, and what is beyond all numbers. */
async function notFinite(relation: Relation, column: Column, type: LogicalType): Promise<number> {
  if (type !== 'number') return 0
  const metric = countWhere({
    key: 'written like a number that is not finite',
    columns: [column.name],
    sql: ({ dialect }) => {
      const value = writtenAs(relation, column, type, dialect)
      return sql`(${value} is not null and not ${dialect.isFinite(value)})`
    },
  })
  const result = (await runMetrics([metric], relation, {})).get(metric.key)
  if (!result?.ok) throw result?.error
  return Number(result.value)
}

/** The texts of the cells that are of none of the types, most frequent first. */
async function textsBeside(
  relation: Relation,
  column: Column,
  types: readonly LogicalType[],
): Promise<readonly CellCount[]> {
  const { dialect } = relation.engine
  const none = all(
    types.map((type) => {
      const value = writtenAs(relation, column, type, dialect)
      return type === 'number' ? sql`(${value} is null or not ${dialect.isFinite(value)})` : sql`${value} is null`
    }),
  )
  return frequentTexts(relation, column, none, {})
}
