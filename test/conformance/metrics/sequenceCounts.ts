import { sequenceCounts } from '../../../src/checks/forms/sequence.ts'
import { sql } from '../../../src/sql/sql.ts'
import { metricCase, inOrder } from '../naive.ts'

const definition = {
  kind: 'rising',
  title: () => 'rising',
  expected: () => 'rising',
  previous: 'max',
  breaks: ({ value }: { readonly value: ReturnType<typeof sql> }, previous: ReturnType<typeof sql>) =>
    sql`${value} < ${previous}`,
} as never

export default [
  ['y', 'id'],
  ['x', 'at'],
  ['small', 'small'],
].map(([name = '', order = '']) =>
  metricCase(sequenceCounts({ name, order, definition, settings: { by: order } as never }), (rows) => {
    const {
      rows: all,
      missing,
      failed,
    } = inOrder(rows, { column: name, by: order }, (value, before) => value < before).counts as {
      rows: number
      missing: number
      failed: number
    }
    const unreadable = rows.filter(
      (row) => typeof row[name] === 'number' && !Number.isFinite(row[name]) && (row[order] ?? null) !== null,
    ).length
    return { rows: all, missing, unreadable, broken: failed - unreadable }
  }),
)
