import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writeReport } from '../../reporters/index.ts'
import { type Check, defineCheck, evaluate, parameters, quantileBetween, rowCount } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { sql } from '../../src/sql/sql.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { HISTORY_FILE, withRun } from '../../src/results/history.ts'
import { folderWith } from '../helpers/files.ts'
import { document } from '../helpers/runDocument.ts'
import { day, days, grown, kept, orders } from '../helpers/historyDays.ts'

/** The question of a file's rows, wherever the file lies. */
async function ofFile(name: string, rows: number): Promise<Check> {
  const file = path.join(await folderWith({ [name]: `id\n${'1\n'.repeat(rows)}` }), name)
  return rowCount(dataset(file, { name: 'orders' }), { min: 1 }, { change: 0.2 })
}

test("today's file follows yesterday's of one name; of two in a run nobody knows which", async () => {
  const folder = await folderWith({})
  expect(await days(folder, [await ofFile('monday.csv', 100)], [await ofFile('tuesday.csv', 50)])).toMatchObject([
    { status: 'fail', measured: '50 rows, -50 % since the run before' },
  ])
  const both = await days(
    await folderWith({}),
    [await ofFile('a.csv', 100), await ofFile('b.csv', 10)],
    [await ofFile('c.csv', 10)],
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
  const at = day(1).toISOString()
  for (const [name, rows] of [
    ['old.csv', 100],
    ['new.csv', 50],
  ] as const)
    writeReport(folder, document(await evaluate(await ofFile(name, rows), { now: day(1) }), { at }))
  expect(await days(folder, [await ofFile('newest.csv', 50)])).toMatchObject([
    { status: 'pass', measured: '50 rows, as in the run before' },
  ])
})

test('a file of each day that fails for longer than runs are kept is compared with the one that held', async () => {
  const folder = await folderWith({})
  await days(folder, [await ofFile('first.csv', 100)])
  const [failed] = await days(folder, [await ofFile('second.csv', 10)])
  const history = path.join(folder, HISTORY_FILE)
  let text = readFileSync(history, 'utf8')
  for (let n = 3; n < 210; n++) {
    const trend = (failed as CheckResult).trend.replace(/~\w{12}/, `~${String(n).padStart(12, '0')}`)
    text = withRun(text, document([{ ...(failed as CheckResult), trend }], { at: day(n).toISOString() }))
  }
  writeFileSync(history, text)
  expect(await evaluate(await ofFile('last.csv', 10), { now: day(300), history })).toMatchObject([
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
