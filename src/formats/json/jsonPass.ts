import { JsonBytes } from './jsonBytes.ts'
import { JsonKeys } from './jsonKeys.ts'
import { whyNoRecord } from './jsonRecord.ts'
import type { TextRecord } from '../lines/lines.ts'

/** What a pass over the records of a file tells. */
export interface JsonListener {
  /** A record that begins in this line. True stops the pass. */
  record(line: number): boolean
  /** Text that begins in this line and is no record; `kind` is `json`, or `text` where it is not even that. */
  problem(kind: 'json' | 'text', reason: string, line: number, text: string): void
  /** The records, one a line, without what is none. The bytes may change once it is done. */
  write?(lines: Uint8Array): Promise<void>
}

/** What passes over the records of files, one after the other, gather. */
export class JsonPass {
  readonly json: JsonBytes
  readonly keys: JsonKeys
  /** The bytes of the longest record. */
  longest = 0

  /** `spaces` are the characters that may stand between the values of a record. */
  constructor(spaces: string) {
    this.json = new JsonBytes(spaces)
    this.keys = new JsonKeys(this.json)
  }

  /** Counts the record that was read last. */
  keep(length: number): void {
    this.keys.keep()
    if (length > this.longest) this.longest = length
  }
}

/** Tells what is wrong with a text that is no record. */
export function tellProblem({ line, text, problem }: TextRecord, listener: JsonListener): void {
  if (problem !== undefined) listener.problem('text', problem, line, text)
  else listener.problem('json', whyNoRecord(text) ?? 'no valid JSON', line, text)
}
