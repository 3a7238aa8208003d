import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writeReport } from '../../reporters/index.ts'
import {
  checkFromJSON,
  checkToJSON,
  defineCheck,
  defineMetric,
  evaluate,
  meanBetween,
  rowCount,
  valuesBetween,
} from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { HISTORY_FILE } from '../../src/results/history.ts'
import { folderWith } from '../helpers/files.ts'
import { document } from '../helpers/runDocument.ts'
import { day, days, grown, kept, orders } from '../helpers/historyDays.ts'

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

test('limits that are instants are one question, and two verdicts', async () => {
  const days = dataset([{ day: new Date('2026-11-01') }, { day: new Date('2026-11-05') }], { name: 'days' })
  const since = (min: string) => valuesBetween(days.column('day'), { min })
  const [early, late] = await evaluate([since('2026-11-01'), since('2026-11-03')])
  expect([early?.status, late?.status]).toEqual(['pass', 'fail'])
  expect(late?.counts).toMatchObject({ failed: 1 })
  expect(early?.id).toBe(late?.id)
})
