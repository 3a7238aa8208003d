import { isUtf8 } from 'node:buffer'
import { AssayError } from '../../errors.ts'
import { JsonBytes, LINE_FEED } from './jsonBytes.ts'
import type { TextRecord } from '../lines/lines.ts'

/** The most bytes around the records of a file. */
const MOST = 120_000_000

/** Throws an AssayError for more bytes around the records than are looked at. */
export function checkAround(length: number, file: string): void {
  if (length <= MOST) return
  throw new AssayError(
    'unreadable-file',
    `more than ${MOST / 1e6} MB of ${JSON.stringify(file)} are not in the array of its records`,
    { hint: 'write the records as JSON Lines, or as a file of their own' },
  )
}

/**
 * Why what stands in a file before and after the elements of the array of its records, which ends in a `line`, is no
 * JSON; undefined when it is.
 */
export function whyNotAround(head: Uint8Array, tail: Uint8Array, line: number): TextRecord | undefined {
  const bytes = Buffer.concat([head, tail, Uint8Array.of(0)])
  const json = new JsonBytes(' \t\r\n')
  json.bytes = bytes
  const end = json.value(json.space(0))
  const stop = end < 0 ? json.stop : json.space(end)
  const fine = end >= 0 && stop === bytes.length - 1
  if (fine && isUtf8(bytes)) return undefined
  const [from, first] = stop < head.length ? [0, 1] : [head.length, line]
  const feeds = bytes.subarray(from, stop).filter((byte) => byte === LINE_FEED).length
  const problem = `what stands around the array of records is no JSON: ${fine ? 'invalid UTF-8' : 'this has no place in it'}`
  if (fine) return { line: 1, text: '', problem }
  return { line: first + feeds, text: bytes.toString('utf8', stop, Math.min(stop + 80, bytes.length - 1)), problem }
}
