import { type FileHandle, open } from 'node:fs/promises'
import type { SourceFindings } from '../../engine/engine.ts'
import { AssayError, firstLine } from '../../errors.ts'
import { addArrowCodecs, withinMemory } from './arrowCodecs.ts'
import { type ArrowLayout, arrowLayout, BigEndian, bytesAt } from './arrowLayout.ts'
import { type ArrowBatch, type ArrowSchema, arrowTable } from './arrowTable.ts'
import { sizeOf } from '../../bytes/files.ts'
import { loadFiles } from '../loadFiles.ts'
import { nameFindings } from '../ownNames.ts'
import { allFindings, listOf } from '../findings.ts'
import { type NamedFile, unpacked } from '../../bytes/unpacked.ts'
import type { OpenOptions, OpenedSource } from '../source.ts'

const MAGIC = 'ARROW1'

/** Opens Arrow files as one relation. */
export async function openArrow(
  files: readonly NamedFile[],
  _: OpenOptions<object>,
  signal?: AbortSignal,
): Promise<OpenedSource> {
  const named = await unpacked(files, 'arrow', signal)
  for (const one of named) await checkArrow(one)
  return { relation: (engine, options) => loadFiles(engine, named, readArrow, options) }
}

async function readArrow(file: NamedFile): Promise<Awaited<ReturnType<typeof opened>>> {
  const arrow = await import('apache-arrow')
  await addArrowCodecs(arrow)
  return opened(file, arrow)
}

async function opened({ file, path }: NamedFile, { RecordBatchReader }: typeof import('apache-arrow')) {
  const handle = await open(path, 'r')
  const shown = JSON.stringify(file)
  try {
    const isFile = (await textAt(handle, 0, 6)) === MAGIC
    const layout = await arrowLayout(handle, await sizeOf(path), isFile)
    const reader = isFile
      ? await RecordBatchReader.from(handle)
      : await RecordBatchReader.from(handle.createReadStream({ autoClose: false, start: 0 }))
    await reader.open({ autoDestroy: false })
    if (!reader.schema) throw new Error('it holds no schema')
    const batches = reader[Symbol.asyncIterator]() as AsyncIterator<ArrowBatch>
    const first = await withinMemory(() => batches.next())
    const known = isFile && !first.done ? [first.value] : []
    const table = arrowTable(reader.schema as ArrowSchema, wrapped(first, batches, shown), known, shown)
    const names = listOf(nameFindings(table.names, { file }))
    const findings = async (): Promise<SourceFindings> => (isFile ? names : allFindings([names, unread(file, layout)]))
    return { table, close: () => handle.close(), findings }
  } catch (cause) {
    await handle.close()
    throw broken(shown, cause)
  }
}

async function* wrapped(
  first: IteratorResult<ArrowBatch>,
  rest: AsyncIterator<ArrowBatch>,
  shown: string,
): AsyncGenerator<ArrowBatch> {
  try {
    for (let next = first; !next.done; next = await withinMemory(() => rest.next())) yield next.value
  } catch (cause) {
    throw broken(shown, cause)
  }
}

function broken(shown: string, cause: unknown): unknown {
  if (cause instanceof AssayError) return cause
  if (cause instanceof BigEndian)
    return new AssayError('unreadable-file', `${shown} is big-endian Arrow, and only little-endian Arrow is read`, {
      hint: 'write it on a little-endian machine, or as Parquet, whose order of bytes is always the same',
    })
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

async function checkArrow({ file, path }: NamedFile): Promise<void> {
  const shown = JSON.stringify(file)
  const size = await sizeOf(path)
  if (size === 0) throw new AssayError('empty-file', `${shown} is empty (0 bytes), so it is not an Arrow file`)
  const handle = await open(path, 'r')
  try {
    const head = await textAt(handle, 0, 8)
    if (head.startsWith('FEA1')) {
      throw new AssayError('unreadable-file', `${shown} is a Feather file of version 1`, {
        hint: 'write it as version 2, the default of pyarrow and pandas since 2020',
      })
    }
    if (head.startsWith(MAGIC)) {
      if ((await textAt(handle, size - 6, 6)) === MAGIC) return
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

const textAt = async (handle: FileHandle, position: number, length: number): Promise<string> =>
  (await bytesAt(handle, position, length)).toString('latin1')

/** What of a stream's bytes may hold rows that Arrow's reader does not read. */
function unread(file: string, { ended, after }: ArrowLayout): SourceFindings {
  if (ended && after === 0) return { total: 0, rowsLost: 0, first: [] }
  const reason = ended
    ? `${after} bytes follow the end mark of the stream, and are not read`
    : 'the stream ends without its end mark: rows after its last whole batch may be missing'
  return { total: 1, rowsLost: 0, first: [{ kind: 'cut', reason, file }] }
}
