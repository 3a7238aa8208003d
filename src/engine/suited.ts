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

/** Runs a query of a connection, which runs no other meanwhile, under settings that suit it. */
export async function suited<T>(
  connection: DuckDBConnection,
  { threads, mostGroupBits }: QueryRoom,
  { groupBits = 0, fewRows = false }: QueryOptions,
  work: () => Promise<T>,
): Promise<T> {
  const places = groupBits > 0 && groupBits <= mostGroupBits
  const settings = [
    ...(places ? [[`set perfect_ht_threshold = ${groupBits}`, 'reset perfect_ht_threshold']] : []),
    ...(fewRows && threads > 1 ? [['set threads = 1', `set threads = ${threads}`]] : []),
  ] as const
  if (settings.length === 0) return work()
  const usual = settings.map(([, reset]) => reset).join('; ')
  await connection.run(settings.map(([set]) => set).join('; '))
  try {
    return await work()
  } catch (cause) {
    if (!places || endsEngine(cause) || textOf(cause).startsWith('INTERRUPT')) throw cause
    // A file may say of its columns what is not so, and then there is no place for some group.
    await connection.run(usual)
    return await work()
  } finally {
    await again(() => connection.run(usual))
  }
}

/** What interrupts a query may interrupt what comes right after it, too. */
async function again(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries++) {
    try {
      await work()
      return
    } catch (cause) {
      if (endsEngine(cause)) return
    }
  }
}
