import { literalPath } from '../../bytes/files.ts'
import { FILE_ROW, ROW_FILE, ROW_NUMBER } from '../../engine/engine.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import type { NamedText } from './namedText.ts'
import type { TextFile } from './textFile.ts'

/** How a text is read: which texts are missing, and the engine's types of the columns that are not read as texts. */
export interface TextReading {
  readonly missing: readonly string[]
  readonly types: ReadonlyMap<string, string>
}

/** Texts as tables of the engine. */
export interface TextTables {
  /** All rows, in the order of the texts. */
  readonly table: Sql
  /** The same rows with their numbers, and of several texts with their files and the numbers there. */
  readonly numbered: Sql
  /** The number of a row of `table`, of one text. */
  readonly rowNumber: Sql | undefined
}

/** The rows of one or more texts of the same columns, whose names are those of the first. */
export function textTables(texts: readonly NamedText[], names: readonly string[], reading: TextReading): TextTables {
  const [first] = texts as [NamedText]
  if (texts.length > 1) {
    const branches = texts.map((text) => selectFrom(text, names, reading))
    return {
      table: sql`(${join(branches, ' union all ')})`,
      numbered: numberedUnion(texts, names, reading),
      rowNumber: undefined,
    }
  }
  const table = read(first.text, reading)
  const rowNumber = sql`row_number() over ()`
  return { table, numbered: sql`(select *, ${rowNumber} as ${id(ROW_NUMBER)} from ${table})`, rowNumber }
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
