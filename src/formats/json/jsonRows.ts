import {
  type Column,
  type Engine,
  FILE_ROW,
  type Relation,
  ROW_FILE,
  ROW_NUMBER,
  ROW_TEXT,
} from '../../engine/engine.ts'
import { MANY_COLUMNS, narrowable } from '../../engine/narrowing.ts'
import type { LogicalType } from '../../sql/dialect.ts'
import { id, join, literal, raw, type Sql, sql } from '../../sql/sql.ts'
import { namesOf } from '../../cells/cell.ts'
import { copiedBy } from '../../cells/copyable.ts'
import { literalPath } from '../../bytes/files.ts'
import type { JsonFile } from './jsonFile.ts'
import { type KeyTypes, keyPath } from './jsonTypes.ts'
import { nameFindings } from '../ownNames.ts'
import { linesInFiles } from '../lines/linesInFiles.ts'
import { letRead } from '../lockedEngine.ts'
import type { CommonOptions } from '../commonOptions.ts'
import { spelling } from '../../cells/spelling.ts'
import type { DecimalTypes } from '../../cells/decimalTypes.ts'
import type { TextType } from '../../cells/lexical.ts'
import { allFindings, listOf } from '../findings.ts'
import { textCell } from '../../cells/textCells.ts'

/** What is known of the records of all files. */
export interface JsonRecords {
  readonly keys: readonly KeyTypes[]
  /** The bytes of the longest. */
  readonly longest: number
  /** The properties that hold them, where there are such. */
  readonly part?: string
}

/** The records of files as one relation, in the order of the files. */
export function jsonRows(
  engine: Engine,
  files: readonly JsonFile[],
  look: JsonRecords,
  common: CommonOptions = {},
  decimals: DecimalTypes = new Map(),
): Relation {
  const { keys, longest, part } = look
  for (const { copies } of files) for (const { path } of copies) letRead(engine, path)
  const several = files.length > 1
  const { types = {} } = common
  const read = keys.map((key) => {
    const declared = Object.hasOwn(types, key.name) ? types[key.name] : undefined
    return declared === undefined || declared === key.type
      ? typed(key)
      : asDeclared(key, { type: declared, native: decimals.get(key.name) }, engine, common)
  })
  const options = sql`format = 'newline_delimited', compression = 'uncompressed', hive_partitioning = false,
    maximum_object_size = ${Math.max(SMALLEST_LIMIT, longest + 1)}`
  const paths = join(keys.map(({ key }) => literal(keyPath(key))))
  const values = (path: string): Sql =>
    sql`(select json, ${keys.length > 0 ? sql`json_extract_string(json, [${paths}])` : sql`null`} as v
      from read_json_objects(${literalPath(path)}, ${options}))`
  // The engine takes names for keys that differ in case, so it is not asked by them.
  const renamed = nameFindings(keys, { file: files[0]?.file ?? '' })
  const takenOut = read.flatMap((key, i) => key.cells(valueOf(key, i)))
  const rowsOf = (path: string, about: readonly Sql[]): Sql => {
    if (renamed.length > 0) return sql`select ${join([...takenOut, ...about])} from ${values(path)}`
    const names = join(read.map(({ column, native }) => sql`${literal(column.name)}: ${literal(native)}`))
    const cells = read.flatMap((key) => key.cells(readValue(key)))
    return cells.length > 0
      ? sql`select ${join([...cells, ...about])}
            from read_json(${literalPath(path)}, ${options}, records = 'true', columns = {${names}})`
      : sql`select ${join([nothing, ...about])} from read_json_objects(${literalPath(path)}, ${options})`
  }
  const ofAll = (rows: (file: JsonFile) => Sql): Sql => join(files.map(rows), ' union all ')
  const inFile = (file: string): readonly Sql[] => [
    sql`${literal(file)} as ${id(ROW_FILE)}`,
    sql`row_number() over () as ${id(FILE_ROW)}`,
  ]
  const rowNumber = sql`row_number() over () as ${id(ROW_NUMBER)}`
  const from = ofAll(({ path }) => rowsOf(path, []))
  const texts = ofAll(({ file, path }) => {
    const about = several ? inFile(file) : [rowNumber]
    const cells = read.length > 0 ? takenOut : [nothing]
    return sql`select ${join([...cells, ...about])}, cast(json as varchar) as ${id(ROW_TEXT)} from ${values(path)}`
  })
  const numbered = several ? sql`(select *, ${rowNumber} from (${texts}))` : sql`(${texts})`
  const findings = allFindings([listOf(renamed), ...files.map((one) => one.findings)])
  const whole: Relation = {
    engine,
    columns: read.map(({ column }) => column),
    from: sql`(${from}) as t`,
    numbered: sql`${numbered} as t`,
    scanCost: 'high',
    mostRows: files.reduce((sum, { rows }) => sum + rows, 0),
    jsonRows: true,
    ...(several ? { files: true } : {}),
    ...(findings.total > 0 ? { findings: async () => findings } : {}),
    locate: (rows, asked) => linesInFiles(files, rows, asked),
    ...(part === undefined ? {} : { part }),
  }
  // Its values only: taking them out of the texts of records costs more than reading the file, and so does keeping those.
  if (keys.length > 0 && keys.length < MANY_COLUMNS)
    copiedBy(whole, {
      names: whole.columns.flatMap(namesOf),
      ...(several ? { rowNames: [ROW_FILE, FILE_ROW] } : {}),
      from: several ? sql`(${ofAll(({ file, path }) => rowsOf(path, inFile(file)))})` : sql`(${from})`,
      table: sql`(${from})`,
      numbered,
      uncopied: ROW_TEXT,
      over: (table, rows) => ({ ...whole, from: sql`${table} as t`, numbered: sql`${rows} as t` }),
    })
  // Taking keys out of a record costs as many looks as it has keys, for each.
  if (renamed.length > 0 || several || keys.length < MANY_COLUMNS) return whole
  return narrowable(whole, (names) => {
    const { jsonRows: _, ...some } = jsonRows(
      engine,
      files,
      { ...look, keys: keys.filter(({ name }) => names.has(name)) },
      common,
      decimals,
    )
    return { ...some, numbered: sql`(select *, row_number() over () as ${id(ROW_NUMBER)} from ${some.from}) as t` }
  })
}

/** Records longer than the engine's own limit raise it, and with it the memory of each of its threads. */
const SMALLEST_LIMIT = 16 * 1024 ** 2
const nothing = sql`null as ${id('__assay_empty')}`

interface ReadKey {
  readonly column: Column
  /** The engine's type that its values are read as. */
  readonly native: string
  /** What is selected for a value that was read so. */
  readonly cells: (value: Sql) => readonly Sql[]
}

const natives: Partial<Record<LogicalType, string>> = {
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  string: 'VARCHAR',
}

const aboutOf = ({ name, key, nulls }: KeyTypes): Pick<Column, 'explicitNulls' | 'key'> => ({
  ...(key === name ? {} : { key }),
  ...(nulls ? { explicitNulls: true } : {}),
})

/** The key as the type that its values have. */
function typed(key: KeyTypes): ReadKey {
  const { name, type, wide } = key
  const native = type === 'integer' && wide ? 'HUGEINT' : (natives[type] ?? 'JSON')
  return { column: { name, type, native, ...aboutOf(key) }, native, cells: (value) => [sql`${value} as ${id(name)}`] }
}

/** The key's text read as another type. */
function asDeclared(key: KeyTypes, read: TextType, { dialect }: Engine, options: CommonOptions): ReadKey {
  const cell = (value: Sql) => textCell(key.name, value, read, { dialect, spelled: spelling(options)?.sql })
  const { column } = cell(id(key.name))
  return {
    column: { ...column, native: read.native ?? 'JSON', ...aboutOf(key) },
    native: 'JSON',
    cells: (value) => cell(value).cells,
  }
}

/** A value as `read_json` has it. Numbers that are read as text would be spelled anew, those of JSON are not. */
function readValue({ column: { name }, native }: ReadKey): Sql {
  return native === 'JSON' ? sql`json_extract_string(${id(name)}, '$')` : id(name)
}

/** The same value as it is taken out of a record. */
function valueOf({ native }: ReadKey, i: number): Sql {
  const text = sql`v[${raw(String(i + 1))}]`
  return native === 'JSON' || native === 'VARCHAR' ? text : sql`cast(${text} as ${raw(native)})`
}
