import { AssayError } from '../../errors.ts'
import { fileHead, rawBytes } from '../../bytes/bytes.ts'
import { type Chunks, decompressed, isCompressed, peek } from '../../bytes/decompress.ts'
import { decoded, isUtf8Name, markedEncoding } from '../../bytes/encoding.ts'
import { type Spool, spooled } from '../../bytes/spool.ts'
import { LONGEST_LINE, tooLong } from './recordScan.ts'
import type { NamedFile } from '../../bytes/unpacked.ts'
import { throwIfStopped } from '../../engine/stopping.ts'

/** A file of text in UTF-8, without compression. */
export interface PlainText {
  readonly path: string
  /** It was in another encoding: what could not be read in it stands as U+FFFD. */
  readonly decoded: boolean
  /** The temporary file, where `path` is one. */
  readonly copy?: Spool
}

const kinds = [
  { starts: 'PAR1', name: 'a Parquet file' },
  { starts: 'PK\u0003\u0004', name: 'a zip archive (as .xlsx files are)' },
  { starts: 'ARROW1', name: 'an Arrow file' },
  { starts: '%PDF', name: 'a PDF' },
  { starts: 'SQLite format 3', name: 'an SQLite database' },
  { starts: 'BZh', name: 'compressed with bzip2, which is not read' },
  { starts: '\u00fd7zXZ', name: 'compressed with xz, which is not read' },
  { starts: '\u0089PNG', name: 'a picture' },
] as const

const LF = 10
const CR = 13

/** The file itself where it is plain UTF-8, else a temporary copy that is. */
export async function plainText(
  { file, path, copy }: NamedFile,
  encoding: string | undefined,
  signal?: AbortSignal,
): Promise<PlainText> {
  const label = JSON.stringify(file)
  const head = await fileHead(path, 4096)
  if (!isCompressed(head) && isUtf8Name(encodingOf(head, encoding, label)))
    return { path, decoded: false, ...(copy ? { copy } : {}) }
  return spooledText(rawBytes(path, signal, file), encoding, label, signal)
}

/** The text of a stream as a temporary file. `label` names it in errors. */
async function spooledText(
  chunks: Chunks,
  encoding: string | undefined,
  label: string,
  signal?: AbortSignal,
): Promise<PlainText> {
  const { head, all, close } = await peek(decompressed(chunks, label), 4096)
  try {
    const name = encodingOf(head, encoding, label)
    let line = 0
    const copy = await spooled('txt', `a copy of ${label}`, async (spool) => {
      for await (const chunk of isUtf8Name(name) ? all : decoded(all, name)) {
        throwIfStopped(signal)
        const end = Math.max(chunk.lastIndexOf(LF), chunk.lastIndexOf(CR))
        line = end < 0 ? line + chunk.length : chunk.length - 1 - end
        if (line > LONGEST_LINE) throw tooLong(`a line of ${label}`)
        await spool.write(chunk)
      }
    })
    return { path: copy.path, decoded: !isUtf8Name(name), copy }
  } finally {
    await close()
  }
}

/** The encoding that is asked for or that the byte order mark says; an AssayError for what is no text. */
function encodingOf(head: Buffer, declared: string | undefined, label: string): string {
  const marked = markedEncoding(head)
  if (marked !== undefined && (declared === undefined || !isUtf8Name(marked))) return marked
  if (declared !== undefined) return declared
  const start = head.toString('latin1', 0, 16)
  const kind = kinds.find(({ starts }) => start.startsWith(starts))
  if (kind) {
    throw new AssayError('unreadable-file', `${label} is no delimited text but ${kind.name}`, {
      hint: 'give the file the ending of its format',
    })
  }
  const zeros = head.filter((byte) => byte === 0).length
  if (zeros > head.length / 10) {
    throw new AssayError(
      'unreadable-file',
      `${label} is no UTF-8 text: ${zeros} of its first ${head.length} bytes are 0`,
      {
        hint: "if it is UTF-16 without a byte order mark, say encoding: 'utf-16le' or 'utf-16be'",
      },
    )
  }
  return 'utf-8'
}
