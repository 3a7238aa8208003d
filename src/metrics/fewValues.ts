import { derivationOf } from '../engine/derivation.ts'
import type { QueryOptions, Relation } from '../engine/engine.ts'
import { fingerprintSql } from '../sql/render.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import { columnNamed } from './metric.ts'
import type { MetricRequest } from './metricRequest.ts'

/** Rows that are looked at for how many values a column has; a table that has no more is judged row by row. */
const FRONT = 8192
/** A column with so many values among them, or fewer, is judged once for each value. */
const FEW = 256

/** By relation, the columns of few values, with how many there are at the front. */
export type FewValues = ReadonlyMap<Relation, ReadonlyMap<string, number>>

/**
 * The columns whose rows are to be judged by value: of what is cheap to look at, those that have few values at the front.
 * What is wrong about the rest costs time, and changes no number.
 */
export async function fewValues(asks: readonly MetricRequest[], options: QueryOptions): Promise<FewValues> {
  const names = new Map<Relation, Set<string>>()
  for (const request of asks) {
    const { base } = derivationOf(request.relation)
    if (base.scanCost !== 'low') continue
    const own = names.get(base) ?? new Set()
    names.set(base, own)
    for (const name of judgedByValue(request)) own.add(name)
  }
  const few = new Map<Relation, ReadonlyMap<string, number>>()
  for (const [base, own] of names) if (own.size > 0) few.set(base, await fewOf(base, [...own], options))
  return few
}

/** The columns of the base by whose values a metric could be computed: those that choose its rows, or else its own. */
function judgedByValue({ metric, relation, by }: MetricRequest): readonly string[] {
  const { steps } = derivationOf(relation)
  if (steps.length > 0) return steps.flatMap((step) => (step.kind === 'filter' ? (step.reads ?? []) : []))
  const [name] = metric.columns
  if (!relation.columnar || by !== undefined || metric.pass !== 'scan' || name === undefined) return []
  return metric.columns.length === 1 && columnNamed(relation.columns, name).type === 'string' ? [name] : []
}

async function fewOf(
  relation: Relation,
  names: readonly string[],
  options: QueryOptions,
): Promise<ReadonlyMap<string, number>> {
  const able = names.filter((name) => relation.columns.some((column) => column.name === name))
  const columns = able.map((name) => id(name))
  const { rows, distinct } = await atFront(relation, columns, options)
  const counts = able.map((name, i) => [name, distinct[i] as number] as const)
  return new Map(counts.filter(([, count]) => rows === FRONT && count <= FEW))
}

/** How many rows were looked at, and how many different values of each expression are among them. */
interface AtFront {
  readonly rows: number
  readonly distinct: readonly number[]
}

const known = new WeakMap<Relation, Map<string, Promise<AtFront>>>()

async function atFront(relation: Relation, of: readonly Sql[], options: QueryOptions): Promise<AtFront> {
  const fronts = known.get(relation) ?? new Map<string, Promise<AtFront>>()
  known.set(relation, fronts)
  const fresh = of.filter((expression) => !fronts.has(fingerprintSql(expression)))
  const looked = fresh.length > 0 ? look(relation, fresh, options) : undefined
  fresh.forEach((expression, i) => {
    const key = fingerprintSql(expression)
    const own = (looked as Promise<AtFront>).then(({ rows, distinct }) => {
      // Nothing was found out, so that the next who asks looks again.
      if (Number.isNaN(rows)) fronts.delete(key)
      return { rows, distinct: distinct.slice(i, i + 1) }
    })
    fronts.set(key, own)
  })
  const each = await Promise.all(of.map((expression) => fronts.get(fingerprintSql(expression)) as Promise<AtFront>))
  return { rows: Math.min(...each.map(({ rows }) => rows)), distinct: each.flatMap(({ distinct }) => distinct) }
}

async function look(relation: Relation, of: readonly Sql[], options: QueryOptions): Promise<AtFront> {
  const names = of.map((_, i) => id(`value ${i}`))
  const values = of.map((expression, i) => sql`${expression} as ${names[i] as Sql}`)
  const counts = join(names.map((name) => sql`count(distinct ${name})`))
  // What cannot be asked here fails where its metric is asked, with a reason.
  const [row = []] = await relation.engine
    .query(
      sql`select count(*), ${counts} from (select ${join(values)} from ${relation.from} limit ${raw(String(FRONT))}) as front`,
      { ...options, keep: true, fewRows: true },
    )
    .catch(() => [])
  const [rows = Number.NaN, ...distinct] = row.map(Number)
  return { rows, distinct }
}

/** Whether an expression is likely to have no more values than `most`: a table of few rows has few of anything. */
export async function isFewAtFront(
  relation: Relation,
  expression: Sql,
  most: number,
  options: QueryOptions,
): Promise<boolean> {
  const { rows, distinct } = await atFront(relation, [expression], options)
  return rows < FRONT || (distinct[0] as number) <= most
}
