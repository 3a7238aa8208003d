import { type FileHandle, open } from 'node:fs/promises'
import type { SourceFindings } from '../engine/engine.ts'
import { AssayError, firstLine } from '../errors.ts'
import { addArrowCodecs } from './arrowCodecs.ts'
import { type ArrowBatch, type ArrowSchema, arrowTable } from './arrowTable.ts'
import { fileSource } from './fileSource.ts'
import { sizeOf } from './files.ts'
import { loadFiles } from './loadFiles.ts'
import type { SourceKind } from './source.ts'

const MAGIC = 'ARROW1'

/** Arrow IPC files and streams, Feather version 2 among them, plain or compressed. The bytes say which one it is. */
export const arrowFile: SourceKind = fileSource({
  name: 'arrow',
  endings: ['arrow', 'arrows', 'feather', 'ipc'],
  async open(files) {
    for (const file of files) await checkArrow(file)
    return { relation: (engine, options) => loadFiles(engine, files, readArrow, options) }
  },
})

async function readArrow(file: string): Promise<Awaited<ReturnType<typeof opened>>> {
  const arrow = await import('apache-arrow')
  await addArrowCodecs(arrow)
  return opened(file, arrow)
}

async function opened(file: string, { RecordBatchReader }: typeof import('apache-arrow')) {
  const handle = await open(file, 'r')
  const shown = JSON.stringify(file)
  try {
    const isFile = (await bytesAt(handle, 0, 6)) === MAGIC
    const reader = isFile
      ? await RecordBatchReader.from(withinFile(handle))
      : await RecordBatchReader.from(handle.createReadStream({ autoClose: false, start: 0 }))
    await reader.open({ autoDestroy: false })
    if (!reader.schema) throw new Error('it holds no schema')
    const batches = reader[Symbol.asyncIterator]() as AsyncIterator<ArrowBatch>
    const first = await batches.next()
    const known = isFile && !first.done ? [first.value] : []
    const table = arrowTable(reader.schema as ArrowSchema, wrapped(first, batches, shown), known, shown)
    return { table, close: () => handle.close(), ...(isFile ? {} : { findings: () => unended(file) }) }
  } catch (cause) {
    await handle.close()
    throw broken(shown, cause)
  }
}

/** The handle, but with an end to what a damaged file can ask: Arrow's reader tries again for ever, or goes in circles. */
function withinFile(handle: FileHandle): FileHandle {
  const asked = new Map<number, number>()
  const read = async (buffer: Buffer, offset: number, length: number, position: number) => {
    const times = (asked.get(position) ?? 0) + 1
    asked.set(position, times)
    if (times > 8) throw new Error(`its parts point at each other (byte ${position})`)
    const found = await handle.read(buffer, offset, length, position)
    if (length > 0 && found.bytesRead === 0) throw new Error(`it ends before byte ${position + length}`)
    return found
  }
  return { fd: handle.fd, stat: () => handle.stat(), close: () => handle.close(), read } as unknown as FileHandle
}

async function* wrapped(
  first: IteratorResult<ArrowBatch>,
  rest: AsyncIterator<ArrowBatch>,
  shown: string,
): AsyncGenerator<ArrowBatch> {
  try {
    for (let next = first; !next.done; next = await rest.next()) yield next.value
  } catch (cause) {
    throw broken(shown, cause)
  }
}

function broken(shown: string, cause: unknown): unknown {
  if (cause instanceof AssayError) return cause
  const words = firstLine(cause)
  const [, name] = /Unrecognized type: "?(\w+)/.exec(words) ?? []
  if (name) {
    return new AssayError('unreadable-file', `${shown} has a column of Arrow type ${name}, which cannot be read`, {
      hint: 'write that column as plain values',
      cause,
    })
  }
  return new AssayError('unreadable-file', `${shown} cannot be read as Arrow: ${words}`, {
    hint: 'it is damaged or cut off; get the file again, or write it anew',
    cause,
  })
}

async function checkArrow(file: string): Promise<void> {
  const shown = JSON.stringify(file)
  const size = await sizeOf(file)
  if (size === 0) throw new AssayError('empty-file', `${shown} is empty (0 bytes), so it is not an Arrow file`)
  const handle = await open(file, 'r')
  try {
    const head = await bytesAt(handle, 0, 8)
    if (head.startsWith('FEA1')) {
      throw new AssayError('unreadable-file', `${shown} is a Feather file of version 1`, {
        hint: 'write it as version 2, the default of pyarrow and pandas since 2020',
      })
    }
    if (head.startsWith(MAGIC)) {
      if ((await bytesAt(handle, size - 6, 6)) === MAGIC) return
      throw new AssayError(
        'unreadable-file',
        `${shown} is cut off: an Arrow file ends with "${MAGIC}", this one (${size} bytes) does not`,
        { hint: 'the download or copy did not finish; get the file again' },
      )
    }
    // A stream starts with a message: the mark of continuation, or before version 0.15 the length of its schema.
    const bytes = Buffer.from(head, 'latin1')
    const plausible = bytes.length === 8 && (bytes.readInt32LE(0) === -1 || isLength(bytes.readInt32LE(0), size))
    if (!plausible) {
      throw new AssayError(
        'unreadable-file',
        `${shown} is neither an Arrow file nor a stream: it starts with ${JSON.stringify(head)}`,
        {
          hint: head.startsWith('version')
            ? 'this is a Git LFS pointer; run `git lfs pull` to get the data'
            : undefined,
        },
      )
    }
  } finally {
    await handle.close()
  }
}

const isLength = (length: number, size: number): boolean => length > 0 && length < size

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<string> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, Math.max(0, position))
  return buffer.subarray(0, bytesRead).toString('latin1')
}

/** A stream that ends without its end mark may be cut off between or inside of messages: Arrow's reader takes both for its end. */
async function unended(file: string): Promise<SourceFindings> {
  const size = await sizeOf(file)
  const handle = await open(file, 'r')
  try {
    const end = Buffer.from(await bytesAt(handle, size - 8, 8), 'latin1')
    if (end.readInt32LE(4) === 0) return { total: 0, rowsLost: 0, first: [] }
    const reason = 'the stream ends without its end mark: rows after its last whole batch may be missing'
    return { total: 1, rowsLost: 0, first: [{ kind: 'cut', reason, file }] }
  } finally {
    await handle.close()
  }
}
