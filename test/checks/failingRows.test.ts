import { writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import {
  type Check,
  columnsAscending,
  evaluate,
  noMissing,
  uniqueKey,
  valuesBetween,
  valuesIn,
  valuesMatching,
} from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import type { Dataset } from '../../src/dataset/model.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { scansOf } from '../../src/metrics/answers.ts'
import { sql } from '../../src/sql/sql.ts'
import { temporaryFile } from '../helpers/files.ts'
import { queriesOf } from '../helpers/queries.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { newTables } from '../helpers/tables.ts'

interface Row {
  readonly id: number
  readonly kind: string
  readonly x: number | null
  /** A key but for two rows far apart, and one that holds for many. */
  readonly code: number
  readonly many: number
}

/** Some fail from the start, some only far behind, some at the very end. */
const rows: readonly Row[] = Array.from({ length: 60_000 }, (_, i) => ({
  id: i,
  kind: i % 3 === 0 ? 'n/a' : i === 59_999 ? 'last' : 'good',
  x: i % 1000 === 7 ? -1 : i > 59_980 ? null : i,
  code: i === 59_990 ? 5 : i,
  many: i % 2 === 0 ? i : i % 101,
}))
const csvOf = (some: readonly Row[]): string =>
  ['id,kind,x,code,many', ...some.map(({ id, kind, x, code, many }) => [id, kind, x, code, many].join()), ''].join('\n')

/** What a plain loop finds: the numbers of the first twenty rows that break, and how many do. */
function plain(some: readonly Row[], breaks: (row: Row) => boolean) {
  const numbers = some.flatMap((row, i) => (breaks(row) ? [i + 1] : []))
  return { rowNumbers: numbers.slice(0, 20), total: numbers.length }
}

const sharing = new Map<number, number>()
for (const { many } of rows) sharing.set(many, (sharing.get(many) ?? 0) + 1)

const questions: readonly (readonly [string, (data: Dataset) => Check, (row: Row) => boolean])[] = [
  ['often', (data) => valuesIn(data.column('kind'), ['good', 'last']), ({ kind }) => kind === 'n/a'],
  ['seldom', (data) => valuesBetween(data.column('x'), { min: 0 }), ({ x }) => x !== null && x < 0],
  ['at the end only', (data) => noMissing(data.column('x')), ({ x }) => x === null],
  ['once', (data) => valuesMatching(data.column('kind'), /^[^l]/), ({ kind }) => kind === 'last'],
  ['a key of two rows', (data) => uniqueKey(data, ['code']), ({ code }) => code === 5],
  ['a key of many', (data) => uniqueKey(data, ['many']), ({ many }) => (sharing.get(many) ?? 0) > 1],
  ['a pair of columns', (data) => uniqueKey(data, ['kind', 'code']), ({ code }) => code === 5],
  ['in every row', (data) => valuesBetween(data.column('id'), { max: -1 }), () => true],
]

const sources: readonly (readonly [string, () => Promise<Dataset>])[] = [
  ['csv', async () => dataset(await temporaryFile('rows.csv', csvOf(rows)))],
  ['json', async () => dataset(await temporaryFile('rows.jsonl', rows.map((row) => JSON.stringify(row)).join('\n')))],
  ['records', async () => dataset(rows.map((row) => ({ ...row })))],
  [
    'parquet',
    async () => {
      const file = await temporaryFile('rows.csv', csvOf(rows))
      const { engine, from } = await relationOf(dataset(file))
      const path = file.replace(/csv$/, 'parquet')
      await engine.query(
        sql`copy (select id, kind, x, code, many from ${from}) to ${path} (format parquet, row_group_size 2048)`,
      )
      return dataset(path)
    },
  ],
]

const heldTables = async (data: Dataset) =>
  newTables((await relationOf(data)).engine, { named: /^assay_(held|repeated)_/ })

describe.each(sources)('%s', (kind, open) => {
  test('the failing rows that are shown are the first ones, wherever they are', async () => {
    const data = await open()
    const held = await heldTables(data)
    const results = await evaluate(questions.map(([, ask]) => ask(data)))
    for (const [i, [name, , breaks]] of questions.entries()) {
      const sample = rowsOf(results[i])
      expect([name, sample], name).toMatchObject([name, plain(rows, breaks)])
      if (kind === 'csv') expect(sample?.lines).toEqual(sample?.rowNumbers?.map((number) => number + 1))
    }
    expect(rowsOf(results[0])?.values).toEqual([{ cells: ['n/a'], count: Math.ceil(20_000 / 3) }])
    expect(rowsOf(results[0])?.counted).toBe(Math.ceil(20_000 / 3))
    expect(rowsOf(results[1])?.values).toEqual([
      { cells: [kind === 'csv' ? '-1' : expect.stringMatching(/^-1/)], count: expect.any(Number) },
    ])
    // Of keys, those of all rows are told, not of the first: the least of those that are held by most.
    const most = Math.max(...sharing.values())
    const commonest = [...sharing].filter(([, count]) => count === most).map(([value]) => String(value))
    const [many] = rowsOf(results[5])?.values ?? []
    expect(many).toMatchObject({ cells: [commonest.toSorted()[0]], count: most })
    expect(await held()).toEqual([])
  })

  test('asked one check after another they are the same, and the first rows are read no more from the fourth on', async () => {
    const [data, other] = [await open(), await open()]
    const shown = (results: readonly CheckResult[]) => results.map(({ counts, evidence }) => ({ counts, evidence }))
    const together = await evaluate(questions.map(([, ask]) => ask(other)))
    const alone: CheckResult[] = []
    const rest: string[] = []
    for (const [i, [, ask]] of questions.entries()) {
      const seen = await queriesOf(await relationOf(data), async () => alone.push(...(await evaluate(ask(data)))))
      if (i >= 3) rest.push(...seen.filter((text) => /create temp table "?assay_held/.test(text)))
    }
    expect(shown(alone)).toEqual(shown(together))
    expect(rest).toEqual([])
  })

  test('of slices and samples they are those of the slice, by their numbers in the whole', async () => {
    const data = await open()
    const kept = ({ id }: Row) => id >= 30_000
    const [slice] = await evaluate(valuesIn(data.where(sql`id >= 30000`).column('kind'), ['good', 'last']))
    const expected = plain(rows, (row) => kept(row) && row.kind === 'n/a')
    expect(rowsOf(slice)).toMatchObject(expected)
    const sample = data.sample(500)
    const drawn = (await sample.rows()).map(({ id }) => Number(id))
    const [result] = await evaluate(valuesIn(sample.column('kind'), ['good', 'last']))
    const failing = drawn.filter((id) => id % 3 === 0).map((id) => id + 1)
    expect(rowsOf(result)).toMatchObject({ rowNumbers: failing.slice(0, 20), total: failing.length })
  })
})

test('the first rows that stay are those of the file as it is now, whichever are asked in turn, and no more stay over time', async () => {
  const words = ['a', 'b', 'c', 'd']
  const paths = await Promise.all(words.map((word) => temporaryFile(`${word}.csv`, 'w\n1\n')))
  const all = paths.map((path) => dataset(path))
  const asked = async (data: Dataset) => rowsOf((await evaluate(valuesIn(data.column('w'), ['good'])))[0])?.rows
  const held = await heldTables(all[0] as Dataset)
  const counts = new Set<number>()
  for (let turn = 1; turn <= 4; turn++) {
    const text = (i: number): string => `${words[i]}${turn}`
    for (const [i, path] of paths.entries()) await writeFile(path, `w\n${`${text(i)}\n`.repeat(30)}`)
    for (const i of [0, 1, 2, 3, 3, 2, 1, 0, 0, 2, 1, 3])
      expect(await asked(all[i] as Dataset)).toEqual(Array.from({ length: 20 }, () => [text(i)]))
    counts.add((await held()).length)
  }
  expect(counts.size).toBe(1)
})

test('of several files they are the first of all, with their place in each', async () => {
  const files = [
    await temporaryFile('a.csv', csvOf(rows.slice(0, 25_000))),
    await temporaryFile('b.csv', csvOf(rows.slice(25_000))),
  ]
  const data = dataset(files)
  const [end] = await evaluate(noMissing(data.column('x')))
  const late = plain(rows, ({ x }) => x === null).rowNumbers
  expect(rowsOf(end)?.rowNumbers).toEqual(late.map((number) => number - 25_000))
  expect(new Set(rowsOf(end)?.files)).toEqual(new Set([files[1]]))
  const [often] = await evaluate(valuesIn(data.column('kind'), ['good', 'last']))
  expect(rowsOf(often)).toMatchObject(plain(rows, ({ kind }) => kind === 'n/a'))
})

test('however many checks of a file fail, it is read for them a few times only', async () => {
  const counts = []
  for (const width of [4, 40]) {
    const names = Array.from({ length: width }, (_, i) => `c${i}`)
    const lines = Array.from({ length: 300 }, (_, i) => names.map((_name, at) => (i + at) % 7).join())
    const data = dataset(await temporaryFile(`${width}.csv`, `${names.join()}\n${lines.join('\n')}\n`))
    const relation = await relationOf(data)
    const seen = await queriesOf(relation, () =>
      evaluate(names.map((name) => valuesBetween(data.column(name), { max: 2 }))),
    )
    expect(scansOf(relation)).toBe(1)
    counts.push([seen.filter((text) => text.includes('read_csv')).length, seen.length])
  }
  expect(counts[1]).toEqual(counts[0])
  expect(counts[0]?.[0]).toBeLessThanOrEqual(3)
})

test('columns may be called as the query for failing rows calls its own', async () => {
  const names = ['c', 'r', 'v0', 'v1', 'n', 'k', 'failing']
  const records = Array.from({ length: 90 }, (_, i) =>
    Object.fromEntries(names.map((name, at) => [name, (i + at) % 3])),
  )
  const data = dataset(records)
  const results = await evaluate(names.map((name) => valuesBetween(data.column(name), { max: 1 })))
  for (const [at, name] of names.entries()) {
    const numbers = records.flatMap((record, i) => (Number(record[name]) > 1 ? [i + 1] : []))
    const values = [{ cells: ['2'], count: 30 }]
    expect(rowsOf(results[at])).toMatchObject({ total: 30, rowNumbers: numbers.slice(0, 20), values })
  }
  const [pairs] = await evaluate(columnsAscending(data, ['v0', 'c']))
  expect(rowsOf(pairs)).toMatchObject({ total: 30, values: [{ cells: ['2', '0'], count: 30 }] })
})
