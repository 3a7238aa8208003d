import { copiedBy } from '../../cells/copyable.ts'
import { spelling } from '../../cells/spelling.ts'
import { type TextCells, textCells, valuedTexts } from '../../cells/textCells.ts'
import { type Column, type Engine, FILE_ROW, type Relation, ROW_FILE } from '../../engine/engine.ts'
import { isWide, remade } from '../../engine/narrowing.ts'
import { allFindings } from '../findings.ts'
import { type FileOfRows, linesInFiles } from '../lines/linesInFiles.ts'
import { letRead } from '../lockedEngine.ts'
import type { OpenOptions } from '../source.ts'
import { missingTexts } from './missingTexts.ts'
import type { NamedText } from './namedText.ts'
import { nativeTypes } from './provenColumns.ts'
import { textColumns } from './textColumns.ts'
import type { TextOptions } from './textOptions.ts'
import { textTables } from './textTables.ts'

/** The rows of one or more texts with the same columns as one relation, in the order of the texts. */
export function textRelation(
  texts: readonly NamedText[],
  options: OpenOptions<TextOptions>,
): (engine: Engine) => Relation {
  const missing = missingTexts(options.missing, options.decimal)
  const spelled = spelling(options)
  const { columns, frontTexts } = textColumns(texts, { missing, spelled }, options)
  const names = columns.map(({ name }) => name)
  const types = new Map(
    columns.flatMap(({ name, type, proven }) => (proven === 'value' ? [[name, nativeTypes[type] as string]] : [])),
  )
  const { table, numbered, rowNumber } = textTables(texts, names, { missing, types })
  const several = texts.length > 1
  const mostRows = texts.reduce((sum, { text }) => sum + text.rows, 0)
  const findings = Promise.resolve(allFindings(texts.map(({ text }) => text.findings)))
  // Holds the texts, whose temporary files are there for as long as they are.
  const readers: readonly FileOfRows[] = texts.map(({ file, text }) => ({
    file,
    linesOf: (rows, asked) => text.linesOf(rows, asked),
  }))
  const guessed = (column: Column): Column =>
    options.types?.[column.name] === undefined ? { ...column, guessed: true } : column
  const cellsOn = (engine: Engine, cells: TextCells, some = columns): Relation =>
    remade(
      textCells(engine, { ...cells, rows: mostRows, ...(spelled ? { spelled: spelled.sql } : {}) }, some),
      (rows) => ({
        ...rows,
        ...(options.header === false ? { unnamed: true } : {}),
        columns: rows.columns.map(guessed),
        mostRows,
        frontTexts,
        findings: () => findings,
        locate: (places, asked) => linesInFiles(readers, places, asked),
      }),
    )
  return (engine) => {
    for (const { text } of texts) letRead(engine, text.path)
    const relation = cellsOn(engine, rowNumber ? { table, rowNumber } : { table, numbered, files: true })
    return copiedBy(relation, {
      names,
      ...(isWide(relation) ? { texts: valuedTexts(engine, columns, spelled?.sql) } : {}),
      ...(several ? { rowNames: [ROW_FILE, FILE_ROW] } : {}),
      from: several ? numbered : table,
      table,
      numbered,
      over: (all, withNumbers, some, valued) =>
        cellsOn(
          engine,
          { table: all, numbered: withNumbers, files: several, valued },
          some.size < columns.length ? columns.filter(({ name }) => some.has(name)) : columns,
        ),
    })
  }
}
