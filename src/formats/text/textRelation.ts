import type { Column, Engine, Relation, SourceFindings } from '../../engine/engine.ts'
import { FILE_ROW, ROW_FILE, ROW_NUMBER } from '../../engine/engine.ts'
import { isWide, remade } from '../../engine/narrowing.ts'
import { AssayError } from '../../errors.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { literalPath } from '../../bytes/files.ts'
import { typeOfTexts } from '../../cells/lexical.ts'
import { missingTexts } from './missingTexts.ts'
import { type FileOfRows, linesInFiles } from '../lines/linesInFiles.ts'
import { letRead } from '../lockedEngine.ts'
import type { OpenOptions } from '../source.ts'
import type { TextOptions } from './textOptions.ts'
import { type Spelling, spelling } from '../../cells/spelling.ts'
import { type ReadColumn, type TextCells, textCells, valuedTexts } from '../../cells/textCells.ts'
import { copiedBy } from '../../cells/copyable.ts'
import { allFindings } from '../findings.ts'
import { nativeTypes, provenAs } from './provenColumns.ts'
import type { TextFile } from './textFile.ts'

/** A text with the name of its file. */
export interface NamedText {
  readonly file: string
  readonly text: TextFile
}

/** The rows of one or more texts with the same columns as one relation, in the order of the texts. */
export function textRelation(
  texts: readonly NamedText[],
  options: OpenOptions<TextOptions>,
): (engine: Engine) => Relation {
  const [first] = texts as [NamedText]
  const { names } = first.text
  for (const { file, text } of texts) checkSameColumns(first, { file, text })
  const missing = missingTexts(options.missing, options.decimal)
  const spelled = spelling(options)
  const places = texts.map(({ text }) => new Map(text.names.map((name, i) => [name, i])))
  const frontTexts = (name: string): Iterable<string> =>
    presentTexts(
      texts.map(({ text }, i) => ({ head: text.head, at: places[i]?.get(name) as number })),
      missing,
      spelled,
    )
  const columns = names.map((name): ReadColumn => {
    const type = typeOfTexts(frontTexts(name), options.types?.[name])
    const cells = texts.map(({ text }, i) => text.proven[places[i]?.get(name) as number])
    const proven = spelled ? undefined : provenAs(type, cells, missing)
    return { name, ...type, ...(proven ? { proven } : {}) }
  })
  checkTypes(options, names)
  const reading: TextReading = {
    missing,
    types: new Map(
      columns.flatMap(({ name, type, proven }) => (proven === 'value' ? [[name, nativeTypes[type] as string]] : [])),
    ),
  }
  const several = texts.length > 1
  const table = several
    ? sql`(${join(
        texts.map((text) => selectFrom(text, names, reading)),
        ' union all ',
      )})`
    : read(first.text, reading)
  const mostRows = texts.reduce((sum, { text }) => sum + text.rows, 0)
  const findings: SourceFindings = {
    ...allFindings(texts.map(({ text }) => text.findings)),
  }
  // Holds the texts, whose temporary files are there for as long as they are.
  const readers: readonly FileOfRows[] = texts.map(({ file, text }) => ({
    file,
    linesOf: (rows, asked) => text.linesOf(rows, asked),
  }))
  const guessed = (column: Column): Column =>
    options.types?.[column.name] === undefined ? { ...column, guessed: true } : column
  const cellsOn = (engine: Engine, text: TextCells, some = columns): Relation =>
    remade(
      textCells(engine, { ...text, rows: mostRows, ...(spelled ? { spelled: spelled.sql } : {}) }, some),
      (rows) => ({
        ...rows,
        ...(options.header === false ? { unnamed: true } : {}),
        columns: rows.columns.map(guessed),
        mostRows,
        frontTexts,
        findings: () => Promise.resolve(findings),
        locate: (places, asked) => linesInFiles(readers, places, asked),
      }),
    )
  const rowNumber = sql`row_number() over ()`
  const numbered = several
    ? numberedUnion(texts, names, reading)
    : sql`(select *, ${rowNumber} as ${id(ROW_NUMBER)} from ${table})`
  const rows: Pick<TextCells, 'numbered' | 'rowNumber' | 'files'> = several ? { numbered, files: true } : { rowNumber }
  const relationOn = (engine: Engine): Relation => {
    const relation = cellsOn(engine, { table, ...rows })
    return copiedBy(relation, {
      names,
      ...(isWide(relation) ? { texts: valuedTexts(engine, columns, spelled?.sql) } : {}),
      ...(several ? { rowNames: [ROW_FILE, FILE_ROW] } : {}),
      from: several ? numbered : table,
      table,
      numbered,
      over: (all, withNumbers, some, isValued) =>
        cellsOn(
          engine,
          { table: all, numbered: withNumbers, files: several, valued: isValued },
          some.size < columns.length ? columns.filter(({ name }) => some.has(name)) : columns,
        ),
    })
  }
  return (engine) => {
    for (const { text } of texts) letRead(engine, text.path)
    return relationOn(engine)
  }
}

function selectFrom(
  { text }: NamedText,
  names: readonly string[],
  reading: TextReading,
  more: readonly Sql[] = [],
): Sql {
  return sql`select ${join([...names.map((name) => id(name)), ...more])} from ${read(text, reading)}`
}

/** Rows numbered over all files and in each; the branches of a union keep their order. */
function numberedUnion(texts: readonly NamedText[], names: readonly string[], reading: TextReading): Sql {
  const branches = texts.map(({ file, text }) =>
    selectFrom({ file, text }, names, reading, [
      sql`${literal(file)} as ${id(ROW_FILE)}`,
      sql`row_number() over () as ${id(FILE_ROW)}`,
    ]),
  )
  return sql`(select *, row_number() over () as ${id(ROW_NUMBER)} from (${join(branches, ' union all ')}))`
}

/** The engine's own limit of a line. Its buffers are sixteen lines of the longest: a higher one costs memory and time. */
const LINE_LIMIT = 2_000_000

/** How a text is read: which texts are missing, and the engine's types of the columns that are not read as texts. */
interface TextReading {
  readonly missing: readonly string[]
  readonly types: ReadonlyMap<string, string>
}

/** A text as a table of texts, and of values where all of them are proven to be written so. */
function read({ path, skip, lineEnd, dialect, names, longest }: TextFile, { missing, types }: TextReading): Sql {
  const texts = join(names.map((name) => sql`${literal(name)}: ${literal(types.get(name) ?? 'VARCHAR')}`))
  // No list of missing texts can be empty: no cell holds a text that is longer than every record.
  const nulls = missing.length > 0 ? missing : [NEVER]
  return sql`read_csv(${literalPath(path)}, auto_detect = false, header = false, skip = ${literalNumber(skip)}, new_line = ${literal(JSON.stringify(lineEnd).slice(1, -1))},
    delim = ${literal(dialect.delimiter)}, quote = ${literal(dialect.quote)}, escape = ${literal(dialect.escape)},
    columns = {${texts}}, nullstr = [${join(nulls.map((one) => literal(one)))}], compression = 'none', max_line_size = ${literalNumber(Math.max(LINE_LIMIT, longest + 2))})`
}

const NEVER = '\u{1}no cell holds this\u{2}'
const literalNumber = (value: number): Sql => sql`${value}`

function checkSameColumns(first: NamedText, { file, text }: NamedText): void {
  if (text === first.text) return
  const names = new Set(first.text.names)
  const own = new Set(text.names)
  const lacks = first.text.names.filter((name) => !own.has(name))
  const more = text.names.filter((name) => !names.has(name))
  if (lacks.length === 0 && more.length === 0) return
  const differences = [
    ...(lacks.length > 0 ? [`lacks ${lacks.map((name) => JSON.stringify(name)).join(', ')}`] : []),
    ...(more.length > 0 ? [`has ${more.map((name) => JSON.stringify(name)).join(', ')} besides`] : []),
  ]
  throw new AssayError(
    'unreadable-file',
    `${JSON.stringify(file)} has other columns than ${JSON.stringify(first.file)}: it ${differences.join(' and ')}`,
    { hint: 'files of one dataset need the same columns, in any order; open the others as a dataset of their own' },
  )
}

function checkTypes({ types = {} }: OpenOptions<TextOptions>, names: readonly string[]): void {
  const unknown = Object.keys(types).find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new AssayError('missing-column', `types: there is no column ${JSON.stringify(unknown)}`, {
    hint: `the columns are ${names.join(', ')}`,
  })
}

function* presentTexts(
  texts: readonly (Pick<TextFile, 'head'> & { readonly at: number })[],
  missing: readonly string[],
  spelled: Spelling | undefined,
): Generator<string> {
  for (const { head, at } of texts) {
    for (const cells of head) {
      const cell = cells[at] as string
      if (!missing.includes(cell)) yield spelled ? spelled.text(cell) : cell
    }
  }
}
