import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writeReport } from '../../reporters/index.ts'
import {
  type Check,
  checkFromJSON,
  checkToJSON,
  defineCheck,
  defineMetric,
  evaluate,
  meanBetween,
  parameters,
  quantileBetween,
  rowCount,
  valuesBetween,
} from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { sql } from '../../src/sql/sql.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { HISTORY_FILE, withRun } from '../../src/results/history.ts'
import { folderWith } from '../helpers/files.ts'
import { document } from '../helpers/runDocument.ts'

const day = (n: number): Date => new Date(Date.UTC(2026, 10, n))
const orders = (rows: number, value = 1, name = 'orders') =>
  dataset(
    Array.from({ length: rows }, (_, i) => ({ id: i, amount: value })),
    { name },
  )

/** Runs on one day after the other, each reported into one folder; the results of the last. */
async function days(folder: string, ...runs: readonly (readonly Check[])[]): Promise<readonly CheckResult[]> {
  let results: readonly CheckResult[] = []
  const history = path.join(folder, HISTORY_FILE)
  const before = kept(history).length
  for (const [i, checks] of runs.entries()) {
    const now = day(1 + before + i)
    results = await evaluate(checks, { now, history })
    writeReport(folder, document(results, { at: now.toISOString(), commit: `${i}abcdef0123` }))
  }
  return results
}

function kept(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trim().split('\n')
  } catch {
    return []
  }
}

const grown = (rows: number, change: number | { min?: number; max?: number } = 0.2) => [
  rowCount(orders(rows), { min: 1 }, { change }),
]

test('without an earlier run there is nothing to compare with, which is said and is no pass', async () => {
  const [result] = await days(await folderWith({}), grown(100))
  expect(result).toMatchObject({
    status: 'inconclusive',
    blocking: false,
    expected: 'at least 1 rows, between -20 % and 20 % change since the run before',
    message: expect.stringMatching(/no earlier run/),
  })
  const strict = await evaluate(rowCount(orders(5), { min: 1 }, { change: 0.2, onInconclusive: 'fail' }))
  expect(strict).toMatchObject([{ status: 'inconclusive', blocking: true }])
})

test('a number is held to what it was in the run before', async () => {
  expect(await days(await folderWith({}), grown(100), grown(110))).toMatchObject([
    { status: 'pass', measured: '110 rows, +10 % since the run before' },
  ])
  expect(await days(await folderWith({}), grown(100), grown(79))).toMatchObject([
    {
      status: 'fail',
      measured: '79 rows, -21 % since the run before',
      message: 'it was 100 in the run of 2026-11-01T00:00:00.000Z (0abcdef)',
    },
  ])
  const limits = { min: 0 }
  expect(await days(await folderWith({}), grown(100, limits), grown(500, limits))).toMatchObject([{ status: 'pass' }])
  expect(await days(await folderWith({}), grown(100, limits), grown(99, limits))).toMatchObject([{ status: 'fail' }])
})

test('what failed is nothing to compare with: asking again does not make it pass', async () => {
  const folder = await folderWith({})
  expect(await days(folder, grown(100), grown(10), grown(10), grown(10))).toMatchObject([{ status: 'fail' }])
  expect(await days(folder, grown(105))).toMatchObject([{ status: 'pass' }])
})

test('what a waiver accepted is the new measure', async () => {
  const folder = await folderWith({})
  const [failed] = await days(folder, grown(100), grown(10))
  const waiver = { owner: 'dana', reason: 'known', until: '2999-01-01' }
  const accepted = { ...failed, status: 'accepted', waiver } as CheckResult
  writeReport(folder, document([accepted], { at: day(3).toISOString() }))
  expect(await days(folder, grown(11))).toMatchObject([{ status: 'pass' }])
})

test('of several limits in one run the worst verdict counts', async () => {
  const twice = (rows: number) => [...grown(rows), rowCount(orders(rows), { min: 1 }, { change: 9 })]
  const results = await days(await folderWith({}), twice(100), twice(10), twice(10))
  expect(results.map(({ status }) => status)).toEqual(['fail', 'pass'])
})

test('a changed limit keeps its history, another slice, column or source of the run has its own', async () => {
  const folder = await folderWith({})
  await days(folder, grown(100))
  expect(await days(folder, [rowCount(orders(50), { min: 2 }, { change: 0.6 })])).toMatchObject([{ status: 'pass' }])
  const others = [
    rowCount(orders(100).where({ id: 1 }), { min: 1 }, { change: 0.2 }),
    meanBetween(orders(100).column('amount'), { min: 0 }, { change: 0.2 }),
    rowCount(orders(100, 1, 'others'), { min: 1 }, { change: 0.2 }),
  ]
  expect((await days(folder, others)).map(({ status }) => status)).toEqual(Array(3).fill('inconclusive'))
})

test("today's file follows yesterday's of one name; of two in a run nobody knows which", async () => {
  const file = async (name: string, rows: number) =>
    path.join(await folderWith({ [name]: `id\n${'1\n'.repeat(rows)}` }), name)
  const asked = async (name: string, rows: number) =>
    rowCount(dataset(await file(name, rows), { name: 'orders' }), { min: 1 }, { change: 0.2 })
  const folder = await folderWith({})
  expect(await days(folder, [await asked('monday.csv', 100)], [await asked('tuesday.csv', 50)])).toMatchObject([
    { status: 'fail', measured: '50 rows, -50 % since the run before' },
  ])
  const both = await days(
    await folderWith({}),
    [await asked('a.csv', 100), await asked('b.csv', 10)],
    [await asked('c.csv', 10)],
  )
  expect(both).toMatchObject([{ status: 'inconclusive' }])
})

test('of records of one name in a run whose numbers differ nobody knows which, and none is measured by the other', async () => {
  const both = (first: number, second: number) =>
    [first, second].map((rows) => rowCount(orders(rows), { min: 1 }, { change: 0.2 }))
  const results = await days(await folderWith({}), both(100, 1000), both(100, 100))
  expect(results.map(({ status }) => status)).toEqual(['inconclusive', 'inconclusive'])
  const same = await days(await folderWith({}), both(100, 100), both(100, 100))
  expect(same.map(({ status }) => status)).toEqual(['pass', 'pass'])
})

test('an empty file where the history or a report should be holds nothing that is lost', async () => {
  const folder = await folderWith({ [HISTORY_FILE]: '', 'index.html': '' })
  await days(folder, [rowCount(orders(100), { min: 1 }, { change: 0.2 })])
  expect(kept(path.join(folder, HISTORY_FILE))).toHaveLength(1)
})

test('aggregates, and from nothing to something is more than any share', async () => {
  const mean = (value: number) => [
    meanBetween(orders(3, value).column('amount'), { min: -9 }, { change: { max: 100 } }),
  ]
  expect(await days(await folderWith({}), mean(2), mean(3))).toMatchObject([{ status: 'pass', value: 3 }])
  expect(await days(await folderWith({}), mean(0), mean(3))).toMatchObject([
    { status: 'fail', measured: '3, and 0 in the run before' },
  ])
  expect(await days(await folderWith({}), mean(-2), mean(-1))).toMatchObject([
    { measured: '-1, +50 % since the run before' },
  ])
})

test('run documents that were kept are a history', async () => {
  const results = await evaluate(grown(100))
  const history = [document(results, { at: day(1).toISOString() })]
  expect(await evaluate(grown(50), { history, now: day(2) })).toMatchObject([{ status: 'fail' }])
  // Of the run itself and of later ones nothing is earlier.
  expect(await evaluate(grown(50), { history, now: day(1) })).toMatchObject([{ status: 'inconclusive' }])
})

test('a check of your own sees what came before', async () => {
  const total = defineMetric({
    name: 'total',
    cells: ({ value }) => [{ fn: 'sum', of: value }],
    finish: ([sum]) => Number(sum),
  })
  const rising = defineCheck.aggregate({
    kind: 'totalRising',
    noun: 'total',
    metric: total,
    judge: (number, _, { history, now }) => {
      const before = history.findLast(({ at }) => Date.parse(at) < now.getTime())
      if (before === undefined) return { status: 'inconclusive' }
      return { status: Number(number) > before.value ? 'pass' : 'fail', message: `before it was ${before.value}` }
    },
  })
  const of = (value: number) => [rising(orders(2, value).column('amount'), { min: 0 })]
  expect(await days(await folderWith({}), of(1))).toMatchObject([{ status: 'inconclusive', measured: '2' }])
  expect(await days(await folderWith({}), of(1), of(1))).toMatchObject([{ status: 'fail', message: 'before it was 2' }])
  const seen: unknown[] = []
  const looking = defineCheck.run({
    kind: 'looksBack',
    title: () => 'looks back',
    expected: () => 'something',
    run: (_, __, { history }) => {
      seen.push(history.map(({ value, status }) => [status, value]))
      return { status: 'pass', measured: 'seen', value: 7 }
    },
  })
  await days(await folderWith({}), [looking(orders(1))], [looking(orders(1))])
  expect(seen).toEqual([[], [['pass', 7]]])
})

test('what is no history is an error, never a pass', async () => {
  const folder = await folderWith({
    [HISTORY_FILE]: '{"schema":"assay/history/1","at":"2026-01-01","results":{"a":[1]}}\n',
  })
  const history = path.join(folder, HISTORY_FILE)
  expect(await evaluate(grown(5), { history })).toMatchObject([
    { status: 'error', message: expect.stringMatching(/line 1 is no run/) },
  ])
  // Who compares with nothing does not read it.
  expect(await evaluate(rowCount(orders(5), 5), { history })).toMatchObject([{ status: 'pass' }])
  await expect(evaluate(grown(5), { history: [{}] as never })).rejects.toThrow(/evaluate got .* as history/)
  writeFileSync(history, 'my notes')
  expect(() => writeReport(folder, document([], { at: day(1).toISOString() }))).toThrow(/is no report of Assay/)
})

test('a line of the history that is no run stays, and is told of in every run until somebody mends it', async () => {
  const folder = await folderWith({})
  const history = path.join(folder, HISTORY_FILE)
  await days(folder, grown(100), grown(110))
  const [first, second] = kept(history)
  const cut = (second as string).slice(0, 80)
  writeFileSync(history, `${first}\n${cut}\n`)
  for (const _ of [3, 4])
    expect(await days(folder, grown(90))).toMatchObject([
      { status: 'error', message: expect.stringMatching(/line \d is no run\n +hint: mend or remove/) },
    ])
  expect(kept(history)).toContain(cut)
  writeFileSync(history, readFileSync(history, 'utf8').replace(cut, second as string))
  expect(await evaluate(grown(109), { history, now: day(9) })).toMatchObject([{ status: 'pass' }])
})

test('of a personal column no number is kept', async () => {
  const people = dataset([{ id: 1, salary: 4321 }], { name: 'people', pii: ['salary'] })
  const asked = () => [meanBetween(people.column('salary'), { min: 0 }, { change: 0.1 })]
  const folder = await folderWith({})
  expect(await days(folder, asked(), asked())).toMatchObject([{ status: 'inconclusive' }])
  expect(kept(path.join(folder, HISTORY_FILE)).join()).not.toContain('4321')
})

test('a contract holds the limits of a change', () => {
  const check = rowCount(orders(1), { min: 1 }, { change: 0.2, onInconclusive: 'fail' })
  const json = { kind: 'rowCount', bounds: { min: 1 }, change: { min: -0.2, max: 0.2 }, onInconclusive: 'fail' }
  expect(checkToJSON(check)).toEqual(json)
  expect(checkToJSON(checkFromJSON(orders(1), json))).toEqual(json)
  expect(() => rowCount(orders(1), 1, { change: -1 })).toThrow(/rowCount got change: -1/)
  expect(() => rowCount(orders(1), 1, { change: {} })).toThrow(/no limit at all/)
})

test('earlier runs count by their days, in whatever order they are kept', async () => {
  const ran = async (n: number, rows: number) =>
    document(await evaluate(grown(rows), { now: day(n) }), { at: day(n).toISOString() })
  const [first, second, later] = [await ran(1, 100), await ran(2, 10), await ran(4, 1000)]
  for (const history of [
    [first, second, later],
    [second, later, first],
    [later, second, first],
  ]) {
    const [result] = await evaluate(grown(11), { now: day(3), history })
    expect(result).toMatchObject({ status: 'pass', measured: '11 rows, +10 % since the run before' })
  }
})

test('what measured nothing, or the opposite, is nothing to compare with', async () => {
  const [held] = await evaluate(grown(10), { now: day(1) })
  for (const more of [{ negated: true }, { value: Number.NaN }, { value: undefined as never }, { value: Infinity }]) {
    const history = [document([{ ...(held as CheckResult), status: 'pass', ...more }], { at: day(1).toISOString() })]
    expect(await evaluate(grown(10), { now: day(2), history })).toMatchObject([{ status: 'inconclusive' }])
  }
})

test('what a test caught, or was expected to fail by, is no measure for the next run', async () => {
  const folder = await folderWith({})
  const [before] = await days(folder, grown(100), grown(100))
  const caught: CheckResult = { ...(before as CheckResult), status: 'accepted', blocking: false, value: 500 }
  writeReport(folder, document([caught], { at: day(3).toISOString() }))
  expect((await days(folder, grown(500)))[0]).toMatchObject({ status: 'fail' })
})

test('rows of the last days follow those of the days before; of two such windows nobody knows which', async () => {
  const sold = (...days: string[]) =>
    dataset(
      days.map((text) => ({ day: text })),
      { name: 'sold' },
    )
  const [monday, tuesday, wednesday] = ['2026-06-01', '2026-06-02', '2026-06-03']
  const rows = sold(monday, monday, tuesday, wednesday)
  for (const of of [
    (text: string) => rows.where({ day: text }),
    (text: string) => rows.where(sql`day = ${text}`),
    (text: string) => dataset(sql`select * from ${rows} where day = ${text}`, { name: 'of the day' }),
  ]) {
    const asked = (text: string) => rowCount(of(text), { min: 1 }, { change: 0.2 })
    expect(await days(await folderWith({}), [asked(monday)], [asked(tuesday)])).toMatchObject([
      { status: 'fail', measured: '1 row, -50 % since the run before' },
    ])
    const both = await days(await folderWith({}), [asked(monday), asked(tuesday)], [asked(wednesday)])
    expect(both).toMatchObject([{ status: 'inconclusive' }])
  }
})

test('what is stated in other words or numbers is not measured by what another statement came to', async () => {
  const column = dataset(
    Array.from({ length: 100 }, (_, i) => ({ amount: i })),
    { name: 'numbers' },
  ).column('amount')
  const quantile = (at: number) => [quantileBetween(column, { min: 0 }, { at, change: 0.9 })]
  expect(await days(await folderWith({}), quantile(0.9), quantile(0.5))).toMatchObject([{ status: 'inconclusive' }])
  const seen: unknown[] = []
  const totalOf = defineCheck.run({
    kind: 'totalOf',
    parameters: [parameters.text('of', { doc: 'the column', example: "'a'", role: 'asked' })],
    title: ({ of }) => `total of ${of}`,
    expected: () => 'something',
    run: (_, { of }, { history }) => {
      seen.push(history.map(({ value }) => value))
      return { status: 'pass', measured: 'seen', value: of.length }
    },
  })
  await days(await folderWith({}), [totalOf(orders(1), 'id')], [totalOf(orders(1), 'amount')])
  expect(seen).toEqual([[], []])
})

test('what failed for longer than runs are kept is still compared with what held before', async () => {
  const folder = await folderWith({})
  await days(folder, grown(100))
  const [failed] = await days(folder, grown(10))
  const history = path.join(folder, HISTORY_FILE)
  let text = readFileSync(history, 'utf8')
  for (let n = 3; n < 210; n++) text = withRun(text, document([failed as CheckResult], { at: day(n).toISOString() }))
  writeFileSync(history, text)
  expect(kept(history)).toHaveLength(201)
  expect(await evaluate(grown(10), { now: day(300), history })).toMatchObject([
    { status: 'fail', message: expect.stringMatching(/^it was 100 in the run of 2026-11-01/) },
  ])
  // What holds again, and what is asked no more, is kept as long as its runs.
  writeReport(folder, document(await evaluate(grown(100), { now: day(300) }), { at: day(300).toISOString() }))
  expect(kept(history)).toHaveLength(200)
})

test('two runs of one instant that ask different things are both kept', async () => {
  const folder = await folderWith({})
  const at = day(1).toISOString()
  for (const name of ['a', 'b', 'a'])
    writeReport(folder, document(await evaluate(rowCount(orders(100, 1, name), 100)), { at }))
  const history = path.join(folder, HISTORY_FILE)
  expect(kept(history)).toHaveLength(1)
  for (const name of ['a', 'b'])
    expect(
      await evaluate(rowCount(orders(99, 1, name), { min: 1 }, { change: 0.2 }), { now: day(2), history }),
    ).toMatchObject([{ status: 'pass' }])
})

test('what a run did not ask it has no measure of, and one that measured nothing is none to compare with', async () => {
  const folder = await folderWith({})
  const asked = (name: string, rows: number) => rowCount(orders(rows, 1, name), { min: 1 }, { change: 0.2 })
  await days(folder, [asked('a', 100), asked('b', 100)], [asked('a', 100)])
  writeReport(folder, document([], { at: day(3).toISOString() }))
  expect(kept(path.join(folder, HISTORY_FILE))).toHaveLength(2)
  expect(await days(folder, [asked('b', 50)])).toMatchObject([
    { status: 'fail', message: expect.stringMatching(/^it was 100 in the run of 2026-11-01/) },
  ])
})

test('a file that moved between two runs of one instant is one question', async () => {
  const folder = await folderWith({})
  const asked = async (name: string, rows: number) => {
    const file = path.join(await folderWith({ [name]: `id\n${'1\n'.repeat(rows)}` }), name)
    return rowCount(dataset(file, { name: 'orders' }), { min: 1 }, { change: 0.2 })
  }
  const at = day(1).toISOString()
  for (const [name, rows] of [
    ['old.csv', 100],
    ['new.csv', 50],
  ] as const)
    writeReport(folder, document(await evaluate(await asked(name, rows), { now: day(1) }), { at }))
  expect(await days(folder, [await asked('newest.csv', 50)])).toMatchObject([
    { status: 'pass', measured: '50 rows, as in the run before' },
  ])
})

test('a file of each day that fails for longer than runs are kept is compared with the one that held', async () => {
  const folder = await folderWith({})
  const asked = async (name: string, rows: number) => {
    const file = path.join(await folderWith({ [name]: `id\n${'1\n'.repeat(rows)}` }), name)
    return rowCount(dataset(file, { name: 'orders' }), { min: 1 }, { change: 0.2 })
  }
  await days(folder, [await asked('first.csv', 100)])
  const [failed] = await days(folder, [await asked('second.csv', 10)])
  const history = path.join(folder, HISTORY_FILE)
  let text = readFileSync(history, 'utf8')
  for (let n = 3; n < 210; n++) {
    const trend = (failed as CheckResult).trend.replace(/~\w{12}/, `~${String(n).padStart(12, '0')}`)
    text = withRun(text, document([{ ...(failed as CheckResult), trend }], { at: day(n).toISOString() }))
  }
  writeFileSync(history, text)
  expect(await evaluate(await asked('last.csv', 10), { now: day(300), history })).toMatchObject([
    { status: 'fail', message: expect.stringMatching(/^it was 100 in the run of 2026-11-01/) },
  ])
})

test('of two sources of one name each has its own history, also after a run that asked one of them alone', async () => {
  const file = async (rows: number) =>
    path.join(await folderWith({ 'orders.csv': `id\n${'1\n'.repeat(rows)}` }), 'orders.csv')
  const [small, large] = [await file(100), await file(1000)]
  const asked = (source: string) => rowCount(dataset(source), { min: 1 }, { change: 0.2 })
  const folder = await folderWith({})
  const results = await days(folder, [asked(small), asked(large)], [asked(small)], [asked(small), asked(large)])
  expect(results.map(({ measured }) => measured)).toEqual([
    '100 rows, as in the run before',
    '1,000 rows, as in the run before',
  ])
})

test('limits that are instants are one question, and two verdicts', async () => {
  const days = dataset([{ day: new Date('2026-11-01') }, { day: new Date('2026-11-05') }], { name: 'days' })
  const since = (min: string) => valuesBetween(days.column('day'), { min })
  const [early, late] = await evaluate([since('2026-11-01'), since('2026-11-03')])
  expect([early?.status, late?.status]).toEqual(['pass', 'fail'])
  expect(late?.counts).toMatchObject({ failed: 1 })
  expect(early?.id).toBe(late?.id)
})
