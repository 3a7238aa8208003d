import { cellOf } from '../cells/cell.ts'
import { counts, withFractions } from '../checks/askedReading.ts'
import { type Note, unreadableNote } from '../checks/unreadable.ts'
import { isRereadable, retyped } from '../cells/retyped.ts'
import type { Column, Relation } from '../engine/engine.ts'
import { columnNamed, isMeasured, isNumeric, isTime } from '../metrics/metric.ts'
import { runMetrics } from '../metrics/run.ts'
import { unreadableCount } from '../metrics/kinds/unreadableCount.ts'
import type { LogicalType } from '../sql/dialect.ts'
import type { DriftSide } from './drift.ts'
import type { ColumnPair } from './pairs.ts'

/** The relations of both sides as a pair of columns is compared. */
export interface Compare {
  readonly pair: ColumnPair
  readonly current: Relation
  readonly reference: Relation
}

const TIMES: readonly LogicalType[] = ['date', 'timestamp', 'timestamptz']

/**
 * Both sides of a pair as numbers or times, where one is and the other has such cells beside others, or where most cells
 * of a column of no single type are: one `n/a` among the first rows makes no numbers categories. Cells that are none stay
 * part of the distribution. As they are where nothing is to be read anew.
 */
export async function comparedAs(compare: Compare, signal: AbortSignal | undefined): Promise<Compare> {
  const { pair, current, reference } = compare
  const [here, there] = await Promise.all([
    sideOf(current, pair.current, pair.reference, signal),
    sideOf(reference, pair.reference, pair.current, signal),
  ])
  const type = here.wanted ?? there.wanted
  const read = (side: typeof here, relation: Relation, column: Column): Relation => {
    if (isMeasured(column)) return side.widened ?? relation
    if (type === undefined || side.written(type) === 0) return relation
    return retyped(
      relation,
      relation.columns.map((one) => ({ type: one.name === column.name ? type : one.type })),
    )
  }
  const [mine, theirs] = [read(here, current, pair.current), read(there, reference, pair.reference)]
  if (mine === current && theirs === reference) return compare
  const changed = {
    ...pair,
    current: columnNamed(mine.columns, pair.current.name),
    reference: columnNamed(theirs.columns, pair.reference.name),
  }
  // Both or none: numbers are not compared with categories.
  const both = [isNumeric, isTime].some((is) => is(changed.current) && is(changed.reference))
  return both ? { pair: changed, current: mine, reference: theirs } : compare
}

interface Side {
  /** The type that both sides are to be compared as, by this one. */
  readonly wanted?: LogicalType
  /** How many cells are written like the type. */
  written(type: LogicalType): number
  /** Integers read as numbers, where some cell is no integer. */
  readonly widened?: Relation
}

async function sideOf(
  relation: Relation,
  column: Column,
  other: Column,
  signal: AbortSignal | undefined,
): Promise<Side> {
  const { name } = column
  const none: Side = { written: () => 0 }
  if (column.guessed && column.type === 'integer') {
    const found = (await runMetrics([unreadableCount(name)], relation, { signal })).get(unreadableCount(name).key)
    return found?.ok && found.value !== 0 ? { ...none, widened: withFractions(relation, name) } : none
  }
  if (!['string', 'mixed'].includes(column.type) || !isRereadable(column)) return none
  // Where the source says that a column is text, numbers on the other side are a change of type.
  if (column.guessed !== true && column.type !== 'mixed') return none
  const otherType: LogicalType | undefined = isNumeric(other) ? 'number' : isTime(other) ? other.type : undefined
  const types: readonly LogicalType[] = otherType === undefined ? ['number', ...TIMES] : [otherType]
  const { present, written } = await counts(relation, column, types, { signal })
  const countOf = (type: LogicalType): number => written[types.indexOf(type)] ?? 0
  const best = types.reduce((most, type) => (countOf(type) > countOf(most) ? type : most))
  const wanted = otherType ?? (countOf(best) * 2 > present ? best : undefined)
  return { ...(wanted === undefined ? {} : { wanted }), written: countOf }
}

/** What the cells of a side are that are not of the type it was compared as; undefined where all are. */
export async function restOf(
  relation: Relation,
  { column, rows, missing, values }: DriftSide,
  side: string,
  signal: AbortSignal | undefined,
): Promise<Note | undefined> {
  if (cellOf(column, relation.engine.dialect).readable === 'always') return undefined
  // Whoever has read the numbers knows already that every cell is one.
  const numbers = Object.values(values).find((value) => value instanceof Float64Array)
  if (numbers && numbers.length === rows - missing) return undefined
  const metric = unreadableCount(column.name)
  const measured = (await runMetrics([metric], relation, { signal })).get(metric.key)
  const unreadable = measured?.ok ? Number(measured.value) : 0
  if (unreadable === 0) return undefined
  const note = await unreadableNote(relation, { column, unreadable, present: rows - missing }, { signal })
  return { message: `in ${side} ${note.message}`, discreet: `in ${side} ${note.discreet}` }
}
