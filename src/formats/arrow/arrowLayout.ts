import type { FileHandle } from 'node:fs/promises'
import { type FlatTable, flatbuffer, type TableLayout } from './flatbuffer.ts'

/** The tables of Arrow's metadata, from its Schema.fbs, Message.fbs and File.fbs. */
const keyValue: TableLayout = { 0: 'string', 1: 'string' }
const metadata = { tables: () => keyValue }
const timestamp: TableLayout = { 1: 'string' }
const union: TableLayout = { 1: { each: 4 } }
const types: readonly (TableLayout | undefined)[] = Object.assign([], { 10: timestamp, 14: union })
const encoding: TableLayout = { 1: { table: () => ({}) } }
const field: TableLayout = {
  0: 'string',
  3: { union: types },
  4: { table: () => encoding },
  5: { tables: () => field },
  6: metadata,
}
const schema: TableLayout = { 1: { tables: () => field }, 2: metadata, 3: { each: 8 } }
const batch: TableLayout = { 1: { each: 16 }, 2: { each: 16 }, 3: { table: () => ({}) }, 4: { each: 8 } }
const dictionary: TableLayout = { 1: { table: () => batch } }
const SCHEMA = 1
const DICTIONARY = 2
const BATCH = 3
const message: TableLayout = { 2: { union: [undefined, schema, dictionary, batch] }, 4: metadata }
const footer: TableLayout = { 1: { table: () => schema }, 2: { each: 24 }, 3: { each: 24 }, 4: metadata }

/** The numbers of an Arrow stream or file are big-endian. */
export class BigEndian extends Error {}

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
  readonly header: FlatTable
  readonly body: number
  readonly end: number
}

/**
 * Walks over the messages of an Arrow stream or file, reading their metadata alone, and throws where lengths, offsets
 * or counts do not fit each other or the file: Arrow's reader takes them for granted.
 */
export async function arrowLayout(handle: FileHandle, size: number, isFile: boolean): Promise<ArrowLayout> {
  if (isFile) return layoutOfFile(handle, size)
  let nodes: readonly number[] | undefined
  let rows = 0
  let at = 0
  while (at < size) {
    const block = await messageAt(handle, at, size)
    if (!block) return { rows, ended: true, after: Math.max(0, size - at - 8) }
    if ((block.type === SCHEMA) !== (nodes === undefined))
      throw new Error(`there is ${nodes ? 'a second' : 'no'} schema at byte ${at}`)
    if (nodes) rows += checkData(block, nodes, at)
    else nodes = nodesOf(littleEndian(block.header).tables(1))
    at = block.end
  }
  return { rows, ended: false, after: 0 }
}

/** The schema, whose first slot says in which order the bytes of a number are: Arrow's reader does not look. */
function littleEndian(found: FlatTable): FlatTable {
  if (found.byte(0) !== 0) throw new BigEndian()
  return found
}

/** Only the footer says where messages are: some writers put a bare schema, or none, before them. */
async function layoutOfFile(handle: FileHandle, size: number): Promise<ArrowLayout> {
  const { start: limit, table } = await footerOf(handle, size)
  const nodes = nodesOf(littleEndian(table.table(1) as FlatTable).tables(1))
  const places = (slot: number, type: number) => {
    const { start, length } = table.vector(slot)
    return Array.from({ length }, (_, i) => ({ at: Number(table.view.getBigInt64(start + 24 * i, true)), type }))
  }
  const blocks = [...places(2, DICTIONARY), ...places(3, BATCH)].sort((a, b) => a.at - b.at)
  let rows = 0
  // Where a schema leads the batches, they begin at its end.
  const first = await messageAt(handle, 8, limit).catch(() => undefined)
  let end = first?.type === SCHEMA ? first.end : first ? 8 : undefined
  for (const { at, type } of blocks) {
    if (at < 8 || at >= limit) throw new Error(`its footer says that a batch lies at byte ${at}`)
    if (end !== undefined && at < end) throw new Error(`its parts point at each other (byte ${at})`)
    if (end !== undefined && at >= end + 64) throw new Error(`its footer does not list what lies at byte ${end}`)
    const found = await messageAt(handle, at, limit)
    if (found?.type !== type) throw new Error(`what its footer lists is not at byte ${at}`)
    rows += checkData(found, nodes, at)
    end = found.end
  }
  if (end !== undefined && limit - end >= 64) throw new Error(`its footer does not list what lies at byte ${end}`)
  return { rows, ended: true, after: 0 }
}

/** The message at a place; undefined for the mark that ends a stream. */
async function messageAt(handle: FileHandle, start: number, limit: number): Promise<Message | undefined> {
  const head = await bytesAt(handle, start, Math.min(8, limit - start))
  const old = head.length >= 4 && head.readInt32LE(0) !== -1
  if (head.length < (old ? 4 : 8)) throw cut(start, limit)
  const length = head.readInt32LE(old ? 0 : 4)
  const at = start + (old ? 4 : 8)
  if (length === 0) return undefined
  if (length < 0) throw new Error(`the message at byte ${start} says that it is ${length} bytes long`)
  if (at + length > limit) throw cut(start, limit)
  const fields = flatbuffer(await bytesAt(handle, at, length), message)
  const body = fields.long(3)
  const end = at + length + body
  if (body < 0 || end > limit) throw cut(start, limit)
  const header = fields.table(2)
  const type = fields.byte(1)
  if (!header || type < SCHEMA || type > BATCH) throw new Error(`the message at byte ${start} is of no known kind`)
  return { type, header, body, end }
}

/** Checks a batch of rows or a dictionary, and counts its rows. */
function checkData({ type, header, body }: Message, nodes: readonly number[], at: number): number {
  const data = type === DICTIONARY ? header.table(1) : header
  if (!data) throw new Error(`the dictionary at byte ${at} is not there`)
  checkBatch(data, body, type === BATCH ? nodes : undefined, at)
  return type === BATCH ? data.long(0) : 0
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
  return fields.map((field) => 1 + (field.table(4) ? 0 : sum(nodesOf(field.tables(5)))))
}

function checkBatch(batch: FlatTable, body: number, columns: readonly number[] | undefined, at: number): void {
  const { view } = batch
  const rows = batch.long(0)
  const long = (place: number): number => Number(view.getBigInt64(place, true))
  const wrong = (what: string): Error => new Error(`the batch at byte ${at} ${what}`)
  if (rows < 0) throw wrong(`says that it has ${rows} rows`)
  const nodes = batch.vector(1)
  for (let i = 0; i < nodes.length; i++) {
    const [length, nulls] = [long(nodes.start + 16 * i), long(nodes.start + 16 * i + 8)]
    if (length < 0 || nulls < 0 || nulls > length) throw wrong(`says that ${nulls} of ${length} values are missing`)
  }
  const buffers = batch.vector(2)
  for (let i = 0; i < buffers.length; i++) {
    const [offset, length] = [long(buffers.start + 16 * i), long(buffers.start + 16 * i + 8)]
    if (offset < 0 || length < 0 || offset + length > body) throw wrong('has values beyond its end')
  }
  const counts = batch.vector(4)
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

/** Bytes of a file, as many of them as there are. */
export async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, Math.max(0, position))
  return buffer.subarray(0, bytesRead)
}
