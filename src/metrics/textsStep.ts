import type { SegmentLabel } from '../dataset/segment.ts'
import type { Engine, QueryOptions, Value } from '../engine/engine.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import { eachWithinTime } from '../sql/withinTime.ts'
import type { RefusedTexts, TextsMetric } from './metric.ts'
import type { MetricRequest } from './metricRequest.ts'
import type { SharedTable } from './sharedTable.ts'

/** Different texts read at a time. */
const PAGE = 50_000
/** Refused texts that are kept; all their rows are counted. */
const KEPT = 1000

/** Texts of a column that JavaScript looks at. */
export interface TextsStep {
  readonly kind: 'texts'
  /** Its first page. */
  readonly query: Sql
  /** The texts that come after one. */
  page(after?: string): Sql
  readonly table: SharedTable
  readonly requests: readonly MetricRequest<TextsMetric>[]
}

/** The texts of a column by the keys of a table, with how many rows have each. */
export function textsStep(requests: readonly MetricRequest<TextsMetric>[], table: SharedTable): TextsStep {
  const column = id(requests[0]?.metric.columns[0] ?? '')
  const groups = join([...table.keys, column])
  const page = (after?: string): Sql => {
    const rest = after === undefined ? sql`${column} is not null` : sql`${column} > ${after}`
    return sql`select ${groups}, count(*) from ${table.from} where ${rest} group by ${groups} order by ${column} limit ${raw(String(PAGE))}`
  }
  return { kind: 'texts', query: page(), page, table, requests }
}

/** What is refused by each who asks, of each segment where those are asked; throws what the first of them throws. */
export async function refusedTexts(
  { page, table, requests }: TextsStep,
  engine: Engine,
  options: QueryOptions,
): Promise<ReadonlyMap<MetricRequest, ReadonlyMap<SegmentLabel, RefusedTexts>>> {
  const refused = new Map(
    requests.map((request) => [request, new Map<SegmentLabel, { rows: number; texts: string[] }>()]),
  )
  const place = table.keys.length
  const textOf = (row: readonly Value[]): string => String(row[place])
  for (let after: string | undefined; ; ) {
    const rows = await engine.query(page(after), options)
    const isLast = rows.length < PAGE
    // The groups of the last text may go on behind the page.
    const last = isLast ? undefined : textOf(rows.at(-1) as readonly Value[])
    const whole = rows.filter((row) => textOf(row) !== last)
    const texts = [...new Set(whole.map(textOf))]
    const failing = new Map<string, ReadonlySet<string>>()
    for (const [{ metric, relation, by }, segments] of refused) {
      const failed = failing.get(metric.key) ?? (await failedOf(metric, texts, options))
      failing.set(metric.key, failed)
      for (const row of whole) {
        if (!failed.has(textOf(row)) || !table.holds(relation, row)) continue
        const label = by === undefined ? null : (table.segment?.(row) ?? null)
        const own = segments.get(label) ?? { rows: 0, texts: [] }
        segments.set(label, own)
        own.rows += Number(row[place + 1])
        if (own.texts.length < KEPT && own.texts.at(-1) !== textOf(row)) own.texts.push(textOf(row))
      }
    }
    if (isLast) return refused
    after = texts.at(-1)
  }
}

async function failedOf(
  { title, holds }: TextsMetric,
  texts: readonly string[],
  options: QueryOptions,
): Promise<ReadonlySet<string>> {
  const held = await eachWithinTime(title, texts, (text) => holds(text), options)
  return new Set(texts.filter((_, i) => !held[i]))
}
