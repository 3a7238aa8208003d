import { derivationOf } from '../engine/derivation.ts'
import type { QueryOptions, Relation } from '../engine/engine.ts'
import { id, join, raw, sql } from '../sql/sql.ts'
import { columnNamed, type Metric } from './metric.ts'

/** Rows that are looked at for how many values a column has; a table that has no more is judged row by row. */
const FRONT = 8192
/** A column with so many values among them, or fewer, is judged once for each value. */
const FEW = 256

/** A metric of a relation. */
interface Asked {
  readonly metric: Metric
  readonly relation: Relation
}

/** By relation, the columns of few values. */
export type FewValues = ReadonlyMap<Relation, ReadonlySet<string>>

const known = new WeakMap<Relation, Map<string, boolean>>()

/**
 * The text columns whose rows are to be judged by value: of files held by column, those that have few values at the
 * front. What is wrong about the rest costs time, and changes no number.
 */
export async function fewValues(asks: readonly Asked[], options: QueryOptions): Promise<FewValues> {
  const found = new Map<Relation, ReadonlySet<string>>()
  for (const relation of new Set(asks.map((asked) => asked.relation))) {
    if (!relation.columnar || relation.scanCost !== 'low' || derivationOf(relation).steps.length > 0) continue
    const names = asks.filter((asked) => asked.relation === relation).flatMap(({ metric }) => textOf(metric, relation))
    if (names.length > 0) found.set(relation, await fewOf(relation, [...new Set(names)], options))
  }
  return found
}

function textOf({ pass, columns }: Asked['metric'], relation: Relation): readonly string[] {
  const [name] = columns
  if (pass !== 'scan' || name === undefined || columns.length > 1) return []
  return columnNamed(relation.columns, name).type === 'string' ? [name] : []
}

async function fewOf(
  relation: Relation,
  names: readonly string[],
  options: QueryOptions,
): Promise<ReadonlySet<string>> {
  const few = known.get(relation) ?? new Map<string, boolean>()
  known.set(relation, few)
  const asked = names.filter((name) => !few.has(name))
  if (asked.length > 0) {
    const columns = asked.map((name) => id(name))
    const counts = join(columns.map((column) => sql`count(distinct ${column})`))
    // What cannot be asked here fails where its metric is asked, with a reason.
    const [row = []] = await relation.engine
      .query(
        sql`select count(*), ${counts} from (select ${join(columns)} from ${relation.from} limit ${raw(String(FRONT))}) as front`,
        options,
      )
      .catch(() => [])
    const [rows, ...distinct] = row.map(Number)
    asked.forEach((name, i) => few.set(name, rows === FRONT && (distinct[i] as number) <= FEW))
  }
  return new Set(names.filter((name) => few.get(name)))
}
