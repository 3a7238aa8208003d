import type { Dataset } from '../dataset/dataset.ts'
import { keyPath } from '../formats/json/jsonTypes.ts'
import { type Column, type Relation, ROW_NUMBER, ROW_TEXT, type Value } from '../engine/engine.ts'
import { numberText } from '../words/text/numbers.ts'
import { aboutDataset, type Judgement, type RunCheck } from '../checks/check.ts'
import { judgeRows, rowExpectation } from '../checks/forms/judgeRows.ts'
import { sampleOf, SAMPLE_ROWS } from '../checks/samples.ts'
import type { Severity } from '../results/checkResult.ts'
import type { Values } from '../results/resultId.ts'
import { isIn } from '../sql/dialect.ts'
import { id, join, literal, type Sql, sql } from '../sql/sql.ts'
import { AssayError, firstLine } from '../errors.ts'
import { eachWithinTime } from '../sql/withinTime.ts'
import type { Finding, Validate } from './drafts.ts'
import type { JsonObject } from './json.ts'
import { judgeReadings, jsReadings } from './jsReading.ts'
import { cellReader, jsonValue, selected, textTypeOf } from './reading.ts'
import { valueReader } from './nestedValue.ts'
import type { RowValidator } from './rowValidator.ts'
import { recordsOf, relationOf, versionOf } from '../dataset/opened.ts'

/** Rows read at a time. */
const PAGE = 50_000
const REASONS = 5
/** Processor time that one row may take. */
const SECONDS = 10

type Row = Readonly<Record<string, unknown>>
type Judged = readonly Finding[] | 'absent' | undefined
/** Judges a row from its cells. */
type Judge = (cells: readonly Value[], rowNumber: number) => Judged | Promise<Judged>

/** A statement about rows that the engine cannot judge. */
export interface RowWiseRule {
  readonly kind: 'schemaKeyword' | 'rowSchema' | 'noMissing' | 'valuesOfType'
  readonly title: string
  readonly expected: string
  /** What it says instead of a title and an expectation that hold values, where a column it is about is personal. */
  readonly discreet?: { readonly title?: string; readonly expected: string }
  /** The columns it reads. */
  readonly columns: readonly { readonly name: string; readonly rules: JsonObject }[]
  /** Rows are read as JSON values, or as JavaScript's own. */
  readonly values?: 'json' | 'js'
  /** An explicit null of a record is a missing value. */
  readonly nullIsMissing?: boolean | undefined
  /** What is wrong with a row; `absent` when the row has nothing to judge. */
  judge(row: Row): Judged | Promise<Judged>
  readonly mostly: number
  readonly severity: Severity
  readonly subject: readonly string[]
  /** What is asked, and the limits of it: all that the judge goes by. */
  readonly asked: Values
  readonly limits: Values
}

/** A check that judges rows one by one, on their original values, in pages of bounded size. */
export function rowWise(dataset: Dataset, rule: RowWiseRule): RunCheck {
  return {
    type: 'run',
    kind: rule.kind,
    family: rule.kind === 'noMissing' ? 'missing' : 'schema',
    ...aboutDataset(dataset, rule.subject, {
      asked: rule.asked,
      limits: { ...rule.limits, mostly: rule.mostly, severity: rule.severity },
    }),
    title: rule.title,
    expected: rowExpectation(rule.expected, rule.mostly),
    severity: rule.severity,
    ...(rule.discreet
      ? {
          discreet: [
            {
              ...rule.discreet,
              columns: rule.columns.map(({ name }) => name),
              expected: rowExpectation(rule.discreet.expected, rule.mostly),
            },
          ],
        }
      : {}),
    inputs: [dataset],
    run: ({ signal }) => judged(dataset, rule, signal),
  }
}

async function judged(dataset: Dataset, rule: RowWiseRule, signal: AbortSignal | undefined): Promise<Judgement> {
  const relation = numbered(await relationOf(dataset))
  const wanted = rule.columns.flatMap(({ name, rules }) => {
    const column = relation.columns.find((candidate) => candidate.name === name)
    return column ? [{ column, rules }] : []
  })
  const found = new Findings()
  const version = await versionOf(dataset)
  const records = await recordsOf(dataset)
  const read = reader(rule, wanted, relation, records)
  for await (const page of pages(relation, read.cells, signal)) {
    const work = ([number, ...cells]: readonly Value[]) => read.judge(cells, Number(number))
    const judgements = await eachWithinTime(rule.title, page, work, { seconds: SECONDS, signal })
    for (const [i, judged] of judgements.entries()) {
      // Waiting for what is there already costs more than most judgements.
      found.add(judged instanceof Promise ? await judged : judged, Number(page[i]?.[0]))
    }
    if (signal?.aborted) throw new AssayError('aborted', `stopped: ${firstLine(signal.reason)}`)
  }
  if (records && (await versionOf(dataset)) !== version)
    throw new AssayError('changed', `the records of ${JSON.stringify(dataset.name)} changed while they were judged`)
  const { rows, absent, broken } = found
  const { mostly } = rule
  const judgement = judgeRows({ rows, missing: absent, broken, mostly, nulls: 'ignore' })
  if (judgement.status !== 'fail') return judgement
  const names = wanted.map(({ column }) => column.name)
  const marked = rule.kind === 'rowSchema' ? found.columns.filter((name) => names.includes(name)) : names
  const where = isIn(id(ROW_NUMBER), found.sampled)
  const sample = await sampleOf(dataset, relation, { where, marked, total: broken }, { signal })
  return {
    ...judgement,
    message: found.inWords(),
    sample,
    discreet: [{ columns: names, message: found.inWords({ keywordsOnly: true }) }],
  }
}

/** The relation with row numbers, in the engine's order where the source has none. */
function numbered(relation: Relation): Relation {
  if (relation.numbered) return relation
  return {
    ...relation,
    numbered: sql`(select *, row_number() over () as ${id(ROW_NUMBER)} from ${relation.from}) as t`,
  }
}

interface Wanted {
  readonly column: Column
  readonly rules: JsonObject
}

let kept = 0

async function* pages(
  { engine, numbered: table, scanCost }: Relation,
  cells: readonly Sql[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (readonly Value[])[]> {
  const row = id(ROW_NUMBER)
  const names = cells.map((_, i) => id(`cell ${i}`))
  const selected = join([row, ...cells.map((cell, i) => sql`${cell} as ${names[i] as Sql}`)])
  const rows = sql`select ${selected} from ${table as Sql}`
  // Where each page would read the whole file again, its cells are kept by the engine meanwhile.
  const copy = scanCost === 'high' ? id(`assay_rows_${++kept}`) : undefined
  if (copy) await engine.query(sql`create temp table ${copy} as ${rows}`, { signal })
  try {
    let after = 0
    for (;;) {
      const page = await engine.query(
        sql`select ${join([row, ...names])} from ${copy ?? sql`(${rows}) as t`}
          where ${row} > ${after} order by ${row} limit ${PAGE}`,
        { signal },
      )
      yield page
      if (page.length < PAGE) return
      after = Number(page.at(-1)?.[0])
    }
  } finally {
    if (copy) await engine.query(sql`drop table ${copy}`)
  }
}

/** What to select, and how a row is judged. Records are read from the originals, less what was declared missing. */
function reader(
  { judge, values = 'json', nullIsMissing = false }: RowWiseRule,
  wanted: readonly Wanted[],
  { textual = false, jsonRows, engine: { dialect } }: Relation,
  records: readonly Row[] | undefined,
): { readonly cells: readonly Sql[]; readonly judge: Judge } {
  const names = wanted.map(({ column }) => column.name)
  if (records) {
    const cells = wanted.map(({ column }) => sql`${id(column.name)} is null`)
    const read = values === 'js' ? originalRow : jsonRow
    return {
      cells,
      judge: (nulls, rowNumber) => judge(read(records[rowNumber - 1] as Row, names, nulls, nullIsMissing)),
    }
  }
  if (jsonRows) {
    return {
      cells: wanted.map(({ column }) => jsonCell(column)),
      judge: (cells) => judge(parsedRow(names, cells, nullIsMissing)),
    }
  }
  const texts = wanted.map(({ column }) => (textual ? id(column.rawName ?? column.name) : undefined))
  if (values === 'js') {
    const readings = wanted.map(({ column }) => jsReadings(column, textual))
    const read = judgeReadings(names, readings, judge as RowValidator['judge'])
    const cells = wanted.map(
      ({ column }, i) =>
        texts[i] ?? (column.type === 'decimal' ? dialect.text(id(column.name)) : selected(column, dialect)),
    )
    return { cells, judge: read }
  }
  const readers = wanted.map(({ column, rules }) => {
    if (!textual) return valueReader(column)
    const read = cellReader(rules, textTypeOf(rules, column.type))
    return (value: Value) => read(String(value))
  })
  const row = (cells: readonly Value[]): Row =>
    Object.fromEntries(
      cells.flatMap((cell, i) => {
        const value = cell === null ? undefined : readers[i]?.(cell)
        return value === undefined ? [] : [[names[i] as string, value] as const]
      }),
    )
  return {
    cells: wanted.map(({ column }, i) => texts[i] ?? selected(column, dialect)),
    judge: (cells) => judge(row(cells)),
  }
}

/** A record's JSON values, of the columns that are asked for and not missing. */
function jsonRow(record: Row, names: readonly string[], nulls: readonly Value[], nullIsMissing: boolean): Row {
  return Object.fromEntries(
    names.flatMap((name, i) => {
      const value = Object.hasOwn(record, name) ? record[name] : undefined
      const missing = nulls[i] && (value !== null || nullIsMissing)
      return value === undefined || missing ? [] : [[name, jsonValue(value)] as const]
    }),
  )
}

/** The JSON text of a record's value; null where it is absent, or declared missing. */
function jsonCell({ name, rawName, key = name }: Column): Sql {
  const path = literal(keyPath(key))
  const record = id(ROW_TEXT)
  return sql`case when ${id(rawName ?? name)} is not null or json_type(${record}, ${path}) = 'NULL'
    then cast(json_extract(${record}, ${path}) as varchar) end`
}

/** The row of such cells. */
function parsedRow(names: readonly string[], cells: readonly Value[], nullIsMissing: boolean): Row {
  return Object.fromEntries(
    cells.flatMap((cell, i) => {
      if (cell === null || (nullIsMissing && cell === 'null')) return []
      return [[names[i] as string, JSON.parse(String(cell)) as unknown] as const]
    }),
  )
}

/** The record as it was handed over, unless some of its values were declared missing. */
function originalRow(record: Row, names: readonly string[], nulls: readonly Value[]): Row {
  const missing = names.filter((name, i) => nulls[i] && Object.hasOwn(record, name) && (record[name] ?? null) !== null)
  if (missing.length === 0) return record
  return Object.fromEntries(Object.entries(record).filter(([name]) => !missing.includes(name)))
}

interface Reason {
  count: number
  readonly first: number
}

function tallied(reasons: Map<string, Reason>, words: string, rowNumber: number): void {
  const reason = reasons.get(words)
  if (reason) reason.count++
  else if (reasons.size < 1000) reasons.set(words, { count: 1, first: rowNumber })
}

/** Counts of what was wrong, with the first rows. */
class Findings {
  rows = 0
  absent = 0
  broken = 0
  readonly sampled: number[] = []
  private readonly marked = new Set<string>()
  private readonly reasons = new Map<string, Reason>()
  private readonly keywords = new Map<string, Reason>()

  add(found: Judged, rowNumber: number): void {
    this.rows++
    if (found === undefined) return
    if (found === 'absent') {
      this.absent++
      return
    }
    this.broken++
    if (this.sampled.length < SAMPLE_ROWS) this.sampled.push(rowNumber)
    for (const { keyword, message, path, property } of found) {
      const inside = path === '' ? '' : ` at ${path}`
      tallied(this.reasons, `${keyword}${inside}: ${message}`, rowNumber)
      const column = path.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? property
      // Inside a nested value names are values as well.
      tallied(this.keywords, column === undefined ? keyword : `${keyword} at ${column}`, rowNumber)
      if (column !== undefined && this.marked.size < 100) this.marked.add(column)
    }
  }

  get columns(): readonly string[] {
    return [...this.marked]
  }

  /** What is wrong, most often first; of keywords and columns alone where what libraries say may hold values. */
  inWords({ keywordsOnly = false } = {}): string {
    const sorted = [...(keywordsOnly ? this.keywords : this.reasons)].sort(
      ([, a], [, b]) => b.count - a.count || a.first - b.first,
    )
    const lines = sorted.slice(0, REASONS).map(([words, { count, first }]) => {
      return `${words} (${count === 1 ? `row ${first}` : `${numberText(count)} times, first in row ${first}`})`
    })
    const more = sorted.length - lines.length
    return more > 0 ? `${lines.join('; ')}; and ${more} more reasons` : lines.join('; ')
  }
}

/** Judges one column's value with ajv. */
export function valueJudge(name: string, validate: Validate): RowWiseRule['judge'] {
  return (row) => (Object.hasOwn(row, name) ? validate(row[name]) : 'absent')
}
