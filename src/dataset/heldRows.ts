import { type HeldTables, heldTables, type Store, stored } from '../cells/held.ts'
import type { QueryOptions, Relation } from '../engine/engine.ts'
import { isLost } from '../engine/lost.ts'
import { isWide } from '../engine/narrowing.ts'
import { workerMemory } from '../engine/memory.ts'
import { AssayError } from '../errors.ts'
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

/**
 * The rows of a source of so many bytes, to be read from a table of the engine from their first query on that nobody has an answer to; where
 * that table cannot be made they are read from the source. `whole` makes of a copy an error where it changed meanwhile.
 * Undefined where there is no room for them, or nothing to be had.
 */
export async function heldRows(
  relation: Relation,
  bytes: number,
  whole: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<HeldRows | undefined> {
  const { engine } = relation
  const isCheap = bytes < LEAST && !isWide(relation)
  const hasRoom = (): boolean => (room[key] ?? 0) + bytes <= ROOM * workerMemory()
  if (!engine.dialect.holds || isCheap || !hasRoom()) return undefined
  let isReleased = false
  let copied: HeldTables | undefined
  const take = (sign: 1 | -1): void => void (room[key] = (room[key] ?? 0) + sign * bytes)

  const copy = async (rows: readonly Sql[], options: QueryOptions): Promise<HeldTables | undefined> => {
    if (isReleased || !hasRoom()) return undefined
    take(1)
    try {
      copied = await whole(() => heldTables(engine, rows, options))
      if (!isReleased) return copied
      await copied.drop()
    } catch (error) {
      if (isLost(error) || (error instanceof AssayError && error.code === 'aborted')) throw error
    } finally {
      if (isReleased || !copied) take(-1)
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
      take(-1)
      void copied.drop()
    },
  }
}

/** Whether a source of so many bytes is small enough to be held for a while. */
export const fitMemory = (bytes: number): boolean => bytes <= ROOM * workerMemory()
