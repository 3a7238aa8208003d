import { Readable } from 'node:stream'
import { tableFromArrays } from 'apache-arrow'
import { expect, test } from 'vitest'
import { dataset } from '../../../src/dataset/dataset.ts'
import { openError } from '../../helpers/opened.ts'
import { relationOf } from '../../../src/dataset/opened.ts'

async function* counted(n: number, make = (i: number): object => ({ i })) {
  for (let i = 0; i < n; i++) yield make(i)
}

test('async iterables, generators, Node and web streams open alike', async () => {
  function* generator() {
    yield { i: 0 }
    yield { i: 1 }
  }
  const web = () => Readable.toWeb(Readable.from([{ i: 0 }, { i: 1 }])) as unknown as AsyncIterable<object>
  for (const source of [counted(2), generator(), Readable.from([{ i: 0 }, { i: 1 }]), web()])
    expect(await dataset(source).rows()).toEqual([{ i: 0n }, { i: 1n }])
})

test('types widen and columns appear after the first ten thousand rows', async () => {
  const make = (i: number) => {
    if (i < 15_000) return { n: i, t: i, s: { x: i } }
    return i < 25_000 ? { n: i + 0.5, t: i, s: { x: i, y: 'y' } } : { n: i, t: `t${i}`, s: { x: i }, late: true }
  }
  const data = dataset(counted(30_000, make))
  const { columns } = await relationOf(data)
  expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'n number',
    't mixed',
    's struct',
    'late boolean',
  ])
  const rows = await data.rows()
  expect(rows).toHaveLength(30_000)
  expect(rows[0]).toEqual({ n: 0, t: '0', s: { x: 0n, y: null }, late: null })
  expect(rows[15_000]).toEqual({ n: 15_000.5, t: '15000', s: { x: 15_000n, y: 'y' }, late: null })
  expect(rows[29_999]).toEqual({ n: 29_999, t: 't29999', s: { x: 29_999n, y: null }, late: true })
})

test('record batches stream, and one with other columns is an error', async () => {
  const batches = tableFromArrays({ a: [1, 2] }).batches
  expect(await dataset(Readable.from(batches)).rows()).toEqual([{ a: 1 }, { a: 2 }])
  const other = tableFromArrays({ b: [1] }).batches
  expect(await openError(Readable.from([...batches, ...other]))).toMatch(
    /batch 2 of the stream has "b".* where the first has "a"/,
  )
})

test('an empty stream has no rows and no columns', async () => {
  expect(await dataset(counted(0)).rows()).toEqual([])
})

test('what breaks in the middle says after which row, and nothing is taken for the whole', async () => {
  async function* breaking() {
    yield* counted(3)
    throw new Error('connection lost')
  }
  expect(await openError(breaking())).toMatch(/the stream broke after item 3: connection lost/)
  expect(await openError(counted(3, (i) => (i === 2 ? (7 as never) : { i })))).toMatch(/record 3 is a number/)
  expect(await openError(Readable.from(['a,b\n']))).toMatch(/text or bytes.*\n.*format: 'csv'/)
})

test('a stream is read once', async () => {
  const stream = counted(1)
  await dataset(stream).rows()
  expect(await openError(stream)).toMatch(/read by another dataset/)
})

test('rows are what they were when they came, though one object comes again and again', async () => {
  class Row {
    i = 0
    list: number[] = []
    bytes = new Uint8Array(new SharedArrayBuffer(1))
    day = new Date(0)
  }
  for (const row of [Object.assign({}, new Row()), new Row(), Object.assign(Object.create(null) as Row, new Row())]) {
    async function* reused() {
      for (let i = 0; i < 3; i++) {
        row.i = i
        row.list.push(i)
        row.bytes[0] = i
        row.day.setTime(1000 * i)
        yield row
      }
    }
    const rows = await dataset(reused()).rows()
    expect(rows.map(({ i, list, day }) => [i, list, new Date(day as string).getTime()])).toEqual([
      [0n, [0n], 0],
      [1n, [0n, 1n], 1000],
      [2n, [0n, 1n, 2n], 2000],
    ])
    expect(rows.map(({ bytes }) => [...(bytes as Uint8Array)])).toEqual([[0], [1], [2]])
    row.list = []
  }
})

test('an item that cannot be read is named, and what it threw', async () => {
  async function* failing() {
    yield { a: 1 }
    yield Object.defineProperty({}, 'a', { enumerable: true, get: () => structuredClone(() => {}) })
  }
  await expect(dataset(failing()).rows()).rejects.toThrow(/^item 2 of the stream cannot be read: /)
})
