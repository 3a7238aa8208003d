import { namesOf } from '../cells/cell.ts'
import { derivationOf } from '../engine/derivation.ts'
import type { Relation } from '../engine/engine.ts'
import { asBits, hasBit } from '../sql/bits.ts'
import { all } from '../sql/dialect.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import { type GroupedRows, MOST_GROUPS } from './aggregateStep.ts'
import type { FewValues } from './fewValues.ts'
import { columnNamed } from './metric.ts'

/** Combinations of values that rows are grouped by at most, as far as their front tells. */
const MOST = 256

/**
 * The rows of relations by the values that choose them, with the conditions worked out once for each group; undefined where some are chosen by what nobody knows, by cells
 * that were read anew, or by columns of many values.
 */
export function valueTable(relations: readonly Relation[], few: FewValues): GroupedRows | undefined {
  const [first] = relations
  if (!first || relations.length === 1) return undefined
  const { base } = derivationOf(first)
  const filters = relations.map(ofValues)
  if (!filters.every((filter) => filter !== undefined)) return undefined
  const reads = [...new Set(filters.flatMap((filter) => filter.flatMap(({ reads }) => reads)))]
  const known = few.get(base)
  const counts = reads.map((name) => known?.get(name) ?? Number.POSITIVE_INFINITY)
  if (reads.length === 0 || counts.reduce((a, b) => a * b, 1) > MOST) return undefined
  const columns = reads.flatMap((name) => namesOf(columnNamed(base.columns, name)))
  const copies = columns.map((name, i) => ({ name: id(name), copy: id(`__assay_copy_${i}`) }))
  const readings = derivationOf(first).steps.flatMap((step) => (step.kind === 'cells' ? [step.cells] : []))
  let from = sql`(select *, ${join(copies.map(({ name, copy }) => sql`${name} as ${copy}`))} from ${base.from}) as t`
  for (const cells of readings)
    from = sql`(select ${join([...cells, ...copies.map(({ copy }) => copy)])} from ${from}) as t`
  const conditions = relations.map((_, i) => all((filters[i] ?? []).map(({ condition }) => condition)))
  const bits = asBits(conditions)
  return {
    lead: bits.length,
    query(cells) {
      const names = cells.map((_, i) => id(`__assay_cell_${i}`))
      const keys = copies.map(({ copy }) => copy)
      const spelled = cells.map((cell, i) => sql`${cell} as ${names[i] as Sql}`)
      const groups = sql`(select ${join([...keys, ...spelled])} from ${from} group by ${join(keys)}) as t`
      // Apart from the aggregates, so that the names of columns mean what conditions mean by them, and nothing else.
      const values = copies.map(({ name, copy }) => sql`${copy} as ${name}`)
      return sql`select ${join([...bits, ...names])} from (select ${join([...values, ...names])} from ${groups}) as t limit ${raw(String(MOST_GROUPS + 1))}`
    },
    holds: (relation, row) => hasBit(row, 0, relations.indexOf(relation)),
  }
}

interface Filter {
  readonly condition: Sql
  readonly reads: readonly string[]
}

/** The conditions on a relation's rows, where all of them are about values of the base. */
function ofValues(relation: Relation): readonly Filter[] | undefined {
  const { steps } = derivationOf(relation)
  const reread = steps.findIndex(({ kind }) => kind === 'cells')
  const filters = steps.flatMap((step, i) => {
    if (step.kind === 'cells') return []
    return [reread >= 0 && i > reread ? undefined : step.reads && { condition: step.condition, reads: step.reads }]
  })
  return filters.every((filter) => filter !== undefined) ? filters : undefined
}
