import { expect, test } from 'vitest'
import { namesOf } from '../../src/cells/cell.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import type { Relation } from '../../src/engine/engine.ts'
import { workingWith } from '../../src/engine/meanwhile.ts'
import { commonestCount, distinctCount } from '../../src/metrics/index.ts'
import { duplicates } from '../../src/metrics/kinds/duplicates.ts'
import { runMetrics } from '../../src/metrics/run.ts'
import { sql } from '../../src/sql/sql.ts'
import { temporaryFile } from '../helpers/files.ts'
import { parquetOf } from '../helpers/parquet.ts'
import { queriesOf } from '../helpers/queries.ts'

const ROWS = 60_000

/** Columns by SQL over the row number `i`: of every type of integers, with and without missing values. */
const columns = {
  id: 'i::bigint',
  below: '(-i)::integer',
  low: '(-9223372036854775808 + i)::bigint',
  high: '(9223372036854775807 - i)::bigint',
  unsigned: '(18446744073709551615 - i)::ubigint',
  small: '(i % 256 - 128)::tinyint',
  byte: '(i % 256)::utinyint',
  group: '(i // 256)::smallint',
  gaps: 'case when i % 3 = 0 then null else i end::integer',
  twice: 'case when i = 7 then 8 else i end::integer',
  sparse: '(i * 1000000007)::bigint',
  one: '1::integer',
  none: 'null::bigint',
} as const

const keys = [
  ...Object.keys(columns).map((name) => [name]),
  ['small', 'group'],
  ['byte', 'group', 'one'],
  ['gaps', 'one'],
  ['twice', 'none'],
  ['one', 'twice'],
  ['small', 'low'],
]
/** What needs more marks than there may be, or reaches beyond 64 bits. */
const grouped = new Set(['unsigned', 'sparse', 'none', 'twice,none', 'small,low'])

async function relationIn(format: string): Promise<Relation> {
  const selected = Object.entries(columns).map(([name, made]) => `${made} as "${name}"`)
  const parquet = await relationOf(await parquetOf(selected.join(', '), ROWS))
  if (format === 'Parquet') return parquet
  const place = await temporaryFile('rows.csv', '')
  await parquet.engine.query(sql`copy (select * from ${parquet.from}) to ${place} (format csv)`)
  return relationOf(dataset(place))
}

test.each(['Parquet', 'text'])('how integers of a %s file repeat is what plain JavaScript counts', async (format) => {
  const relation = await relationIn(format)
  const rows = await relation.engine.query(sql`select * from ${relation.from}`)
  const cells = relation.columns.flatMap(namesOf)
  for (const key of keys) {
    const counts = new Map<string, number>()
    for (const row of rows) {
      const values = key.map((name) => row[cells.indexOf(name)])
      if (!values.includes(null)) counts.set(values.join(), (counts.get(values.join()) ?? 0) + 1)
    }
    const repeated = [...counts.values()].filter((n) => n > 1).reduce((sum, n) => sum + n, 0)
    const present = [...counts.values()].reduce((sum, n) => sum + n, 0)
    const metrics = [distinctCount(key), duplicates(key), commonestCount(key)]
    let results: Awaited<ReturnType<typeof runMetrics>> = new Map()
    const queries = await queriesOf(relation, () =>
      workingWith(relation, async () => {
        results = await runMetrics(metrics, relation)
      }),
    )
    const values = metrics.map(({ key: metric }) => {
      const result = results.get(metric)
      return result?.ok ? result.value : result?.error
    })
    expect([key, ...values]).toEqual([
      key,
      counts.size,
      { distinct: counts.size, rows: repeated, excess: present - counts.size },
      counts.size === 0 ? null : Math.max(...counts.values()),
    ])
    const marked = queries.some((text) => text.includes('bitstring_agg'))
    const alone = format === 'Parquet' || key.length === 1
    expect([key, marked]).toEqual([key, alone && !grouped.has(key.join())])
  }
})
