import type { Dataset } from '../dataset/dataset.ts'
import { type Column, type Relation, rowColumns } from '../engine/engine.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { textTypeOf } from './reading.ts'
import type { TableSchema } from './tableSchema.ts'

const numeric: readonly LogicalType[] = ['integer', 'number', 'decimal']

const views = new WeakMap<Relation, Map<string, Relation>>()

/** The dataset as a schema sees it: more columns are personal, and the cells of a text file are read as it declares. */
export function viewOf(dataset: Dataset, relation: Relation, schema: TableSchema): Dataset {
  const secret = schema.columns.filter(({ pii }) => pii).map(({ name }) => name)
  const seen = retyped(relation, schema)
  const view = Object.create(dataset) as Dataset
  return Object.defineProperties(view, {
    pii: { value: [...new Set([...dataset.pii, ...secret])] },
    relation: { value: () => Promise.resolve(seen) },
    fingerprint: { value: () => dataset.fingerprint() },
    records: { value: () => dataset.records() },
  })
}

function retyped(relation: Relation, { columns: wanted }: TableSchema): Relation {
  if (!relation.textual) return relation
  const types = relation.columns.map(({ name, type }): LogicalType => {
    const rules = wanted.find((column) => column.name === name)?.rules
    return rules ? (textTypeOf(rules, type) ?? type) : type
  })
  if (types.every((type, i) => type === relation.columns[i]?.type)) return relation
  // Equal readings share one relation, so that what was measured once is kept.
  const known = views.get(relation) ?? new Map<string, Relation>()
  views.set(relation, known)
  const key = types.join()
  const view = known.get(key) ?? readAs(relation, types)
  known.set(key, view)
  return view
}

function readAs(relation: Relation, types: readonly LogicalType[]): Relation {
  const { dialect } = relation.engine
  const cells: Sql[] = []
  const columns = relation.columns.map((column, i): Column => {
    const type = types[i] as LogicalType
    const { name, rawName } = column
    const { numberText } = relation
    const text = id(column.cellName ?? rawName ?? name)
    if (type === column.type) {
      cells.push(...[name, rawName, column.cellName].flatMap((one) => (one === undefined ? [] : [id(one)])))
      return column
    }
    if (type === 'string') {
      cells.push(sql`${text} as ${id(name)}`)
      return { name, type, native: 'text' }
    }
    const raw = `${name}\u{1}text`
    const spelled = numberText && numeric.includes(type) ? numberText(text) : text
    cells.push(sql`${dialect.tryCast(spelled, type)} as ${id(name)}`, sql`${spelled} as ${id(raw)}`)
    if (spelled !== text) {
      const cellName = `${name}\u{1}cell`
      cells.push(sql`${text} as ${id(cellName)}`)
      return { name, type, native: 'text', rawName: raw, cellName }
    }
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
