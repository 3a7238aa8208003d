import type { DuckDBConnection } from '@duckdb/node-api'
import { textOf } from '../errors.ts'
import type { QueryOptions } from './engine.ts'
import { endsEngine } from './lost.ts'

/** What queries of an engine may take. */
export interface QueryRoom {
  readonly threads: number
  /** Bits of keys at most whose groups may have a place each. */
  readonly mostGroupBits: number
}

/** Of the memory, the part that places of groups may take, which each thread has for itself, and bytes of one. */
const PLACES_SHARE = 8
const PLACE_BYTES = 16
const TRIES = 5

/** The room of an engine with so many threads and so much memory. */
export function roomOf(threads: number, memoryMB: number): QueryRoom {
  const places = (memoryMB * 1024 ** 2) / PLACES_SHARE / PLACE_BYTES / threads
  return { threads, mostGroupBits: Math.floor(Math.log2(places)) }
}

/** Threads that the engine of a connection has now; none where that is not known. */
const working = new WeakMap<DuckDBConnection, number | undefined>()

/** Runs a query of a connection, which runs no other meanwhile, under settings that suit it. */
export async function suited<T>(
  connection: DuckDBConnection,
  { threads, mostGroupBits }: QueryRoom,
  { groupBits = 0, oneThread = false }: Pick<QueryOptions, 'groupBits' | 'oneThread'>,
  work: () => Promise<T>,
): Promise<T> {
  await withThreads(connection, oneThread ? 1 : threads, threads)
  if (groupBits === 0 || groupBits > mostGroupBits) return work()
  const usual = 'reset perfect_ht_threshold'
  await connection.run(`set perfect_ht_threshold = ${groupBits}`)
  try {
    return await work()
  } catch (cause) {
    if (endsEngine(cause) || textOf(cause).startsWith('INTERRUPT')) throw cause
    // A file may say of its columns what is not so, and then there is no place for some group.
    await connection.run(usual)
    return await work()
  } finally {
    await again(() => connection.run(usual))
  }
}

/** Starting and ending threads costs more than a small query, so they stay as they are until a query wants others. */
async function withThreads(connection: DuckDBConnection, wanted: number, usual: number): Promise<void> {
  const before = working.has(connection) ? working.get(connection) : usual
  if (before === wanted) return
  working.set(connection, undefined)
  if (await again(() => connection.run(`set threads = ${wanted}`))) working.set(connection, wanted)
}

/** Does what an interrupt may end that was meant for the query before; whether it was done. */
async function again(work: () => Promise<unknown>): Promise<boolean> {
  for (let tries = 1; tries <= TRIES; tries++) {
    try {
      await work()
      return true
    } catch (cause) {
      if (endsEngine(cause)) return false
    }
  }
  return false
}
