import { held } from '../../cells/held.ts'
import { withCells } from '../../cells/withCells.ts'
import { derivationOf } from '../../engine/derivation.ts'
import { type QueryOptions, type Relation, ROW_NUMBER } from '../../engine/engine.ts'
import { meanwhile, workingWith } from '../../engine/meanwhile.ts'
import { stoppedForGood } from '../../engine/running.ts'
import { hasCode } from '../../errors.ts'
import { id, type Sql, sql } from '../../sql/sql.ts'

/** The first rows of a relation, in a table of the engine. */
export interface Front {
  readonly relation: Relation
  /** How many rows of the source they were read from, and whether those are all it has. */
  readonly rows: number
  readonly whole: boolean
}

/** Rows that are looked at first, and cells: fewer rows of wide tables. */
const FIRST_ROWS = 20_000
const FIRST_CELLS = 1_000_000

/** Sources at most whose first rows stay. */
const MOST_IDLE = 2

interface FirstRows {
  readonly table: Relation
  readonly rows: number
  readonly first: boolean
  readonly whole: boolean
}

/**
 * Works with the first rows of a relation, which are read once for all who look at them at the same time, whichever
 * slices and readings of the rows they look at; undefined where the source has no order, or the engine cannot hold them.
 */
export async function withFront<T>(
  relation: Relation,
  options: QueryOptions,
  work: (front: Front | undefined) => Promise<T>,
): Promise<T> {
  const { base, steps } = derivationOf(relation)
  if (!base.numbered || !base.engine.dialect.holds) return work(undefined)
  return workingWith(relation, async () => {
    const { table, rows, first, whole } = await firstOf(base, options)
    if (!first && !whole) return work(undefined)
    const view = steps.reduce(
      (made, step) =>
        step.kind === 'filter' ? sliced(made, step.condition) : withCells(made, step.cells, step.columns),
      table,
    )
    return work({ relation: { ...view, columns: relation.columns }, rows, whole })
  })
}

async function firstOf(base: Relation, options: QueryOptions): Promise<FirstRows> {
  try {
    return await meanwhile(
      base,
      'first rows',
      async () => takeIdle(base) ?? firstRows(base, options),
      (rows) => giveBack(base, rows),
    )
  } catch (error) {
    // Whoever asked first was stopped; that is no answer for someone who was not.
    if (!hasCode(error, 'aborted') || options.signal?.aborted || stoppedForGood(error)) throw error
    return firstOf(base, options)
  }
}

/** Sources whose first rows were looked at before. */
const seen = new WeakSet<Relation>()
/** First rows at which nobody looks now, of sources that are asked again and again; the longest idle first. */
const idle = new Map<Relation, FirstRows>()

function takeIdle(base: Relation): FirstRows | undefined {
  const rows = idle.get(base)
  idle.delete(base)
  return base.engine.lost ? undefined : rows
}

/** Whoever asks one check after another looks at the same rows each time: from the second time on they stay. */
async function giveBack(base: Relation, rows: FirstRows): Promise<void> {
  const left = seen.has(base) && !base.engine.lost ? [] : [rows]
  seen.add(base)
  if (left.length === 0) idle.set(base, rows)
  for (const [other, others] of [...idle].slice(0, Math.max(0, idle.size - MOST_IDLE))) {
    idle.delete(other)
    left.push(others)
  }
  for (const { table } of left) await table.release?.()
}

/** The rows that a source hands over first, and whether those are the ones that are first by their numbers. */
async function firstRows(base: Relation, options: QueryOptions): Promise<FirstRows> {
  const columns = Math.max(1, base.columns.length)
  const most = Math.max(1, Math.min(FIRST_ROWS, Math.floor(FIRST_CELLS / columns)))
  const table = await held(base, { first: most, bare: true, ...options, oneThread: true })
  const number = id(ROW_NUMBER)
  const [counts] = await base.engine.query(sql`select count(*), max(${number}) from ${table.numbered as Sql}`, {
    ...options,
    anyThreads: true,
  })
  const [count, last] = (counts ?? []).map(Number)
  return { table, rows: Number(count), first: count === last, whole: Number(count) < most }
}

function sliced(relation: Relation, condition: Sql): Relation {
  const cut = (table: Sql): Sql => sql`(select * from ${table} where ${condition}) as t`
  return {
    ...relation,
    from: cut(relation.from),
    ...(relation.numbered ? { numbered: cut(relation.numbered) } : {}),
  }
}
