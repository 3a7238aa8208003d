import { runStoppable } from '../engine/running.ts'
import { AssayError } from '../errors.ts'
import { fileSource } from './fileSource.ts'
import { type JsonFile, jsonFile, spacesOf } from './jsonFile.ts'
import { JsonPass } from './jsonPass.ts'
import { jsonRows } from './jsonRows.ts'
import { type JsonShape, jsonShape } from './jsonShape.ts'
import { typesOfKeys } from './jsonTypes.ts'
import type { DatasetOptions, OpenedSource, SourceKind } from './source.ts'

/** JSON Lines: one record a line. */
export const jsonLines: SourceKind = fileSource({
  name: 'jsonl',
  endings: ['jsonl', 'ndjson'],
  compressed: true,
  open: (files, options) =>
    openLines(
      files.map((file) => ({ file, path: file })),
      options,
    ),
})

/** JSON files: an array of records, records one after another, or an object that holds one array of records. */
export const json: SourceKind = fileSource({
  name: 'json',
  endings: ['json'],
  compressed: true,
  open: (files, options) =>
    runStoppable(async (signal) => {
      const pass = new JsonPass(spacesOf('document'))
      const shapes: JsonShape[] = []
      const opened: JsonFile[] = []
      for (const file of files) {
        const shape = await jsonShape(file, options.at, signal)
        shapes.push(shape)
        opened.push(await jsonFile({ file, path: file }, shape, pass, signal))
      }
      const keys = typesOfKeys(pass.keys.found)
      const taken = [...new Set(shapes.flatMap((shape) => (shape.kind === 'property' ? [shape.name] : [])))]
      const part = taken.length > 0 ? { part: taken.join(', ') } : {}
      return {
        relation: async (engine) => ({
          ...jsonRows(engine, opened, { keys, longest: pass.longest }, options),
          ...part,
        }),
      }
    }),
})

/** Opens files of JSON Lines, each read from a path that may be another one. */
export async function openLines(
  files: readonly { readonly file: string; readonly path: string }[],
  options: DatasetOptions,
): Promise<OpenedSource> {
  const pass = new JsonPass(spacesOf('lines'))
  const opened: JsonFile[] = []
  await runStoppable(async (signal) => {
    for (const file of files) opened.push(await jsonFile(file, 'lines', pass, signal))
  })
  const keys = typesOfKeys(pass.keys.found)
  const [broken] = opened.flatMap(({ findings }) => findings.first)
  if (broken && opened.every(({ rows }) => rows === 0)) {
    const { file, line, reason } = broken
    throw new AssayError(
      'unreadable-file',
      `no line of ${JSON.stringify(file)} is a record: line ${line} is ${reason}`,
      { hint: "one JSON document over several lines opens with { format: 'json' }" },
    )
  }
  return { relation: async (engine) => jsonRows(engine, opened, { keys, longest: pass.longest }, options) }
}
