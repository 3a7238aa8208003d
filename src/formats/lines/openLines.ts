import {
  type Engine,
  FILE_ROW,
  type QueryOptions,
  type Relation,
  ROW_FILE,
  ROW_LINE,
  ROW_NUMBER,
  type SourceFindings,
} from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { isIn } from '../../sql/dialect.ts'
import { capturingRegex } from '../../sql/portableRegex.ts'
import { id, join, literal, raw, type Sql, sql } from '../../sql/sql.ts'
import { unicodeRegex } from '../../sql/unicodeRegex.ts'
import { typeOfTexts } from '../../cells/lexical.ts'
import { missingTexts } from '../text/missingTexts.ts'
import { lineTables, type LinesTable } from './lines.ts'
import { locateLines } from './locateLines.ts'
import { allFindings, KEPT } from '../findings.ts'
import { matchedLines, type MatchedFile, unmatched } from './matchedLines.ts'
import type { OpenOptions, OpenedSource } from '../source.ts'
import { spelling } from '../../cells/spelling.ts'
import { textCell } from '../../cells/textCells.ts'
import type { NamedFile } from '../../bytes/unpacked.ts'
import type { LinesOptions } from './linesOptions.ts'

/** Rows whose texts decide on types. */
const LOOKED_AT = 5000

/** Opens files of lines as one relation. */
export async function openLines(
  files: readonly NamedFile[],
  options: OpenOptions<LinesOptions>,
): Promise<OpenedSource> {
  const groups = groupsOf(options.pattern)
  const texts = missingTexts(options.missing, options.decimal)
  return {
    async relation(engine, query = {}) {
      const parts: MatchedFile[] = []
      for (const table of await lineTables(engine, files, query)) parts.push(await split(engine, table, groups, query))
      return assembled(engine, parts, groups.names, { ...options, missing: texts }, query)
    },
  }
}

interface Groups {
  readonly names: readonly string[]
  readonly regex: RegExp | undefined
}

function groupsOf(pattern: unknown): Groups {
  if (pattern === undefined) return { names: ['line'], regex: undefined }
  const regex = unicodeRegex(pattern, 'dataset(…, { pattern })')
  const names = Object.keys(new RegExp(`${regex.source}|`, regex.flags).exec('')?.groups ?? {})
  if (names.length === 0) {
    throw new AssayError('wrong-argument', `dataset(…, { pattern }) got ${String(regex)}, which has no named groups`, {
      hint: 'name what should become a column, e.g. /^(?<ip>\\S+) .* (?<status>\\d{3})/',
    })
  }
  const lower = names.map((name) => name.toLowerCase())
  const twice = names.find((_, i) => lower.indexOf(lower[i] as string) !== i)
  if (twice !== undefined)
    throw new AssayError('wrong-argument', `two groups of ${String(regex)} are called ${JSON.stringify(twice)}`, {
      hint: 'names of columns differ by more than case',
    })
  return { names, regex }
}

async function split(
  engine: Engine,
  table: LinesTable,
  { names, regex }: Groups,
  options: QueryOptions,
): Promise<MatchedFile> {
  const { file, numbered, lost } = table
  if (!regex) {
    return {
      file,
      matched: sql`(select n, line, [text] as g from ${numbered} where text is not null)`,
      findings: async () => ({ total: lost.length, rowsLost: lost.length, first: lost.slice(0, KEPT) }),
    }
  }
  const translated = capturingRegex(regex.source, regex.flags)
  if (translated === undefined) return matchedLines(engine, table, names, regex, options)
  const pattern = literal(translated)
  const keys = names.map((_, i) => `g${i}`)
  const groups = sql`regexp_extract(text, ${pattern}, [${join(keys.map((key) => literal(key)))}])`
  const list = join(keys.map((key) => sql`nullif(found.${id(key)}, '')`))
  const fits = sql`regexp_matches(text, ${pattern})`
  return {
    file,
    matched: sql`(select n, line, [${list}] as g from (select n, line, ${groups} as found from ${numbered} where text is not null and ${fits}))`,
    async findings(query) {
      const others = sql`${numbered} where text is not null and not ${fits}`
      const [counted] = await engine.query(sql`select count(*) from ${others}`, query)
      const first = await engine.query(
        sql`select line, substr(text, 1, 80) from ${others} order by n limit ${KEPT}`,
        query,
      )
      return unmatched(
        file,
        lost,
        Number(counted?.[0]),
        first.map(([line, text]) => [Number(line), String(text)] as const),
      )
    },
  }
}

async function assembled(
  engine: Engine,
  parts: readonly MatchedFile[],
  names: readonly string[],
  settings: OpenOptions<LinesOptions> & { readonly missing: readonly string[] },
  options: QueryOptions,
): Promise<Relation> {
  const { missing, types = {} } = settings
  const several = parts.length > 1
  const cell = (i: number): Sql => {
    const text = sql`g[${raw(String(i + 1))}]`
    return missing.length > 0 ? sql`case when not ${isIn(text, missing)} then ${text} end` : text
  }
  const all = join(
    parts.map(({ file, matched }) => {
      const about = several
        ? sql`${literal(file)} as ${id(ROW_FILE)}, row_number() over () as ${id(FILE_ROW)}`
        : sql`row_number() over () as ${id(ROW_NUMBER)}`
      return sql`select g, ${about}, line as ${id(ROW_LINE)} from ${matched}`
    }),
    ' union all ',
  )
  const bare = join(
    parts.map(({ matched }) => sql`select g from ${matched}`),
    ' union all ',
  )
  const head = await engine.query(
    sql`select ${join(names.map((_, i) => cell(i)))} from (${bare}) limit ${LOOKED_AT}`,
    options,
  )
  const spelled = spelling(settings)
  const read = names.map((name, i) => {
    const declared = Object.hasOwn(types, name) ? types[name] : undefined
    const seen = head.flatMap((row) => (row[i] === null ? [] : [String(row[i])]))
    const type = typeOfTexts(spelled ? seen.map(spelled.text) : seen, declared)
    return textCell(name, cell(i), type, { dialect: engine.dialect, spelled: spelled?.sql })
  })
  const cells = join(read.flatMap((one) => one.cells))
  const about = several
    ? [sql`row_number() over () as ${id(ROW_NUMBER)}`, id(ROW_FILE), id(FILE_ROW), id(ROW_LINE)]
    : [id(ROW_NUMBER), id(ROW_LINE)]
  const relation: Relation = {
    engine,
    columns: read.map(({ column }) => ({ ...column, heldAsText: true })),
    from: sql`(select ${cells} from (${bare})) as t`,
    numbered: sql`(select ${cells}, ${join(about)} from (${all})) as t`,
    scanCost: 'high',
    ...(spelled ? { spelled: spelled.sql } : {}),
    rowLines: true,
    ...(several ? { files: true } : {}),
    findings: (query = {}) => together(parts, query),
  }
  return { ...relation, locate: locateLines(relation) }
}

async function together(parts: readonly MatchedFile[], options: QueryOptions): Promise<SourceFindings> {
  const all: SourceFindings[] = []
  for (const part of parts) all.push(await part.findings(options))
  return allFindings(all)
}
