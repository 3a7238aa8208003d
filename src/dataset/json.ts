import { sql } from '../sql/sql.ts'
import { fileSource } from './fileSource.ts'
import { jsonRows, noRecords } from './jsonRows.ts'
import { type JsonShape, jsonShape } from './jsonShape.ts'
import { jsonTexts } from './jsonTexts.ts'
import { lineTables, loadTexts, type TextTable } from './lines.ts'
import type { SourceKind } from './source.ts'

/** JSON Lines: one record a line. Files are read by the engine, whatever their size. */
export const jsonLines: SourceKind = fileSource({
  name: 'jsonl',
  endings: ['jsonl', 'ndjson'],
  compressed: true,
  async open(files, given) {
    return {
      async relation(engine, options) {
        const relation = await jsonRows(engine, await lineTables(engine, files, options), given, options)
        const found = await relation.findings?.(options)
        const first = found?.first[0]
        if (first && relation.columns.length === 0) {
          const [counted] = await engine.query(sql`select count(*) from ${relation.from}`, options)
          if (Number(counted?.[0]) === 0) throw noRecords(first.file, first)
        }
        return relation
      },
    }
  },
})

/** JSON files: an array of records, records one after another, or an object that holds one array of records. */
export const json: SourceKind = fileSource({
  name: 'json',
  endings: ['json'],
  compressed: true,
  async open(files, given) {
    return {
      async relation(engine, options) {
        const tables: TextTable[] = []
        const shapes: JsonShape[] = []
        for (const file of files) {
          const shape = await jsonShape(file, given.at, options?.signal)
          shapes.push(shape)
          tables.push(await loadTexts(engine, file, jsonTexts(file, shape, options?.signal), options))
        }
        const relation = await jsonRows(engine, tables, given, options)
        const taken = [...new Set(shapes.flatMap((shape) => (shape.kind === 'property' ? [shape.name] : [])))]
        return taken.length > 0 ? { ...relation, part: taken.join(', ') } : relation
      },
    }
  },
})
