import type { FileHandle } from 'node:fs/promises'
import { FlatTable, flatbuffer, type Shape } from './flatbuffer.ts'

/** The tables of Arrow's metadata, from its Schema.fbs, Message.fbs and File.fbs. */
const keyValue: Shape = { 0: 'string', 1: 'string' }
const metadata = { tables: () => keyValue }
const timestamp: Shape = { 1: 'string' }
const union: Shape = { 1: { each: 4 } }
const types: readonly (Shape | undefined)[] = Object.assign([], { 10: timestamp, 14: union })
const encoding: Shape = { 1: { table: () => ({}) } }
const field: Shape = {
  0: 'string',
  3: { union: types },
  4: { table: () => encoding },
  5: { tables: () => field },
  6: metadata,
}
const schema: Shape = { 1: { tables: () => field }, 2: metadata, 3: { each: 8 } }
const batch: Shape = { 1: { each: 16 }, 2: { each: 16 }, 3: { table: () => ({}) }, 4: { each: 8 } }
const dictionary: Shape = { 1: { table: () => batch } }
const SCHEMA = 1
const DICTIONARY = 2
const BATCH = 3
const message: Shape = { 2: { union: [undefined, schema, dictionary, batch] }, 4: metadata }
const footer: Shape = { 1: { table: () => schema }, 2: { each: 24 }, 3: { each: 24 }, 4: metadata }

/** What a walk over a stream's messages found. */
export interface ArrowLayout {
  /** Rows of all record batches, as they say themselves. */
  readonly rows: number
  /** Whether the stream has its end mark. */
  readonly ended: boolean
  /** Bytes after the end mark. */
  readonly after: number
}

interface Message {
  readonly type: number
  readonly at: number
  readonly rows: number
}

/**
 * Walks over the messages of an Arrow stream or file, reading their metadata alone, and throws where lengths, offsets
 * or counts do not fit each other or the file: Arrow's reader takes them for granted.
 */
export async function arrowLayout(handle: FileHandle, size: number, isFile: boolean): Promise<ArrowLayout> {
  const end = isFile ? await footerOf(handle, size) : undefined
  const limit = end?.start ?? size
  const messages: Message[] = []
  let nodes: readonly number[] = []
  let at = isFile ? 8 : 0
  let ended = false
  while (at < limit) {
    const start = at
    const head = await bytesAt(handle, at, Math.min(8, limit - at))
    if (head.length < 4) throw cut(start, limit)
    const old = head.readInt32LE(0) !== -1
    if (!old && head.length < 8) throw cut(start, limit)
    const length = head.readInt32LE(old ? 0 : 4)
    at += old ? 4 : 8
    ended = length === 0
    if (ended) break
    if (length < 0) throw new Error(`the message at byte ${start} says that it is ${length} bytes long`)
    if (at + length > limit) throw cut(start, limit)
    const found = flatbuffer(await bytesAt(handle, at, length), message)
    const body = found.long(3)
    at += length
    if (body < 0 || at + body > limit) throw cut(start, limit)
    at += body
    const type = found.byte(1)
    const header = found.table(2)
    if (!header || type < SCHEMA || type > BATCH) throw new Error(`the message at byte ${start} is of no known kind`)
    if ((type === SCHEMA) !== (messages.length === 0))
      throw new Error(`there is ${type === SCHEMA ? 'a second' : 'no'} schema at byte ${start}`)
    if (type === SCHEMA) nodes = nodesOf(header.tables(1))
    const data = type === DICTIONARY ? header.table(1) : header
    if (type !== SCHEMA && !data) throw new Error(`the dictionary at byte ${start} is not there`)
    if (type !== SCHEMA) checkBatch(data as FlatTable, body, type === BATCH ? nodes : undefined, start)
    messages.push({ type, at: start, rows: type === BATCH ? header.long(0) : 0 })
  }
  if (messages.length === 0) throw new Error('it holds no schema')
  if (end) checkBlocks(end.table, messages)
  return { rows: messages.reduce((sum, { rows }) => sum + rows, 0), ended, after: ended ? limit - at : 0 }
}

const cut = (at: number, end: number): Error =>
  new Error(`the message at byte ${at} goes on beyond byte ${end}, where the messages end`)

async function footerOf(handle: FileHandle, size: number): Promise<{ start: number; table: FlatTable }> {
  const length = size < 20 ? 0 : (await bytesAt(handle, size - 10, 4)).readInt32LE(0)
  const start = size - 10 - length
  if (length <= 0 || start < 8) throw new Error(`its footer says that it is ${length} bytes long`)
  const table = flatbuffer(await bytesAt(handle, start, length), footer)
  if (!table.table(1)) throw new Error('it holds no schema')
  return { start, table }
}

/** Field nodes of each column: its own and those of its children. A dictionary's values lie elsewhere. */
function nodesOf(fields: readonly FlatTable[]): readonly number[] {
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
  return fields.map((one) => 1 + (one.table(4) ? 0 : sum(nodesOf(one.tables(5)))))
}

function checkBatch(found: FlatTable, body: number, columns: readonly number[] | undefined, at: number): void {
  const { view } = found
  const rows = found.long(0)
  const long = (place: number): number => Number(view.getBigInt64(place, true))
  const wrong = (what: string): Error => new Error(`the batch at byte ${at} ${what}`)
  if (rows < 0) throw wrong(`says that it has ${rows} rows`)
  const nodes = found.vector(1)
  for (let i = 0; i < nodes.length; i++) {
    const [length, nulls] = [long(nodes.start + 16 * i), long(nodes.start + 16 * i + 8)]
    if (length < 0 || nulls < 0 || nulls > length) throw wrong(`says that ${nulls} of ${length} values are missing`)
  }
  const buffers = found.vector(2)
  for (let i = 0; i < buffers.length; i++) {
    const [offset, length] = [long(buffers.start + 16 * i), long(buffers.start + 16 * i + 8)]
    if (offset < 0 || length < 0 || offset + length > body) throw wrong('has values beyond its end')
  }
  const counts = found.vector(4)
  for (let i = 0; i < counts.length; i++) {
    const count = long(counts.start + 8 * i)
    if (count < 0 || count > buffers.length) throw wrong(`says that a column has ${count} buffers`)
  }
  let node = 0
  for (const count of columns ?? []) {
    if (node + count > nodes.length) throw wrong('has fewer columns than the schema')
    const length = long(nodes.start + 16 * node)
    if (length !== rows) throw wrong(`says that it has ${rows} rows, and a column of it has ${length}`)
    node += count
  }
}

/** The footer lists the messages that are there, all of them and nothing else. */
function checkBlocks(table: FlatTable, messages: readonly Message[]): void {
  for (const [slot, type, name] of [
    [2, DICTIONARY, 'dictionaries'],
    [3, BATCH, 'record batches'],
  ] as const) {
    const listed = table.vector(slot)
    const there = messages.filter((one) => one.type === type)
    const places = Array.from({ length: listed.length }, (_, i) =>
      Number(table.view.getBigInt64(listed.start + 24 * i, true)),
    )
    const all = new Set(places)
    if (places.length !== there.length || all.size !== there.length || there.some(({ at }) => !all.has(at)))
      throw new Error(`its footer lists ${listed.length} ${name} that are not the ${there.length} in it`)
  }
}

/** Bytes of a file, as many of them as there are. */
export async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, Math.max(0, position))
  return buffer.subarray(0, bytesRead)
}
