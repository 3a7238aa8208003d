import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkFromJSON, checkToJSON, evaluate, maxBetween, minBetween, valuesBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'

const rows = [{ day: new Date('2026-01-05') }, { day: null }, { day: new Date('2026-03-01T12:00:00Z') }]
const day = dataset(rows, { name: 'orders' }).column('day')

test('limits are days and times, as Date or ISO 8601, without a zone in UTC', async () => {
  const asked = [
    { max: '2026-03-01T12:00' },
    { max: '2026-03-01 12:00:00' },
    { max: '2026-03-01T13:00:00+01:00' },
    { max: new Date('2026-03-01T12:00:00Z') },
  ]
  const results = await evaluate(asked.map((bounds) => maxBetween(day, bounds)))
  expect(new Set(results.map(({ status, expected }) => `${status}: ${expected}`))).toEqual(
    new Set(['pass: at most 2026-03-01T12:00:00Z']),
  )
  expect(new Set(results.map(({ id }) => id)).size).toBe(1)
  expect(await evaluate(maxBetween(day, { lt: '2026-03-01T12:00' }))).toMatchObject([
    { status: 'fail', measured: '2026-03-01T12:00:00Z', limit: { lt: Date.parse('2026-03-01T12:00Z') } },
  ])
})

test('what is no day or time is an error', () => {
  for (const bounds of [{ min: '2026-02-30' }, { min: 'soon' }, { min: '' }, { min: '5' }, { min: new Date('x') }])
    expect(() => minBetween(day, bounds)).toThrow(/minBetween got min: .*(no day or time|invalid Date)/)
  expect(() => valuesBetween(day, { min: '2026-01-01', max: 5 })).toThrow(/some are times and some are not/)
  expect(() => valuesBetween(day, { min: '2026-01-02', max: '2026-01-01' })).toThrow(
    'limits that no time meets: between 2026-01-02 and 2026-01-01',
  )
  expect(() => minBetween(day, { min: '2026-01-01' }, { change: 0.1 })).toThrow(/change of a time/)
})

test('a contract holds them as text', () => {
  const json = { kind: 'valuesBetween', column: 'day', bounds: { min: '2026-01-01', lt: '2026-02-01T12:30:00.250Z' } }
  const check = checkFromJSON(day.dataset, json)
  expect(checkToJSON(check)).toEqual(json)
  expect(checkToJSON(valuesBetween(day, { min: new Date('2026-01-01') }))).toMatchObject({
    bounds: { min: '2026-01-01' },
  })
})

test('texts of a file are read as times; those that are none fail', async () => {
  const file = dataset(await temporaryFile('rows.csv', 'at\n2026-01-05\n2026-01-06\nn/a\n'))
  expect(await evaluate(valuesBetween(file.column('at'), { min: '2026-01-06' }))).toMatchObject([
    { status: 'fail', counts: { rows: 3, missing: 0, tested: 3, failed: 2 } },
  ])
  expect(await evaluate(minBetween(file.column('at'), { min: '2026-01-01' }))).toMatchObject([
    { status: 'fail', measured: 'no smallest value: 1 cell of 3 is no date' },
  ])
  expect(await evaluate(minBetween(file.column('at'), { min: 5 }))).toMatchObject([{ status: 'error' }])
})

test('verdicts are those of plain JavaScript', async () => {
  const instant = fc.integer({ min: -5, max: 5 }).map((hours) => new Date(Date.UTC(2026, 0, 1, hours, 0, 0, 7)))
  await fc.assert(
    fc.asyncProperty(fc.array(instant, { minLength: 1, maxLength: 6 }), instant, async (instants, limit) => {
      const column = dataset(instants.map((at) => ({ at }))).column('at')
      const [between, least, most] = await evaluate([
        valuesBetween(column, { min: limit }),
        minBetween(column, { gt: limit }),
        maxBetween(column, { lt: limit.toISOString() }),
      ])
      const ms = instants.map(Number)
      expect(between?.counts?.failed).toBe(ms.filter((one) => one < Number(limit)).length)
      expect(least?.status === 'pass').toBe(Math.min(...ms) > Number(limit))
      expect(most?.status === 'pass').toBe(Math.max(...ms) < Number(limit))
    }),
    { numRuns: 25 },
  )
})

test('limits of times that are asked together are each judged by their own', async () => {
  const column = dataset([{ t: new Date('2024-06-01') }, { t: new Date('2025-06-01') }]).column('t')
  const years = ['2024-01-01', '2025-01-01', '2026-01-01']
  const results = await evaluate(years.map((min) => valuesBetween(column, { min })))
  expect(results.map(({ status, counts }) => [status, counts?.failed])).toEqual([
    ['pass', 0],
    ['fail', 1],
    ['fail', 2],
  ])
})
