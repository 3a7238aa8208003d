import type { Dataset } from '../dataset/dataset.ts'
import { type Column, type Relation, ROW_NUMBER, type Value } from '../engine/engine.ts'
import { numberText } from '../checks/bounds.ts'
import { datasetSubject, type Judgement, type RunCheck } from '../checks/check.ts'
import { judgeRows, rowExpectation } from '../checks/rowCheck.ts'
import { sampleOf, SAMPLE_ROWS } from '../checks/samples.ts'
import type { Severity } from '../results/checkResult.ts'
import { isIn } from '../sql/dialect.ts'
import { id, join, sql } from '../sql/sql.ts'
import type { Finding, Validate } from './drafts.ts'
import type { JsonObject } from './json.ts'
import { cellReader, jsonValue, selected, textTypeOf, valueReader } from './reading.ts'

/** Rows read at a time. */
const PAGE = 50_000
const REASONS = 5

type Row = Readonly<Record<string, unknown>>
/** The rows' JSON values; a column that is absent from a row is not in it. */
type Reader = (cells: readonly Value[], rowNumber: number) => Record<string, unknown>

/** A statement about rows that the engine cannot judge. */
export interface RowWiseRule {
  readonly kind: 'schemaKeyword' | 'rowSchema' | 'noMissing'
  readonly title: string
  readonly expected: string
  /** The columns it reads. */
  readonly columns: readonly { readonly name: string; readonly rules: JsonObject }[]
  /** What is wrong with a row; `absent` when the row has nothing to judge. */
  judge(row: Row): readonly Finding[] | 'absent' | undefined
  readonly mostly: number
  readonly severity: Severity
  readonly allowEmpty: boolean
  readonly subject: readonly string[]
}

/** A check that judges rows one by one, on their original values, in pages of bounded size. */
export function rowWise(dataset: Dataset, rule: RowWiseRule): RunCheck {
  return {
    type: 'run',
    kind: rule.kind,
    family: rule.kind === 'noMissing' ? 'missing' : 'schema',
    subject: datasetSubject(dataset, rule.subject),
    title: rule.title,
    expected: rowExpectation(rule.expected, rule.mostly),
    severity: rule.severity,
    datasets: [dataset],
    run: ({ signal }) => judged(dataset, rule, signal),
  }
}

async function judged(dataset: Dataset, rule: RowWiseRule, signal: AbortSignal | undefined): Promise<Judgement> {
  const relation = numbered(await dataset.relation())
  const wanted = rule.columns.flatMap(({ name, rules }) => {
    const column = relation.columns.find((candidate) => candidate.name === name)
    return column ? [{ column, rules }] : []
  })
  const found = new Findings()
  const read = reader(wanted, relation, (await dataset.root.records()) as readonly Row[] | undefined)
  for await (const page of pages(relation, wanted, read.cells, signal)) {
    for (const [number, ...cells] of page) {
      const rowNumber = Number(number)
      found.add(rule.judge(read.row(cells, rowNumber)), rowNumber)
    }
  }
  const { rows, absent, broken } = found
  const { mostly, allowEmpty } = rule
  const judgement = judgeRows({ rows, missing: absent, broken, mostly, nulls: 'ignore', allowEmpty })
  if (judgement.status !== 'fail') return judgement
  const names = wanted.map(({ column }) => column.name)
  const marked = rule.kind === 'rowSchema' ? found.columns.filter((name) => names.includes(name)) : names
  const where = isIn(id(ROW_NUMBER), found.sampled)
  const sample = await sampleOf(dataset, relation, { where, marked, total: broken }, { signal })
  return { ...judgement, message: found.inWords(), sample }
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

async function* pages(
  { engine, numbered: table }: Relation,
  wanted: readonly Wanted[],
  cells: readonly ReturnType<typeof id>[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (readonly Value[])[]> {
  const row = id(ROW_NUMBER)
  let after = 0
  for (;;) {
    const page = await engine.query(
      sql`select ${join([row, ...cells])} from ${table as NonNullable<typeof table>}
        where ${row} > ${after} order by ${row} limit ${PAGE}`,
      { signal },
    )
    yield page
    if (page.length < PAGE) return
    after = Number(page.at(-1)?.[0])
  }
}

/** What to select, and how a row reads. Records are read from the originals, except for what was declared missing. */
function reader(
  wanted: readonly Wanted[],
  { textual, engine: { dialect } }: Relation,
  records: readonly Row[] | undefined,
): { readonly cells: readonly ReturnType<typeof id>[]; readonly row: Reader } {
  const names = wanted.map(({ column }) => column.name)
  const row =
    (valueAt: (cell: Value, i: number, rowNumber: number) => unknown): Reader =>
    (cells, rowNumber) => {
      const entries = cells.map((cell, i) => [names[i] as string, valueAt(cell, i, rowNumber)] as const)
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
    }
  if (records) {
    return {
      cells: wanted.map(({ column }) => sql`${id(column.name)} is null`),
      row: row((isNull, i, rowNumber) => {
        const original = records[rowNumber - 1] as Row
        const name = names[i] as string
        const value = Object.hasOwn(original, name) ? original[name] : undefined
        return isNull && value !== null ? undefined : jsonValue(value)
      }),
    }
  }
  const readers = wanted.map(({ column, rules }) => {
    if (!textual) return valueReader(column)
    const read = cellReader(rules, textTypeOf(rules, column.type))
    return (value: Value) => read(String(value))
  })
  return {
    cells: wanted.map(({ column }) => (textual ? id(column.rawName ?? column.name) : selected(column, dialect))),
    row: row((cell, i) => (cell === null ? undefined : readers[i]?.(cell))),
  }
}

/** Counts of what was wrong, with the first rows. */
class Findings {
  rows = 0
  absent = 0
  broken = 0
  readonly sampled: number[] = []
  private readonly marked = new Set<string>()
  private readonly reasons = new Map<string, { count: number; first: number }>()

  add(found: readonly Finding[] | 'absent' | undefined, rowNumber: number): void {
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
      const words = `${keyword}${inside}: ${message}`
      const reason = this.reasons.get(words)
      if (reason) reason.count++
      else if (this.reasons.size < 1000) this.reasons.set(words, { count: 1, first: rowNumber })
      const column = path.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? property
      if (column !== undefined && this.marked.size < 100) this.marked.add(column)
    }
  }

  get columns(): readonly string[] {
    return [...this.marked]
  }

  inWords(): string {
    const sorted = [...this.reasons].sort(([, a], [, b]) => b.count - a.count || a.first - b.first)
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
