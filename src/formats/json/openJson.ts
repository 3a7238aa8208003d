import { AssayError } from '../../errors.ts'
import { type JsonFile, jsonFile, type JsonFileLook, linesAsTheyStand, spacesOf } from './jsonFile.ts'
import { JsonPass } from './jsonPass.ts'
import { type JsonRecords, jsonRows } from './jsonRows.ts'
import { jsonShape } from './jsonShape.ts'
import { decimalTypes } from '../../cells/decimalTypes.ts'
import { spelling } from '../../cells/spelling.ts'
import { typesOfKeys } from './jsonTypes.ts'
import { utf8Bytes } from '../../bytes/bytes.ts'
import { type Look, Looks } from '../../bytes/looks.ts'
import type { CommonOptions } from '../commonOptions.ts'
import type { OpenOptions, OpenedSource } from '../source.ts'
import type { NamedFile } from '../../bytes/unpacked.ts'
import type { JsonOptions } from './jsonOptions.ts'

/** Files whose every record was looked at. */
interface JsonLook extends Look, JsonRecords {
  readonly files: readonly JsonFile[]
}

const looks = new Looks<JsonLook>()
const pathsOf = (files: readonly NamedFile[]): readonly string[] => files.map(({ path }) => path)
const namesOf = (files: readonly NamedFile[]): readonly string[] => files.map(({ file }) => file)

/** Opens JSON Lines as one relation. */
export async function openJsonLines(
  files: readonly NamedFile[],
  options: OpenOptions<object>,
  signal?: AbortSignal,
): Promise<OpenedSource> {
  const look = (): Promise<JsonLook> => lookAtLines(files, signal)
  return opened(
    await looks.at(pathsOf(files), ['lines', namesOf(files)], look, {
      parts: ({ copies: _, files: read, ...records }) => ({
        ...records,
        read: read.map(({ file, rows, findings }) => ({ file, rows, findings })),
      }),
      of: ({ read, ...records }) => ({
        ...records,
        files: files.map(({ path }, i) => linesAsTheyStand(read[i] as JsonFileLook, path)),
        copies: [],
      }),
    }),
    options,
  )
}

/** Opens JSON documents as one relation. */
export async function openJson(
  files: readonly NamedFile[],
  { at, ...options }: OpenOptions<JsonOptions>,
  signal?: AbortSignal,
): Promise<OpenedSource> {
  const asked = ['document', namesOf(files), at ?? null] as const
  return opened(await looks.at(pathsOf(files), asked, () => lookAtDocuments(files, at, signal)), options)
}

/** The look is held for as long as the relation, and with it its temporary files. */
function opened(look: JsonLook, options: CommonOptions): OpenedSource {
  const { types = {} } = options
  const isDecimal = (name: string): boolean => Object.hasOwn(types, name) && types[name] === 'decimal'
  const decimals = look.keys.map(({ name }) => name).filter(isDecimal)
  const texts = Object.fromEntries(decimals.map((name) => [name, 'string' as const]))
  return {
    async relation(engine, query) {
      const rows = jsonRows(engine, look.files, look, { ...options, types: { ...types, ...texts } })
      if (decimals.length === 0) return rows
      const natives = await decimalTypes(rows, decimals, query, spelling(options)?.sql)
      return jsonRows(engine, look.files, look, options, natives)
    },
  }
}

async function lookAtLines(files: readonly NamedFile[], signal: AbortSignal | undefined): Promise<JsonLook> {
  const pass = new JsonPass(spacesOf('lines'))
  const read: JsonFile[] = []
  for (const file of files) read.push(await jsonFile(file, 'lines', pass, signal))
  const [broken] = read.flatMap(({ findings }) => findings.first)
  if (broken && read.every(({ rows }) => rows === 0)) {
    const { file, line, reason } = broken
    throw new AssayError(
      'unreadable-file',
      `no line of ${JSON.stringify(file)} is a record: line ${line} is ${reason}`,
      { hint: "one JSON document over several lines opens with { format: 'json' }" },
    )
  }
  return lookOf(read, pass)
}

async function lookAtDocuments(
  files: readonly NamedFile[],
  at: string | undefined,
  signal: AbortSignal | undefined,
): Promise<JsonLook> {
  const pass = new JsonPass(spacesOf('document'))
  const read: JsonFile[] = []
  const taken = new Set<string>()
  for (const file of files) {
    const shape = await jsonShape(file.file, utf8Bytes(file.path, signal, file.file), at)
    if (shape.kind === 'property') taken.add(shape.name)
    read.push(await jsonFile(file, shape, pass, signal))
  }
  return { ...lookOf(read, pass), ...(taken.size > 0 ? { part: [...taken].join(', ') } : {}) }
}

function lookOf(files: readonly JsonFile[], pass: JsonPass): JsonLook {
  const copies = files.flatMap((file) => file.copies)
  return { files, keys: typesOfKeys(pass.keys.inOrder), longest: pass.longest, copies }
}
