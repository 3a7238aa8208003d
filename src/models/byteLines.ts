import type { Readable } from 'node:stream'

/** A line as text, or its bytes where they are no UTF-8. */
export type Line = string | Uint8Array

/** Bytes of a line; what is longer is no answer. */
export const LONGEST = 64 * 1024 ** 2

const NEWLINE = 10
const RETURN = 13

/**
 * Calls back with each line that a program writes, its end left out: line feeds alone end one, or with a carriage return
 * before. Once a line is too long it is told so, and nothing more is read.
 */
export function readLines(stream: Readable, reader: { line(line: Line): void; tooLong(): void }): void {
  let parts: Buffer[] = []
  let size = 0
  let ended = false
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const tell = (): void => {
    const whole = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
    const bytes = whole.at(-1) === RETURN ? whole.subarray(0, -1) : whole
    parts = []
    size = 0
    let line: Line = bytes
    try {
      line = decoder.decode(bytes)
    } catch {
      // told as bytes
    }
    reader.line(line)
  }
  const add = (part: Buffer): void => {
    parts.push(part)
    size += part.length
  }
  stream.on('data', (chunk: Buffer) => {
    if (ended) return
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, at))
      from = at + 1
      tell()
    }
    if (from < chunk.length) add(chunk.subarray(from))
    if (size <= LONGEST) return
    ended = true
    parts = []
    reader.tooLong()
  })
  stream.on('end', () => {
    if (!ended && size > 0) tell()
  })
}
