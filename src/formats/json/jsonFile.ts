import type { QueryOptions, SourceFindings } from '../../engine/engine.ts'
import { isBareUtf8, utf8Bytes } from '../../bytes/bytes.ts'
import { passDocument } from './jsonDocumentPass.ts'
import { passLines } from './jsonLinesPass.ts'
import { type JsonListener, JsonPass } from './jsonPass.ts'
import type { JsonShape } from './jsonShape.ts'
import { type Spool, spooled } from '../../bytes/spool.ts'
import type { NamedFile } from '../../bytes/unpacked.ts'
import { FindingsList } from '../findings.ts'

/** What a look at every record of a file tells. */
export interface JsonFileLook {
  readonly file: string
  readonly rows: number
  readonly findings: SourceFindings
}

/** A file whose every record was looked at. */
export interface JsonFile extends JsonFileLook {
  /** What the engine reads, one record a line: the file itself, or a copy of its records. */
  readonly path: string
  /** The temporary files it is read from, which are there for as long as this is held. */
  readonly copies: readonly Spool[]
  /** The physical lines at which rows (from 1) begin. */
  linesOf(rows: readonly number[], options?: QueryOptions): Promise<readonly number[]>
}

/** Where the records of a file are: one in each line, or as a JSON file's shape says. */
export type JsonForm = 'lines' | JsonShape

const LONGEST_TEXT = 80

/** Looks at every record of a file, once; once more to copy JSON Lines that the engine cannot read as they stand. */
export async function jsonFile(
  { file, path, copy: downloaded }: NamedFile,
  form: JsonForm,
  pass: JsonPass,
  signal?: AbortSignal,
): Promise<JsonFile> {
  const bare = form === 'lines' && (await isBareUtf8(path))
  const seen = bare ? await look() : undefined
  const { findings, rows, copy } = seen && !seen.inTheWay ? { ...seen, copy: undefined } : await copied()
  return {
    ...linesAsTheyStand({ file, rows, findings: findings.summary }, path, form),
    path: copy?.path ?? path,
    copies: [downloaded, copy].filter((one) => one !== undefined),
  }

  async function look(spool?: Spool) {
    const findings = new FindingsList()
    let rows = 0
    const listener: JsonListener = {
      record: () => {
        rows++
        return false
      },
      problem: (kind, reason, line, text) =>
        findings.add({ kind, reason, file, line, text: text.slice(0, LONGEST_TEXT) }, true),
      ...(spool ? { write: (bytes) => spool.write(bytes) } : {}),
    }
    const inTheWay = await passOver({ file, path }, form, pass, listener, signal)
    return { findings, rows, inTheWay }
  }

  async function copied() {
    let seen: Awaited<ReturnType<typeof look>> | undefined
    const copy = await spooled('jsonl', `a copy of ${JSON.stringify(file)}`, async (spool) => {
      seen = await look(spool)
    })
    return { ...(seen as NonNullable<typeof seen>), copy }
  }
}

/** A file that was looked at, and is read as it stands. */
export function linesAsTheyStand(look: JsonFileLook, path: string, form: JsonForm = 'lines'): JsonFile {
  const { file } = look
  return {
    ...look,
    path,
    copies: [],
    linesOf: (wanted, asked = {}) => linesOf({ file, path }, form, wanted, asked.signal),
  }
}

/** What may stand between the values of records of a form. */
export const spacesOf = (form: JsonForm | 'document'): string => (form === 'lines' ? ' \t\r' : ' \t\r\n')

async function passOver(
  file: NamedFile,
  form: JsonForm,
  pass: JsonPass,
  listener: JsonListener,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (form === 'lines') return passLines(file, pass, listener, signal)
  await passDocument(file.file, utf8Bytes(file.path, signal, file.file), form, pass, listener)
  return false
}

async function linesOf(
  file: NamedFile,
  form: JsonForm,
  wanted: readonly number[],
  signal: AbortSignal | undefined,
): Promise<readonly number[]> {
  const lines = new Map<number, number>()
  const sorted = [...new Set(wanted)].sort((a, b) => a - b)
  let row = 0
  const listener: JsonListener = {
    record: (line) => {
      if (++row === sorted[lines.size]) lines.set(row, line)
      return lines.size === sorted.length
    },
    problem: () => {},
  }
  if (sorted.length > 0) await passOver(file, form, new JsonPass(spacesOf(form)), listener, signal)
  return wanted.map((row) => lines.get(row) ?? 0)
}
