import { type HeldTables, heldTables, type Store, stored } from '../cells/held.ts'
import type { QueryOptions, Relation } from '../engine/engine.ts'
import { isLost } from '../engine/lost.ts'
import { isWide } from '../engine/narrowing.ts'
import { workerMemory } from '../engine/memory.ts'
import { hasCode } from '../errors.ts'
import { replaceable, type Sql } from '../sql/sql.ts'
import { kept } from '../engine/kept.ts'

/** The share of a worker's memory that sources may take, in bytes as they are read, to be held in the engine. */
const ROOM = 1 / 16
/** Bytes below which reading a file again costs next to nothing. */
const LEAST = 1_000_000

/** Rows that stay in the engine once they were read, and the room they take. */
export interface HeldRows {
  readonly relation: Relation
  release(): void
}

// Of all copies of the package in the process.
const key = Symbol.for('assay.heldBytes')
const room = process as unknown as Record<symbol, number | undefined>

/** The source that rows are read from. */
export interface RowsSource {
  /** How many bytes are read. */
  readonly bytes: number
  /** The state it is in: the same text for the same content, in any process; undefined where nothing tells it. */
  state(): string | undefined
  /** Makes of work an error where it changed meanwhile. */
  whole<T>(work: () => Promise<T>): Promise<T>
}

/**
 * The rows of a source, to be read from a table of the engine from their first query on that nobody has an answer to;
 * where that table cannot be made they are read from the source. Undefined where there is no room for them, or nothing
 * to be had.
 */
export async function heldRows(relation: Relation, { bytes, state, whole }: RowsSource): Promise<HeldRows | undefined> {
  const { engine } = relation
  const hasRoom = (): boolean => (room[key] ?? 0) + bytes <= ROOM * workerMemory()
  if (!canBeHeld(relation, bytes) || !hasRoom()) return undefined
  let isReleased = false
  let copied: HeldTables | undefined
  const take = (sign: 1 | -1): void => void (room[key] = (room[key] ?? 0) + sign * bytes)

  const copy = async (rows: readonly Sql[], options: QueryOptions): Promise<HeldTables | undefined> => {
    if (isReleased || !hasRoom()) return undefined
    take(1)
    let made: HeldTables | undefined
    try {
      const tableOf = (query: Sql) => engine.lasting?.table({ query, state }, options)
      copied = await whole(async () => (made = await heldTables(engine, rows, options, tableOf)))
      if (!isReleased) return copied
      await copied.drop()
    } catch (error) {
      await made?.drop()
      if (isLost(error) || hasCode(error, 'aborted')) throw error
    } finally {
      // What others have made takes their room.
      if (isReleased || !copied || copied.isFound) take(-1)
    }
    return undefined
  }
  const lazily: Store = async (rows, suiting) => {
    const tables = kept((options: QueryOptions) => copy(rows, { ...options, ...suiting }))
    return (source, read) =>
      replaceable(source, async (options) => {
        const made = await tables(options)
        return made && !isReleased ? read(made.tables) : undefined
      })
  }
  return {
    relation: await stored(relation, lazily),
    release() {
      if (isReleased) return
      isReleased = true
      if (!copied) return
      if (!copied.isFound) take(-1)
      void copied.drop()
    },
  }
}

/** Whether reading a source again costs something, and its rows can be held. */
export const canBeHeld = (relation: Relation, bytes: number): boolean =>
  relation.engine.dialect.holds === true && (bytes >= LEAST || isWide(relation))

/** Whether others of the run have needed the rows of a source before: who comes next has them already, or needs them again. */
export async function areNeededAgain(relation: Relation, { state }: RowsSource): Promise<boolean> {
  const { lasting } = relation.engine
  if (!lasting) return false
  let queries: readonly Sql[] = []
  await stored(relation, async (rows) => {
    queries = rows
    return (source) => source
  })
  const needed = await Promise.all(queries.map((query) => lasting.areNeededAgain({ query, state })))
  return needed.some((isAgain) => isAgain)
}

/** Whether a source of so many bytes is small enough to be held for a while. */
export const fitMemory = (bytes: number): boolean => bytes <= ROOM * workerMemory()
