import { readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { evaluate, uniqueKey } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import type { Relation } from '../../src/engine/engine.ts'
import { duplicates } from '../../src/metrics/kinds/duplicates.ts'
import { runMetrics } from '../../src/metrics/run.ts'
import { sql } from '../../src/sql/sql.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { parquetOf } from '../helpers/parquet.ts'
import { queriesOf } from '../helpers/queries.ts'

const ROWS = 60_000

test('rows that reach further than was looked at are grouped', async () => {
  const plain = await relationOf(await parquetOf('i::bigint as id', ROWS))
  await plain.engine.query(sql`create temp sequence "further"`)
  // Each scan has other numbers than the one before.
  const relation: Relation = {
    ...plain,
    from: sql`(select nextval('further')::bigint as id from range(60000)) as t`,
    columnar: true,
  }
  let results: Awaited<ReturnType<typeof runMetrics>> = new Map()
  const queries = await queriesOf(relation, async () => {
    results = await runMetrics([duplicates(['id'])], relation)
  })
  expect(queries.map((text) => /max|limit|bitstring_agg|group by/.exec(text)?.[0])).toEqual([
    'max',
    'limit',
    'bitstring_agg',
    'group by',
  ])
  expect(results.get(duplicates(['id']).key)).toMatchObject({ ok: true, value: { distinct: ROWS, rows: 0, excess: 0 } })
})

test('a key of integers that does not hold is told with its rows, and one that holds passes', async () => {
  const data = await parquetOf('case when i in (7, 9) then 8 else i end as id, i as other', ROWS)
  const [broken, holds] = await evaluate([uniqueKey(data, ['id']), uniqueKey(data, ['other'])])
  expect(broken).toMatchObject({ status: 'fail', counts: { rows: ROWS, missing: 0, tested: ROWS, failed: 3 } })
  expect(broken && rowsOf(broken)?.rowNumbers).toEqual([8, 9, 10])
  expect(holds).toMatchObject({ status: 'pass', counts: { rows: ROWS, missing: 0, tested: ROWS, failed: 0 } })
})

test('a file that says wrongly how far its keys reach is judged by its rows', async () => {
  const data = await parquetOf('case when i < 4 then 0 else i end::bigint as id', ROWS)
  const bytes = await readFile(data.source)
  const told = Buffer.alloc(8)
  told.writeBigInt64LE(BigInt(ROWS - 1))
  const lied = Buffer.alloc(8)
  lied.writeBigInt64LE(BigInt(ROWS >> 1))
  const footer = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8)
  const places: number[] = []
  for (let at = bytes.indexOf(told, footer); at >= 0; at = bytes.indexOf(told, at + 1)) places.push(at)
  expect(places.length).toBeGreaterThan(0)
  for (const at of places) lied.copy(bytes, at)
  await writeFile(data.source, bytes)
  const [result] = await evaluate(uniqueKey(dataset(data.source), ['id']))
  expect(result).toMatchObject({ status: 'fail', counts: { rows: ROWS, missing: 0, tested: ROWS, failed: 4 } })
  expect(result && rowsOf(result)?.rowNumbers).toEqual([1, 2, 3, 4])
})
