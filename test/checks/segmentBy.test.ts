import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkFromJSON, checkToJSON } from '../../src/checks/checkJson.ts'
import { defineCheck } from '../../src/checks/defineCheck.ts'
import { defineMetric } from '../../src/checks/defineMetric.ts'
import {
  evaluate,
  columnsEqual,
  hasColumn,
  keyExists,
  medianBetween,
  noMissing,
  quantileBetween,
  rowCount,
  sameRows,
  sumBetween,
  uniqueKey,
  valuesIncreasing,
  valuesBetween,
  valuesIn,
} from '../../src/checks/index.ts'
import { MOST_SEGMENTS } from '../../src/checks/segmented.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { scansOf } from '../../src/metrics/answers.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { temporaryFile } from '../helpers/files.ts'

const by = 'country'
const rows = [
  { country: 'DE', amount: 1, id: 1 },
  { country: 'DE', amount: -1, id: 2 },
  { country: 'FR', amount: 5, id: 2 },
  { country: null, amount: 7, id: 3 },
  { country: "x'; --", amount: null, id: 4 },
]
const data = dataset(rows, { name: 'orders' })
const amount = data.column('amount')

test('each value of a column is judged by itself, rows without one too', async () => {
  const results = await evaluate(valuesBetween(amount, { min: 0 }, { segmentBy: by }))
  expect(results.map(({ subject, status, counts }) => [subject.slice, status, counts?.rows, counts?.failed])).toEqual([
    ['country = "DE"', 'fail', 2, 1],
    ['country = "FR"', 'pass', 1, 0],
    [`country = "x'; --"`, 'vacuous', 1, 0],
    ['country = null', 'pass', 1, 0],
  ])
  expect(results[0] && rowsOf(results[0])?.rowNumbers).toEqual([2])
})

test('a segment is the slice that somebody would cut, with its id', async () => {
  const segments = await evaluate([
    sumBetween(amount, { min: 0 }, { segmentBy: by }),
    rowCount(data, 1, { segmentBy: 'id' }),
    uniqueKey(data, 'id', { segmentBy: by, severity: 'warn' }),
  ])
  const ids = segments.map(({ id }) => id)
  const cut = await evaluate([
    sumBetween(data.where({ country: 'DE' }).column('amount'), { min: 0 }),
    sumBetween(data.where({ country: null }).column('amount'), { min: 0 }),
    rowCount(data.where({ id: 2 }), 1),
    uniqueKey(data.where({ country: 'DE' }), 'id', { severity: 'warn' }),
  ])
  for (const { id } of cut) expect(ids).toContain(id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('segments of a text file, what is asked of each and of all rows take one scan, however many there are', async () => {
  const text = Array.from({ length: 300 }, (_, i) => `c${i % 60},${i},${i % 7 === 0 ? '' : `k${i}`}\n`).join('')
  const file = dataset(await temporaryFile('rows.csv', `country,amount,key\n${text}`))
  const amounts = file.column('amount')
  const spread = defineMetric({
    name: 'spread',
    cells: ({ value }) => [
      { fn: 'max', of: value },
      { fn: 'min', of: value },
    ],
    finish: ([max, min]) => Number(max) - Number(min),
  })
  const spreadBetween = defineCheck.aggregate({ kind: 'spreadBetween', noun: 'spread', metric: spread })
  const results = await evaluate([
    noMissing(amounts, { segmentBy: by }),
    sumBetween(amounts, { min: 0 }, { segmentBy: by }),
    rowCount(file, 5, { segmentBy: by }),
    uniqueKey(file, 'key', { segmentBy: by }),
    spreadBetween(amounts, { min: 240, max: 240 }, { segmentBy: by }),
    rowCount(file, 300),
  ])
  expect(results).toHaveLength(301)
  expect(results.filter(({ status }) => status !== 'pass')).toEqual([])
  expect(new Set(results.flatMap(({ sql = [] }) => sql)).size).toBe(1)
  expect(scansOf(await relationOf(file))).toBe(1)
})

test('what no scan shares takes one query for all segments: quantiles of a column, and keys that repeat', async () => {
  const records = Array.from({ length: 60 }, (_, i) => ({ part: i % 6, n: i, key: i % 2 === 0 ? 0 : i }))
  const table = dataset(records)
  const results = await evaluate([
    medianBetween(table.column('n'), { min: 0 }, { segmentBy: 'part' }),
    quantileBetween(table.column('n'), { min: 0 }, { at: 0.9, segmentBy: 'part' }),
    uniqueKey(table, 'key', { segmentBy: 'part' }),
  ])
  const parts = (kind: string) => results.filter((result) => result.kind === kind)
  expect(parts('medianBetween').map(({ value }) => value)).toEqual([27, 28, 29, 30, 31, 32])
  expect(parts('uniqueKey').map(({ counts }) => counts?.failed)).toEqual([10, 0, 10, 0, 10, 0])
  const of = (kind: string) => new Set(parts(kind).flatMap(({ sql = [] }) => sql)).size
  expect([of('medianBetween'), of('quantileBetween'), of('uniqueKey')]).toEqual([2, 2, 2])
  expect(scansOf(await relationOf(table))).toBe(3)
})

test('a segment that was judged is not asked again', async () => {
  const table = dataset(Array.from({ length: 60 }, (_, i) => ({ part: i % 6, n: i })))
  const ask = () => evaluate(sumBetween(table.column('n'), { min: 0 }, { segmentBy: 'part' }))
  const first = await ask()
  const scans = scansOf(await relationOf(table))
  expect((await ask()).map(({ value }) => value)).toEqual(first.map(({ value }) => value))
  expect(scansOf(await relationOf(table))).toBe(scans)
})

test('cells that are not of their type are segments by their text', async () => {
  const file = dataset(await temporaryFile('rows.csv', 'year,n\n2020,1\n2020,2\nsoon,3\n,4\n2021,5\n'), {
    types: { year: 'integer' },
  })
  const results = await evaluate(rowCount(file, { min: 2 }, { segmentBy: 'year' }))
  expect(results.map(({ subject, value }) => [subject.slice, value])).toEqual([
    ['year = 2020', 2],
    ['year = 2021', 1],
    ['year = "soon"', 1],
    ['year = null', 1],
  ])
})

test('segments are those of plain JavaScript', async () => {
  const row = fc.record({
    part: fc.option(fc.constantFrom<string | number | boolean>('a', 'b', '', 'A', 'é', "'; --", 'null')),
    n: fc.option(fc.integer({ min: -3, max: 9 })),
    flag: fc.option(fc.boolean()),
    at: fc.option(fc.constantFrom(new Date('2026-01-01'), new Date('2026-01-01T00:00:00.5Z'))),
    x: fc.option(fc.constantFrom(0.5, 1e300, -2)),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (drawn) => {
      const all = [{ part: 'a', n: 1, flag: true, at: new Date('2026-01-01'), x: 0.5 }, ...drawn]
      const table = dataset(all)
      for (const column of ['part', 'n', 'flag', 'at', 'x'] as const) {
        const results = await evaluate(valuesBetween(table.column('n'), { min: 0 }, { segmentBy: column }))
        const label = (value: unknown) => (value instanceof Date ? value.getTime() : value)
        const values = [...new Set(all.map((one) => label(one[column])))]
        const expected = values.map((value) => {
          const own = all.filter((one) => label(one[column]) === value)
          return `${own.length} ${own.filter(({ n }) => n !== null && n < 0).length}`
        })
        expect([column, results.map(({ counts }) => `${counts?.rows} ${counts?.failed}`).sort()]).toEqual([
          column,
          expected.sort(),
        ])
      }
    }),
    { numRuns: 10 },
  )
})

test('more segments than are judged are an error that counts them, and no rows are nothing to judge', async () => {
  const many = dataset(
    Array.from({ length: MOST_SEGMENTS + 1 }, (_, i) => ({ id: i, email: `secret-${i}` })),
    { pii: 'email' },
  )
  const [error] = await evaluate(rowCount(many, 1, { segmentBy: 'email' }))
  expect(error).toMatchObject({ status: 'error', blocking: true })
  expect(error?.message).toMatch(
    /segmentBy: "email", a column of 201 different values, and judges 200 segments at most/,
  )
  expect(JSON.stringify(error)).not.toContain('secret-')
  const [none] = await evaluate(rowCount(dataset([{ a: 1 }]).where({ a: 2 }), { min: 1 }, { segmentBy: 'a' }))
  expect(none).toMatchObject({ status: 'vacuous', blocking: true })
  const [unknown] = await evaluate(rowCount(data, 1, { segmentBy: 'contry' }))
  expect(unknown).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/no column "contry"[\s\S]*did you mean "country"/),
  })
})

test('segments of a personal column are told without its values', async () => {
  const people = dataset(
    [
      { email: 'ada@lovelace.org', n: -1 },
      { email: 'b@c.d', n: 1 },
    ],
    { pii: 'email', name: 'people' },
  )
  const results = await evaluate(valuesBetween(people.column('n'), { min: 0 }, { segmentBy: 'email' }))
  expect(results.map(({ status }) => status).sort()).toEqual(['fail', 'pass'])
  expect(JSON.stringify(results)).not.toMatch(/ada@|b@c/)
})

test('what segmentBy is not is refused, and kinds that are about the whole say so', () => {
  const whole = {
    title: () => 'whole',
    expected: () => 'whole',
    run: () => ({ status: 'pass', measured: 'whole' }) as const,
  }
  expect(() => rowCount(data, 1, { segmentBy: 1 } as never)).toThrow(/rowCount got segmentBy: 1/)
  expect(() => valuesIn(amount, [1], { segmentBy: '' })).toThrow(/segmentBy is the name of a column/)
  const segmentsOf = { segmentBy: by } as never
  for (const [ask, hint] of [
    [() => hasColumn(data, 'id', segmentsOf), /of one segment alone: orders\.where/],
    [() => sameRows(data, data, segmentsOf), /compare the slices that are meant/],
    [() => defineCheck.run({ ...whole, kind: 'wholeOnly' })(data, segmentsOf), /of one segment alone/],
  ] as const) {
    expect(ask).toThrow(/ is not judged by segment, and got segmentBy: "country"/)
    expect(ask).toThrow(hint)
  }
})

test('a check by segments stands in a contract', async () => {
  const check = valuesBetween(amount, { min: 0 }, { segmentBy: by, mostly: 0.5 })
  const json = checkToJSON(check)
  expect(json).toEqual({
    kind: 'valuesBetween',
    column: 'amount',
    bounds: { min: 0 },
    mostly: 0.5,
    segmentBy: 'country',
  })
  const ids = async (one: typeof check) => (await evaluate(one)).map(({ id }) => id)
  expect(await ids(checkFromJSON(data, json))).toEqual(await ids(check))
})

test('texts that JavaScript judges are read once for all segments, and for slices that are asked together', async () => {
  const lines = Array.from({ length: 240 }, (_, i) => `c${i % 60},${i % 5 === 0 ? '' : `t${i % 7}`}\n`).join('')
  const file = dataset(await temporaryFile('rows.csv', `country,text\n${lines}`))
  const asked: string[] = []
  const textsOdd = (kind: string, wrong: string) =>
    defineCheck.row({
      kind,
      title: () => `texts other than ${wrong}`,
      expected: () => `other than ${wrong}`,
      holds: (text) => asked.push(text) > 0 && text !== wrong,
    })
  const [first, second] = [textsOdd('textsOdd', 't3'), textsOdd('textsOther', 't4')]
  const results = await evaluate([
    first(file.column('text'), { segmentBy: by }),
    second(file.column('text'), { segmentBy: by, nulls: 'fail' }),
  ])
  expect(asked).toHaveLength(14)
  const rowsIn = (place: number) => Array.from({ length: 240 }, (_, i) => i).filter((i) => i % 60 === place)
  const broken = (i: number, wrong: number) => i % 5 !== 0 && i % 7 === wrong
  for (let place = 0; place < 60; place++) {
    const [own, other] = results.filter(({ subject }) => subject.slice === `country = "c${place}"`)
    expect(own?.counts?.failed ?? 0).toBe(rowsIn(place).filter((i) => broken(i, 3)).length)
    expect(other?.counts?.failed).toBe(rowsIn(place).filter((i) => i % 5 === 0 || broken(i, 4)).length)
  }
  expect(scansOf(await relationOf(file))).toBe(2)
  const slices = ['c1', 'c2', 'c3'].map((country) => file.where({ country }))
  const cut = await evaluate(slices.map((slice) => first(slice.column('text'))))
  expect(cut.map(({ counts }) => counts?.failed)).toEqual(
    [1, 2, 3].map((place) => rowsIn(place).filter((i) => broken(i, 3)).length),
  )
  expect(asked).toHaveLength(21)
})

test('every way of judging takes one query for all segments of a text file: foreign keys, sequences, columns of a row', async () => {
  const lines = Array.from({ length: 240 }, (_, i) => `c${i % 60},${i},${i === 119 ? 0 : i},k${i}\n`).join('')
  const file = dataset(await temporaryFile('rows.csv', `country,at,n,ref\n${lines}`))
  const keys = dataset(
    Array.from({ length: 239 }, (_, i) => ({ id: `k${i}` })),
    { key: 'id' },
  )
  const results = await evaluate([
    keyExists(file, 'ref', keys, 'id', { segmentBy: by }),
    valuesIncreasing(file.column('n'), { by: 'at', segmentBy: by }),
    columnsEqual(file, ['at', 'n'], { segmentBy: by }),
  ])
  const failed = results.filter(({ status }) => status !== 'pass')
  expect(failed.map(({ kind, subject, counts }) => [kind, subject.slice, counts?.failed])).toEqual([
    ['keyExists', 'country = "c59"', 1],
    ['valuesIncreasing', 'country = "c59"', 1],
    ['columnsEqual', 'country = "c59"', 1],
  ])
  expect(results).toHaveLength(180)
  expect(failed.map((result) => rowsOf(result)?.rowNumbers)).toEqual([[240], [120], [120]])
  expect(scansOf(await relationOf(file))).toBe(2)
})

test('0 and -0 are one segment, as they are one value', async () => {
  const records = dataset({ id: [1, 1, 2], v: new Float64Array([0, -0, 1.5]) }, { name: 'records' })
  const file = dataset(await temporaryFile('zeros.csv', 'id,v\n1,0.0\n1,-0.0\n2,1.5\n'), { name: 'file' })
  for (const data of [records, file]) {
    const results = await evaluate(uniqueKey(data, 'id', { segmentBy: 'v' }))
    expect(results.map(({ status, counts }) => [status, counts?.rows, counts?.failed])).toEqual([
      ['fail', 2, 2],
      ['pass', 1, 0],
    ])
    const [slice] = await evaluate(uniqueKey(data.where({ v: 0 }), 'id'))
    expect(slice?.counts).toEqual(results[0]?.counts)
  }
})

test('a cell that is no integer is a segment of its own, beside the integer that JavaScript would read it as', async () => {
  const file = await temporaryFile('codes.csv', 'code,x\n1,5\n01,500\n-1,5\n-01,500\n')
  const codes = dataset(file, { types: { code: 'integer' } })
  const results = await evaluate(valuesBetween(codes.column('x'), { max: 100 }, { segmentBy: 'code' }))
  expect(results.map(({ subject, status }) => `${subject.slice} ${status}`).sort()).toEqual(
    ['-1 pass', '1 pass', '"-01" fail', '"01" fail'].map((one) => `code = ${one}`).sort(),
  )
  expect(new Set(results.map(({ id }) => id)).size).toBe(results.length)
})
