import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dataset, type Dataset } from '../../src/dataset/dataset.ts'
import { type DriftOptions, freeze, noDriftFrom } from '../../src/drift/index.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { sql } from '../../src/sql/sql.ts'
import { clopperPearson } from '../../src/stats/clopperPearson.ts'
import { folderWith, temporaryFile } from '../helpers/files.ts'
import { numberOf } from '../helpers/blocks.ts'
import { compare, many } from './data.ts'

interface Row {
  readonly id: number | null
  readonly x: number | null
  readonly n: number | null
  readonly word: string | null
}
const training = many(2000, (i): Row => ({ id: i, x: i / 7, n: i, word: i % 2 ? 'a' : 'b' }))
const served = (change: (row: Row, i: number) => Partial<Row>) =>
  dataset(training.map((row, i) => ({ ...row, ...change(row, i) })).toReversed(), { name: 'serving' })
const reference = dataset(training, { name: 'training' })
const by: DriftOptions = { joinBy: 'id' }

test('the share of rows of the same key whose values differ is counted by column, whatever their order', async () => {
  const results = await compare(
    served((row, i) => ({
      x: i % 10 === 0 ? (row.x as number) + 0.5 : (row.x as number) * (1 + 1e-12),
      word: i < 40 ? null : row.word,
    })),
    reference,
    by,
  )
  expect(results.map(({ subject, status, value }) => [subject.column, status, value])).toEqual([
    ['x', 'fail', 0.1],
    ['n', 'pass', 0],
    ['word', 'fail', 0.02],
  ])
  expect(results[0]).toMatchObject({
    expected: 'share that differs at most 0.01',
    message: '200 of 2,000 joined rows differ (10 %); numbers by 0.5 on average, 0.5 with their sign',
  })
  expect(results[2]?.message).toBe('40 of 2,000 joined rows differ (2 %), 40 without the value that the reference has')
})

test.each([0.01, 0.02])(
  'bounds are those of Clopper and Pearson, each side at its level, beside a limit of %s',
  async (limit) => {
    const result = (
      await compare(served((_, i) => (i < 30 ? { n: -1 } : {})).column('n'), reference, { ...by, limit })
    )[0]
    const [lower, upper] = numberOf(result as never)?.interval ?? []
    const [least, most] = clopperPearson(30, 2000, 0.9)
    expect(lower).toBeCloseTo(least, 4)
    expect(upper).toBeCloseTo(most, 4)
  },
)

test('few joined rows show nothing, and say how many would', async () => {
  const few = dataset(training.slice(0, 100), { name: 'serving' })
  const [result] = await compare(few.column('n'), reference, by)
  expect(result).toMatchObject({
    status: 'inconclusive',
    message: expect.stringContaining('about 299 rows of the current data would decide'),
  })
})

test('counts are those of JavaScript, for missing values, numbers that are none, and rows of one side', async () => {
  const value = fc.option(fc.constantFrom(0, -0, 1, 1 + 1e-12, 1.1, 1e300, Number.NaN, Infinity, -Infinity))
  const word = fc.option(fc.constantFrom('', 'a', 'A', "'"))
  const rows = fc.uniqueArray(fc.record({ id: fc.option(fc.nat(12)), x: value, word }), {
    selector: ({ id }) => id ?? Symbol('none'),
    minLength: 1,
    maxLength: 14,
  })
  const differs = (a: number | string | null, b: number | string | null): boolean => {
    if (typeof a !== 'number' || typeof b !== 'number') return a !== b
    if (!Number.isFinite(a) || !Number.isFinite(b)) return !Object.is(a, b)
    return Math.abs(a - b) > 1e-9 * Math.max(Math.abs(a), Math.abs(b))
  }
  await fc.assert(
    fc.asyncProperty(rows, rows, async (mine, theirs) => {
      const joined = mine.flatMap((a) => {
        const b = theirs.find(({ id }) => id !== null && id === a.id)
        return b ? [[a, b] as const] : []
      })
      fc.pre(joined.length > 0)
      const types = { id: 'integer', x: 'number', word: 'string' } as const
      const side = (some: typeof mine) => dataset(some, { types } as never)
      const results = await compare(side(mine), side(theirs), by)
      for (const name of ['x', 'word'] as const) {
        const found = results.find(({ subject }) => subject.column === name)
        expect(found?.value, name).toBeCloseTo(
          joined.filter(([a, b]) => differs(a[name], b[name])).length / joined.length,
          12,
        )
      }
    }),
    { numRuns: 12 },
  )
})

test('a key that occurs twice, is on neither side, or joins nothing is an error that says so', async () => {
  const twice = dataset([...training, training[5] as Row], { name: 'serving' })
  expect(await compare(twice, reference, by)).toMatchObject([
    { status: 'error', message: expect.stringContaining('1 value of id occurs several times in "serving"') },
  ])
  expect(
    await compare(
      served(() => ({})),
      reference,
      { joinBy: 'key' },
    ),
  ).toMatchObject([{ status: 'error' }])
  const others = served((_, i) => ({ id: i + 1_000_000 }))
  expect(await compare(others, reference, by)).toMatchObject([
    { status: 'error', message: expect.stringContaining('no row of "serving" has a id of "training"') },
  ])
})

test('cells of a text file that are none of the type differ by their text, and a type that changed is an error', async () => {
  const file = async (rows: readonly string[]) =>
    dataset(await temporaryFile('side.csv', `id,x\n${rows.join('\n')}\n`), { types: { id: 'integer', x: 'number' } })
  const rows = many(400, (i) => `${i},${i}`)
  const [same] = await compare(await file([...rows, '400,n/a']), await file([...rows, '400,n/a']), by)
  expect(same).toMatchObject({ status: 'pass', value: 0 })
  const [other] = await compare(await file([...rows, '400,n/a']), await file([...rows, '400,?']), by)
  expect(other?.value).toBeCloseTo(1 / 401, 12)
  const words = dataset(many(400, (i) => ({ id: i, x: 'a' })))
  expect(await compare(words, await file(rows), by)).toMatchObject([
    { status: 'error', message: expect.stringContaining('holds string values in the current data and number values') },
  ])
})

test('a column without any value on one side differs where the other one has a value', async () => {
  const none = served((_, i) => ({ x: null, word: i < 500 ? null : 'a' }))
  const results = await compare(
    none,
    served((_, i) => ({ x: i < 1000 ? i : null })),
    by,
  )
  expect(results.map(({ subject, status, value }) => [subject.column, status, value])).toEqual([
    ['x', 'fail', 0.5],
    ['n', 'pass', 0],
    ['word', 'fail', (500 + 750) / 2000],
  ])
  expect(results[0]?.message).toBe(
    '1,000 of 2,000 joined rows differ (50 %), 1,000 without the value that the reference has',
  )
  expect((await compare(reference, none, by))[0]?.message).toContain('2,000 with a value that it lacks')
})

test('of many columns each has its own count, whatever the others are', async () => {
  const names = many(65, (i) => `c${i}`)
  const row = (id: number, differs: boolean) => ({
    id,
    text: differs ? 'a' : 1,
    ...Object.fromEntries(names.map((name, i) => [name, differs && id < i ? -1 : id])),
  })
  const sides = [true, false].map((differs) => dataset(many(100, (id) => row(id, differs)))) as [Dataset, Dataset]
  const [wrong, ...others] = await compare(...sides, by)
  expect(wrong).toMatchObject({ status: 'error', subject: { column: 'text' } })
  expect(others.map(({ value }) => value)).toEqual(names.map((_, i) => i / 100))
})

test('integers are compared to the last digit, and with decimals as far as doubles go', async () => {
  const big = (by: bigint) =>
    dataset({
      id: Int32Array.from({ length: 300 }, (_, i) => i),
      n: BigInt64Array.from({ length: 300 }, (_, i) => 2n ** 60n + BigInt(i) + (i < 30 ? by : 0n)),
    })
  const [moved] = await compare(big(1n), big(0n), by)
  expect(moved).toMatchObject({ status: 'fail', value: 0.1 })
  const whole = dataset(many(300, (id) => ({ id, n: id })))
  const near = (by: number) => dataset(many(300, (id) => ({ id, n: id + (id < 30 ? 0.25 : id * by) })))
  expect((await compare(near(1e-13), whole, by))[0]?.value).toBe(0.1)
  expect((await compare(whole, near(1e-6), by))[0]?.value).toBe(1)
})

test('the least share that fails is about the one that is told', async () => {
  const compared = async (count: number) =>
    (await compare(served((_, i) => (i < count ? { n: -1 } : {})).column('n'), reference, by))[0] as CheckResult
  const least = Math.ceil((numberOf(await compared(0))?.leastDetectable ?? 0) * 2000)
  expect((await compared(least - 3)).status).toBe('inconclusive')
  expect((await compared(least + 2)).status).toBe('fail')
})

test('what compares distributions says nothing of joined rows, and is refused beside them', async () => {
  for (const more of [
    { method: 'psi' },
    { compat: 'evidently' },
    { findings: false },
    { clusterBy: 'id' },
    { segmentBy: 'word' },
  ] as const)
    expect(() => noDriftFrom(reference, reference, { joinBy: 'id', ...more })).toThrow(/got joinBy and/)
  for (const joinBy of ['', [], 3 as never])
    expect(() => noDriftFrom(reference, reference, { joinBy })).toThrow(/joinBy is the name/)
  const path = `${await folderWith({})}/r.profile.json`
  await freeze(reference, path)
  expect(() => noDriftFrom(reference, path, by)).toThrow(/got joinBy, and a frozen reference has no rows/)
})

test.each([{ columns: ['n', 'id'] }, { limit: { id: 0.1 } }])(
  'a column that rows are joined by, and that is to be compared, is an error, since it cannot differ: %j',
  (options) => {
    expect(() =>
      noDriftFrom(
        served(() => ({})),
        reference,
        { ...by, ...options },
      ),
    ).toThrow(`got column "id" in ${Object.keys(options)[0]} and in joinBy`)
  },
)

test('so is the one column that is compared, but with another of the reference', async () => {
  const now = served(() => ({}))
  expect(() => noDriftFrom(now.column('id'), reference.column('id'), by)).toThrow(
    'got column "id" as what is compared and in joinBy',
  )
  expect(await compare(now.column('id'), reference.column('n'), by)).toMatchObject([{ status: 'pass', value: 0 }])
})

test('of a personal column shares are told and no value', async () => {
  const people = dataset(
    training.map((row) => ({ ...row, n: 777_777 })),
    { name: 'serving', pii: ['n', 'word'] },
  )
  const results = await compare(people, reference, by)
  expect(JSON.stringify(results.filter(({ subject }) => subject.column === 'n'))).not.toMatch(/777|average/)
})

test('rows of a query are joined with those of a file', async () => {
  const file = dataset(await temporaryFile('served.csv', 'id,x\n1,1\n2,2\n3,9\n'))
  const stored = dataset(sql`select id, x from ${dataset([1, 2, 3].map((id) => ({ id, x: id })))}`, { name: 'stored' })
  const results = await compare(file, stored, by)
  expect(results.find(({ subject }) => subject.column === 'x')).toMatchObject({
    status: 'fail',
    measured: 'share that differs = 0.33 [0.017, 0.86]',
  })
})
