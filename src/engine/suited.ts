import type { DuckDBConnection } from '@duckdb/node-api'
import { textOf } from '../errors.ts'
import { endsEngine } from './lost.ts'
import type { WantedSettings } from './engineSession.ts'

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

/** What settings of a connection's engine are now; undefined where that is not known. */
const settings = new WeakMap<DuckDBConnection, Map<string, number | boolean | undefined>>()

/** Runs a query of a connection, which runs no other meanwhile, under settings that suit it. */
export async function suited<T>(
  connection: DuckDBConnection,
  { threads, mostGroupBits }: QueryRoom,
  { groupBits = 0, oneThread = false, anyThreads = false, unordered = false }: WantedSettings,
  work: () => Promise<T>,
): Promise<T> {
  if (!anyThreads) await withSetting(connection, 'threads', oneThread ? 1 : threads, threads)
  const ordered = await withSetting(connection, 'preserve_insertion_order', !unordered, true)
  if (!ordered && !unordered) throw new Error('the engine does not go back to the order of rows')
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

/**
 * Gives a setting a value, and says whether it has it. Starting and ending threads costs more than a small query, so
 * settings stay as they are until a query wants others.
 */
async function withSetting(
  connection: DuckDBConnection,
  name: 'threads' | 'preserve_insertion_order',
  wanted: number | boolean,
  usual: number | boolean,
): Promise<boolean> {
  const known = settings.get(connection) ?? new Map<string, number | boolean | undefined>()
  const before = known.has(name) ? known.get(name) : usual
  if (before === wanted) return true
  settings.set(connection, known.set(name, undefined))
  if (await again(() => connection.run(`set ${name} = ${wanted}`))) {
    known.set(name, wanted)
    return true
  }
  // Settings may be locked.
  await again(async () => {
    const [row] = (await connection.runAndReadAll(`select current_setting('${name}')`)).getRowsJS()
    known.set(name, typeof row?.[0] === 'boolean' ? row[0] : Number(row?.[0]))
  })
  return known.get(name) === wanted
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
