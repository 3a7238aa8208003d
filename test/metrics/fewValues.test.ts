import { expect, test } from 'vitest'
import {
  type Check,
  evaluate,
  noMissing,
  valueLengthBetween,
  valuesIn,
  valuesMatching,
  valuesOfType,
} from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { missingCount } from '../../src/metrics/kinds/missingCount.ts'
import { runMetrics } from '../../src/metrics/run.ts'
import { sql } from '../../src/sql/sql.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { temporaryFile } from '../helpers/files.ts'
import { queriesOf } from '../helpers/queries.ts'

const ROWS = 30_000
const words = ['new', 'paid', null, '', 'NÄW', 'a\u{1F600}b', "it's", 'NaN']

/** Few values throughout; few at the front and many behind; many from the start; one; none. */
const rows = Array.from({ length: ROWS }, (_, i) => ({
  status: words[(i * 7919) % words.length] ?? null,
  late: i < 25_000 ? 'same' : `value ${i}`,
  many: `value ${(i * 31) % 5000}`,
  one: 'x',
  none: null as string | null,
}))

async function parquetOf(count: number): Promise<Dataset> {
  const place = (await temporaryFile('rows.csv', '')).replace(/csv$/, 'parquet')
  const { engine, from } = await relationOf(dataset(rows.slice(0, count), { types: { none: 'string' } }))
  await engine.query(sql`copy (select * from ${from}) to ${place} (format parquet, row_group_size 4096)`)
  return dataset(place)
}

const names = ['status', 'late', 'many', 'one', 'none'] as const
const asked = (data: Dataset): readonly Check[] =>
  names.flatMap((name) => {
    const column = data.column(name)
    return [
      noMissing(column, { mostly: 0.01 }),
      valuesIn(column, ['new', 'paid', 'same', 'value 7']),
      valuesMatching(column, /^[a-z]/u),
      valuesMatching(column, /^\w+ ?\d*$/u, { nulls: 'fail' }),
      valueLengthBetween(column, { min: 1, max: 3 }),
      valuesOfType(column, 'string'),
    ]
  })

test('columns of few values are judged once for each value, and every count and row is that of all rows', async () => {
  const file = await parquetOf(ROWS)
  const relation = await relationOf(file)
  let results: Awaited<ReturnType<typeof evaluate>> = []
  const queries = await queriesOf(relation, async () => (results = await evaluate(asked(file))))
  const held = await evaluate(asked(dataset(rows, { types: { none: 'string' } })))
  const told = (list: typeof results) =>
    list.map((result) => [
      result.subject.column,
      result.title,
      result.status,
      result.counts,
      rowsOf(result)?.rowNumbers,
      rowsOf(result)?.rows.map((cells) => cells[0]),
    ])
  expect(told(results)).toEqual(told(held))
  // By hand, so that both are not wrong in one way.
  const inSet = results.filter(({ title }) => title.startsWith('values in') || title.includes('one of'))
  const set = new Set(['new', 'paid', 'same', 'value 7'])
  for (const { subject, counts } of inSet) {
    const cells = rows.map((row) => row[subject.column as (typeof names)[number]])
    const missing = cells.filter((cell) => cell === null).length
    const failed = cells.filter((cell) => cell !== null && !set.has(cell)).length
    expect([subject.column, counts]).toEqual([subject.column, { rows: ROWS, missing, tested: ROWS - missing, failed }])
  }
  expect(inSet).toHaveLength(names.length)
  const byValue = (name: string) => queries.filter((text) => text.endsWith(`group by "${name}") as g`)).length
  expect(names.map((name) => [name, byValue(name)])).toEqual([
    ['status', 1],
    ['late', 1],
    ['many', 0],
    ['one', 1],
    ['none', 1],
  ])
})

test('a small table is judged row by row, and so are slices', async () => {
  const small = await parquetOf(5000)
  const queries = await queriesOf(await relationOf(small), () => evaluate(asked(small)))
  expect(queries.filter((text) => text.endsWith('") as g'))).toEqual([])
  const large = await parquetOf(ROWS)
  const slice = large.where({ one: 'x' })
  const ofSlice = await queriesOf(await relationOf(large), () => evaluate(asked(slice)))
  expect(ofSlice.filter((text) => text.endsWith('") as g'))).toEqual([])
})

test('what asks only how many values are there looks at none of them first', async () => {
  const relation = await relationOf(await parquetOf(ROWS))
  const metrics = names.map((name) => missingCount(name))
  const queries = await queriesOf(relation, async () => {
    const results = await runMetrics(metrics, relation)
    const missing = names.map((name) => rows.filter((row) => row[name] === null).length)
    expect(metrics.map(({ key }) => results.get(key))).toMatchObject(missing.map((value) => ({ ok: true, value })))
  })
  expect(queries).toHaveLength(1)
})
