import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { throwIfStopped } from '../../engine/stopping.ts'
import type { PlainText } from './plainText.ts'
import type { PassedOver } from './passingOver.ts'
import { LONGEST_LINE, RecordScanner, type ScannedRecord, tooLong } from './recordScan.ts'
import type { TextDialect } from './textDialect.ts'

const CHUNK = 1024 ** 2
const REPLACEMENT = Buffer.from('\uFFFD')

/** A place between two records. */
export interface TextPlace {
  readonly offset: number
  /** The physical line that starts there, from 1. */
  readonly line: number
}

export interface ScanSettings {
  readonly flush?: () => Promise<void>
  /** Lines of which not each is told. */
  readonly over?: PassedOver
  readonly signal?: AbortSignal | undefined
}

/** Whether bytes hold what was not readable in their encoding. */
export function isReadable(bytes: Buffer, decoded: boolean): boolean {
  return isUtf8(bytes) && !(decoded && bytes.includes(REPLACEMENT))
}

/**
 * Reads records of a plain text from a place on, until `each` returns true or the signal aborts; `flush` is awaited now
 * and then, and plain lines may be passed `over`. Returns how many comment lines there were. Memory is bounded by the longest record.
 */
export async function scanFile(
  { path, decoded }: PlainText,
  dialect: TextDialect,
  from: TextPlace,
  each: (record: ScannedRecord) => boolean,
  { flush, over, signal }: ScanSettings = {},
): Promise<number> {
  const scanner = new RecordScanner(dialect, from.line)
  const handle = await open(path, 'r')
  try {
    let bytes = Buffer.allocUnsafe(CHUNK + 1)
    let kept = 0
    let offset = from.offset
    for (;;) {
      throwIfStopped(signal)
      const { bytesRead } = await handle.read(bytes, kept, bytes.length - 1 - kept, offset + kept)
      const last = bytesRead === 0
      const end = cutAt(bytes, kept + bytesRead, last)
      const window = bytes.subarray(0, end)
      const suspicious = !isReadable(window, decoded) || window.includes(0)
      let stopped = false
      const eachUntil = (record: ScannedRecord): boolean => {
        stopped = each(record)
        return stopped
      }
      const next = scanner.scan({ bytes, base: offset, end, last, suspicious }, eachUntil, over)
      await flush?.()
      if (stopped || last) return scanner.comments
      const rest = kept + bytesRead - next
      if (next === 0 && rest >= bytes.length - 1) {
        if (rest > LONGEST_LINE) throw tooLong(`line ${scanner.line}`)
        const larger = Buffer.allocUnsafe(2 * bytes.length)
        bytes.copy(larger, 0, 0, rest)
        bytes = larger
      } else bytes.copyWithin(0, next, next + rest)
      kept = rest
      offset += next
    }
  } finally {
    await handle.close()
  }
}

/** The end of the last line: no character is cut there, and no CRLF. Without a line end, where the last character starts. */
function cutAt(bytes: Buffer, end: number, last: boolean): number {
  if (last) return end
  const line = bytes.subarray(0, end).lastIndexOf(10)
  return line >= 0 ? line + 1 : end
}
