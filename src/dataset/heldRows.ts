import { stat } from 'node:fs/promises'
import { held } from '../cells/held.ts'
import type { Relation } from '../engine/engine.ts'
import { isWide } from '../engine/narrowing.ts'
import { workerMemory } from '../engine/memory.ts'
import { runStoppable } from '../engine/running.ts'

/** The share of a worker's memory that files may take, in bytes as they are on disk, to be held in the engine. */
const ROOM = 1 / 16
/** Bytes below which reading a file again costs next to nothing. */
const LEAST = 1_000_000
/** How many times more a compressed file holds, at a guess. */
const PACKED = 10

/** Rows that stay in the engine, and the room they take. */
export interface HeldRows {
  readonly relation: Relation
  release(): void
}

// Of all copies of the package in the process.
const key = Symbol.for('assay.heldBytes')
const room = process as unknown as Record<symbol, number | undefined>

/** The rows of files in a table of the engine; undefined where there is no room for them. */
export async function heldRows(relation: Relation, files: readonly string[]): Promise<HeldRows | undefined> {
  const bytes = await sizeOf(files)
  const taken = room[key] ?? 0
  const cheap = bytes < LEAST && !isWide(relation)
  if (!relation.engine.dialect.holds || cheap || taken + bytes > ROOM * workerMemory()) return undefined
  room[key] = taken + bytes
  const free = (): void => void (room[key] = (room[key] ?? 0) - bytes)
  try {
    const copy = await runStoppable((signal) => held(relation, { signal }))
    return {
      relation: copy,
      release() {
        free()
        copy.release?.().catch(() => {})
      },
    }
  } catch (error) {
    free()
    throw error
  }
}

/** Whether files are small enough to be held for a while. */
export async function fitMemory(files: readonly string[]): Promise<boolean> {
  return (await sizeOf(files)) <= ROOM * workerMemory()
}

async function sizeOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => (/\.(gz|zst|xlsx)$/i.test(file) ? PACKED * size : size),
        () => Number.POSITIVE_INFINITY,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
