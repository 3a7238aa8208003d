import { fileBytes } from '../../bytes/bytes.ts'
import { peek } from '../../bytes/decompress.ts'
import { fileFingerprint } from '../../bytes/files.ts'
import { checkStdin } from '../../bytes/regularFile.ts'
import { type Spool, spooled } from '../../bytes/spool.ts'
import { orStopped, untilStopped } from '../../engine/stopping.ts'
import { AssayError } from '../../errors.ts'
import { checkOwnOptions, fileFormats, type FileOptions } from '../fileFormats.ts'
import { takeOnce } from '../readOnce.ts'
import type { OpenOptions, OpenedSource } from '../source.ts'
import { bare, formatNamed, label } from './formatNamed.ts'

let stdin: Promise<Spool> | undefined

/** Opens a stream: it is kept in a temporary file. */
export async function openStream(
  source: unknown,
  options: OpenOptions<FileOptions>,
  signal?: AbortSignal,
): Promise<OpenedSource> {
  const file = label(source)
  const copy = await (source === '-' ? orStopped(standardInput(), signal) : copyOf(source as object, file, signal))
  const format = options.format ?? (await formatOf(copy.path, file))
  const kind = formatNamed(format)
  if (!kind)
    throw new AssayError('unsupported-source', `no source reads ${JSON.stringify(format)} from ${file}`, {
      hint: `formats are ${fileFormats.map(({ name }) => name).join(', ')}`,
    })
  checkOwnOptions(kind, options)
  const opened = await kind.openFiles(
    [{ file, path: copy.path, copy }],
    { ...options, format: bare(format) } as OpenOptions<object>,
    signal,
  )
  return { ...opened, fingerprint: () => fileFingerprint(copy.path) }
}

/** It comes once, and for all: whoever stops waiting leaves it to the others. */
function standardInput(): Promise<Spool> {
  checkStdin()
  stdin ??= spooledBytes(process.stdin, 'standard input')
  return stdin
}

async function copyOf(source: object, label: string, signal: AbortSignal | undefined): Promise<Spool> {
  takeOnce(source, label)
  return spooledBytes(untilStopped(source as AsyncIterable<unknown>, signal), label)
}

async function spooledBytes(stream: AsyncIterable<unknown>, label: string): Promise<Spool> {
  return spooled('copy', `a copy of ${label}`, async (spool) => {
    for await (const piece of stream) {
      if (typeof piece === 'string') await spool.write(Buffer.from(piece))
      else if (piece instanceof Uint8Array) await spool.write(piece)
      else {
        const kind = piece === null ? 'null' : typeof piece
        throw new AssayError('unsupported-source', `${label} brought ${kind}, not text or bytes`)
      }
    }
  })
}

/** What the first bytes say, without their compression. */
async function formatOf(path: string, label: string): Promise<string> {
  const { head, close } = await peek(fileBytes(path, undefined, label), 16)
  await close()
  const start = head.toString('latin1', 0, 16)
  if (start.startsWith('PAR1')) return 'parquet'
  if (start.startsWith('ARROW1')) return 'arrow'
  if (start.startsWith('PK\u0003\u0004')) return 'xlsx'
  if (start.slice(8, 12) === 'DUCK') return 'duckdb'
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (text.startsWith('{')) return 'jsonl'
  return text.startsWith('[') ? 'json' : 'csv'
}
