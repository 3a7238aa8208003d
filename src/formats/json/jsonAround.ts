import { isUtf8 } from 'node:buffer'
import { JsonBytes, LINE_FEED } from './jsonBytes.ts'
import { AssayError } from '../../errors.ts'
import type { TextRecord } from '../lines/lines.ts'

/** The most bytes around the records of a file. */
const MOST = 120_000_000

/** What stands in a JSON file around the array of its records: with that array left empty, it must be JSON too. */
export class JsonAround {
  private readonly parts: Uint8Array[] = []
  private length = 0
  private head = 0
  private line = 1
  private readonly file: string

  constructor(file: string) {
    this.file = file
  }

  /** Takes the next bytes; they may change once this is done. */
  add(bytes: Uint8Array): void {
    this.parts.push(Uint8Array.from(bytes))
    this.length += bytes.length
    if (this.length <= MOST) return
    throw new AssayError(
      'unreadable-file',
      `more than ${MOST / 1e6} MB of ${JSON.stringify(this.file)} are not in the array of its records`,
      {
        hint: 'write the records as JSON Lines, or as a file of their own',
      },
    )
  }

  /** The array ends in this line. */
  goOn(line: number): void {
    this.head = this.length
    this.line = line
  }

  /** Why it is no JSON; undefined when it is. */
  problem(): TextRecord | undefined {
    const bytes = Buffer.concat([...this.parts, Uint8Array.of(0)])
    const json = new JsonBytes(' \t\r\n')
    json.bytes = bytes
    const end = json.value(json.space(0))
    const stop = end < 0 ? json.stop : json.space(end)
    const fine = end >= 0 && stop === this.length
    if (fine && isUtf8(bytes)) return undefined
    const from = stop < this.head ? 0 : this.head
    const line = (from === 0 ? 1 : this.line) + bytes.subarray(from, stop).filter((byte) => byte === LINE_FEED).length
    const problem = `what stands around the array of records is no JSON: ${fine ? 'invalid UTF-8' : 'this has no place in it'}`
    return { line: fine ? 1 : line, text: fine ? '' : bytes.subarray(stop, stop + 80).toString('utf8'), problem }
  }
}
