import {
  type Column,
  type Engine,
  FILE_ROW,
  memoryTable,
  type QueryOptions,
  type Relation,
  ROW_FILE,
  ROW_LINE,
  ROW_NUMBER,
  ROW_TEXT,
  type SourceFinding,
} from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { id, join, literal, raw, type Sql, sql } from '../sql/sql.ts'
import { type KeyTypes, keyPath, typesOfKeys } from './jsonTypes.ts'
import { whyNoRecord } from './jsonRecord.ts'
import type { TextTable } from './lines.ts'
import { locateLines } from './locateLines.ts'
import type { DatasetOptions } from './source.ts'
import { spelling } from './spelling.ts'
import { textCell } from './textCells.ts'

/** Findings that are kept with their place. */
const KEPT = 100
const PAGE = 5000

/** The relation over texts that should each be one JSON object; the others are findings. */
export async function jsonRows(
  engine: Engine,
  tables: readonly TextTable[],
  given: DatasetOptions = {},
  options: QueryOptions = {},
): Promise<Relation> {
  const { types = {} } = given
  const read: { table: TextTable; from: Sql; numbered: Sql }[] = []
  const findings: SourceFinding[] = []
  let total = 0
  for (const table of tables) {
    const { wrong, first } = await unreadable(engine, table, options)
    const inOrder = [...table.lost, ...first].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    findings.push(...inOrder.slice(0, KEPT - findings.length))
    total += table.lost.length + wrong.length
    read.push({ table, ...(await without(engine, table, wrong, options)) })
  }
  const keys = await typesOfKeys(engine, read, options)
  const asRead = keys.map((key) => {
    const declared = Object.hasOwn(types, key.name) ? types[key.name] : undefined
    return declared === undefined || declared === key.type ? typed(key) : asDeclared(key, declared, engine, given)
  })
  const columns = asRead.map(({ column }) => column)
  const cells = asRead.flatMap((one) => one.cells)
  const selected = cells.length > 0 ? join(cells) : sql`null as ${id('__assay_empty')}`
  const paths = join(keys.map(({ name }) => literal(keyPath(name))))
  const parsed = keys.length > 0 ? sql`json_extract_string(text, [${paths}]) as v` : sql`null as v`
  const several = read.length > 1
  const part = ({ table: { file }, numbered }: (typeof read)[number]): Sql => {
    const about = several
      ? sql`${literal(file)} as ${id(ROW_FILE)}, row_number() over () as ${id(FILE_ROW)}`
      : sql`row_number() over () as ${id(ROW_NUMBER)}`
    return sql`select ${selected}, ${about}, line as ${id(ROW_LINE)}, text as ${id(ROW_TEXT)} from (select line, text, ${parsed} from ${numbered})`
  }
  const numberedParts = join(read.map(part), ' union all ')
  const numbered = several
    ? sql`select *, row_number() over () as ${id(ROW_NUMBER)} from (${numberedParts})`
    : numberedParts
  const from = join(
    read.map((one) => sql`select ${selected} from (select ${parsed} from ${one.from})`),
    ' union all ',
  )
  const relation: Relation = {
    engine,
    columns,
    from: sql`(${from}) as t`,
    numbered: sql`(${numbered}) as t`,
    scanCost: 'high',
    rowLines: true,
    jsonRows: true,
    ...(several ? { files: true } : {}),
    ...(total > 0 ? { findings: async () => ({ total, rowsLost: total, first: findings }) } : {}),
  }
  return { ...relation, locate: locateLines(relation) }
}

/** The engine reads NaN, infinities, trailing commas, bare control characters and unknown escapes; JSON knows none of them. */
const tokens = String.raw`^(?:[ \t\r\n0-9{}\[\]:,.+eE-]|true|false|null|"(?:[^"\\\x00-\x1f]|\\["\\/bfnrtu])*")*$`
const trailingComma = String.raw`,[ \t\r\n]*[\]}]`

/** The records that can't be read, by `n`, with the reasons of the first. */
async function unreadable(
  engine: Engine,
  { file, numbered }: TextTable,
  options: QueryOptions,
): Promise<{ wrong: readonly number[]; first: readonly SourceFinding[] }> {
  const twice = sql`len(list_distinct(json_keys(text))) < len(json_keys(text))`
  const found = await engine.query(
    sql`select n, sure from (select n, case
        when not regexp_matches(text, '\\S') then null
        when not json_valid(text) then true
        when json_type(text) <> 'OBJECT' then true
        when ${twice} then true
        when not regexp_matches(text, ${literal(tokens)}) or regexp_matches(text, ${literal(trailingComma)}) then false
      end as sure from ${numbered} where text is not null) where sure is not null`,
    options,
  )
  const asked = found.map(([n, sure]) => ({ n: Number(n), sure: sure === true }))
  const wrong: number[] = []
  const first: SourceFinding[] = []
  for (let at = 0; at < asked.length; at += PAGE) {
    const page = asked.slice(at, at + PAGE)
    const seen = first.length >= KEPT ? page.filter(({ sure }) => !sure) : page
    const list = join(seen.map(({ n }) => raw(String(n))))
    const rows =
      seen.length === 0
        ? []
        : await engine.query(sql`select n, line, text from ${numbered} where n in (${list}) order by n`, options)
    const fine = new Set<number>()
    for (const [n, line, text] of rows) {
      const reason = whyNoRecord(String(text))
      if (reason === undefined) fine.add(Number(n))
      else if (first.length < KEPT)
        first.push({ kind: 'json', reason, file, line: Number(line), text: String(text).slice(0, 80) })
    }
    wrong.push(...page.filter(({ n }) => !fine.has(n)).map(({ n }) => n))
  }
  return { wrong, first }
}

/** The table without empty lines and without the records that can't be read. */
async function without(
  engine: Engine,
  { from, numbered }: TextTable,
  wrong: readonly number[],
  options: QueryOptions,
): Promise<{ from: Sql; numbered: Sql }> {
  const there = sql`text is not null and regexp_matches(text, '\\S')`
  if (wrong.length === 0) {
    return {
      from: sql`(select text from ${from} where ${there})`,
      numbered: sql`(select n, line, text from ${numbered} where ${there})`,
    }
  }
  const table = memoryTable([{ name: 'n', type: 'integer', values: wrong }], wrong.length)
  const left = await engine.load(table, options)
  const kept = sql`(select n, line, text from ${numbered} where ${there} and n not in (select n from ${left.from}))`
  return { from: kept, numbered: kept }
}

const casts: Partial<Record<LogicalType, string>> = { integer: 'bigint', number: 'double', boolean: 'boolean' }

interface ReadKey {
  readonly column: Column
  readonly cells: readonly Sql[]
}

const textOf = ({ place }: KeyTypes): Sql => sql`v[${raw(String(place + 1))}]`
const nullsOf = ({ nulls }: KeyTypes): Pick<Column, 'explicitNulls'> => (nulls ? { explicitNulls: true } : {})

/** The key as the type that its values have. */
function typed(key: KeyTypes): ReadKey {
  const { name, type, wide } = key
  const cast = type === 'integer' && wide ? 'hugeint' : casts[type]
  const native = cast?.toUpperCase() ?? (type === 'string' ? 'VARCHAR' : 'JSON')
  const value = cast ? sql`cast(${textOf(key)} as ${raw(cast)})` : textOf(key)
  return { column: { name, type, native, ...nullsOf(key) }, cells: [sql`${value} as ${id(name)}`] }
}

/** The key's text read as another type. */
function asDeclared(key: KeyTypes, type: LogicalType, { dialect }: Engine, given: DatasetOptions): ReadKey {
  const { column, cells } = textCell(key.name, textOf(key), type, { dialect, spelled: spelling(given)?.sql })
  return { column: { ...column, native: 'JSON', ...nullsOf(key) }, cells }
}

/** The error for a file none of whose lines is a record. */
export function noRecords(file: string, { line, reason }: SourceFinding): AssayError {
  return new AssayError(
    'unreadable-file',
    `no line of ${JSON.stringify(file)} is a record: line ${line} is ${reason}`,
    {
      hint: "one JSON document over several lines opens with { format: 'json' }",
    },
  )
}
