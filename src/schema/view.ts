import type { Dataset } from '../dataset/dataset.ts'
import { type Column, type Relation, rowColumns } from '../engine/engine.ts'
import { isIn, type LogicalType } from '../sql/dialect.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { textTypeOf } from './reading.ts'
import type { ColumnSchema, TableSchema } from './tableSchema.ts'

const views = new WeakMap<Relation, Map<string, Relation>>()

/**
 * The dataset as a schema sees it: more columns are personal, the cells of a text file are read as it declares, and the
 * texts it names are missing values.
 */
export function viewOf(dataset: Dataset, relation: Relation, schema: TableSchema): Dataset {
  const secret = schema.columns.filter(({ pii }) => pii).map(({ name }) => name)
  const seen = reread(relation, schema)
  const view = Object.create(dataset) as Dataset
  return Object.defineProperties(view, {
    pii: { value: [...new Set([...dataset.pii, ...secret])] },
    relation: { value: () => Promise.resolve(seen) },
    fingerprint: { value: () => dataset.fingerprint() },
    records: { value: () => dataset.records() },
  })
}

/** How a column is read: as which type, and which of its texts are missing values. */
interface Reading {
  readonly type: LogicalType
  readonly missing: readonly string[]
}

function reread(relation: Relation, { columns: wanted }: TableSchema): Relation {
  const { textual = false } = relation
  const readings = relation.columns.map(({ name, type }): Reading => {
    const column = wanted.find((candidate) => candidate.name === name)
    const missing =
      (textual && column?.usualMissing) || (!textual && type !== 'string' && type !== 'mixed')
        ? []
        : (column?.missing ?? [])
    return { type: textual && column ? declaredType(column, type) : type, missing }
  })
  if (readings.every(({ type, missing }, i) => type === relation.columns[i]?.type && missing.length === 0))
    return relation
  // Equal readings share one relation, so that what was measured once is kept.
  const known = views.get(relation) ?? new Map<string, Relation>()
  views.set(relation, known)
  const key = JSON.stringify(readings)
  const view = known.get(key) ?? readAs(relation, readings)
  known.set(key, view)
  return view
}

function declaredType({ form, physical, rules }: ColumnSchema, detected: LogicalType): LogicalType {
  if (form) return 'string'
  if (physical) return physical.types.includes(detected) ? detected : (physical.types[0] as LogicalType)
  return textTypeOf(rules, detected) ?? detected
}

function readAs(relation: Relation, readings: readonly Reading[]): Relation {
  const { dialect } = relation.engine
  const cells: Sql[] = []
  const columns = relation.columns.map((column, i): Column => {
    const { type, missing } = readings[i] as Reading
    const { name, rawName } = column
    const present = (value: Sql): Sql =>
      missing.length === 0 ? value : sql`case when ${isIn(value, missing)} then null else ${value} end`
    if (!relation.textual) {
      cells.push(missing.length === 0 ? id(name) : sql`${present(id(name))} as ${id(name)}`)
      return column
    }
    if (type === column.type && missing.length === 0) {
      cells.push(id(name), ...(rawName === undefined ? [] : [id(rawName)]))
      return column
    }
    const text = present(id(rawName ?? name))
    if (type === 'string') {
      cells.push(sql`${text} as ${id(name)}`)
      return { name, type, native: 'text' }
    }
    const raw = `${name}\u{1}text`
    cells.push(sql`${dialect.tryCast(text, type)} as ${id(name)}`, sql`${text} as ${id(raw)}`)
    return { name, type, native: 'text', rawName: raw }
  })
  return {
    ...relation,
    columns,
    from: sql`(select ${join(cells)} from ${relation.from}) as t`,
    ...(relation.numbered
      ? {
          numbered: sql`(select ${join([...cells, ...rowColumns(relation).map((name) => id(name))])} from ${relation.numbered}) as t`,
        }
      : {}),
  }
}
