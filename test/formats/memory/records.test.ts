import { describe, expect, test } from 'vitest'
import { evaluate, valuesBetween } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { sql } from '../../../src/sql/sql.ts'
import { columnsOf, openError } from '../../helpers/opened.ts'
import { relationOf } from '../../../src/dataset/opened.ts'

const at = new Date('2024-02-29T12:34:56.789Z')
test('nested values of one shape stay nested', async () => {
  const rows = [
    { list: [1, 2], struct: { x: 1, y: 'a' }, map: new Map([['k', 0.5]]), set: new Set(['s']), deep: [{ d: [at] }] },
    { list: [], struct: { x: null, y: 'b' }, map: new Map(), set: null, deep: [] },
  ]
  expect(await columnsOf(rows)).toEqual([
    'list list BIGINT[]',
    'struct struct STRUCT("x" BIGINT, "y" VARCHAR)',
    'map struct MAP(VARCHAR, DOUBLE)',
    'set list VARCHAR[]',
    'deep list STRUCT("d" TIMESTAMP_MS[])[]',
  ])
  expect(await dataset(rows).rows()).toEqual([
    {
      list: [1n, 2n],
      struct: { x: 1n, y: 'a' },
      map: [{ key: 'k', value: 0.5 }],
      set: ['s'],
      deep: [{ d: [at] }],
    },
    { list: [], struct: { x: null, y: 'b' }, map: [], set: null, deep: [] },
  ])
})

test('scalars of several types are mixed, lists of several shapes lists; rows() has the text of the one and the lists', async () => {
  const rows = [
    { a: 1, b: [1, 'x'], c: {} },
    { a: 'x', b: [], c: {} },
    { a: new Date(Number.NaN), b: null, c: {} },
  ]
  expect(await columnsOf(rows)).toEqual(['a mixed VARCHAR', 'b list VARCHAR', 'c struct VARCHAR'])
  expect(await dataset(rows).rows()).toEqual([
    { a: '1', b: [1, 'x'], c: {} },
    { a: 'x', b: [], c: {} },
    { a: 'Invalid Date', b: null, c: {} },
  ])
})

test('whole numbers take the type that holds them, and none is rounded', async () => {
  const big = 2n ** 63n
  const rows = [{ a: 1, b: big, c: -big, d: -1, e: 2 ** 53, f: 1n, g: 2n ** 130n }]
  const more = [...rows, { a: -1, b: 0, c: big, d: big, e: 0, f: 0.5, g: 1 }, { f: 2n ** 60n }]
  expect(await columnsOf(more)).toEqual([
    'a integer BIGINT',
    'b integer UBIGINT',
    'c integer HUGEINT',
    'd integer HUGEINT',
    'e number DOUBLE',
    'f mixed VARCHAR',
    'g mixed VARCHAR',
  ])
  const [first, second, third] = await dataset(more).rows()
  expect(first).toEqual({ a: 1n, b: big, c: -big, d: -1n, e: 2 ** 53, f: '1', g: String(2n ** 130n) })
  expect([second?.d, third?.f]).toEqual([big, String(2n ** 60n)])
})

test('bytes, typed arrays, and what says its own JSON', async () => {
  const rows = [
    {
      b: new Uint8Array([0, 255]),
      v: new Float32Array([0.5, 1]),
      u: new URL('http://a.b/'),
      buffer: new ArrayBuffer(2),
    },
  ]
  expect(await dataset(rows).rows()).toEqual([
    { b: new Uint8Array([0, 255]), v: [0.5, 1], u: 'http://a.b/', buffer: new Uint8Array(2) },
  ])
})

test('names that every object inherits are columns like any other', async () => {
  const rows = [JSON.parse('{"__proto__": 1, "constructor": "c", "toString": true}'), { a: 2 }]
  const [first, second] = await dataset(rows).rows()
  expect(Object.entries(first as object)).toEqual([
    ['__proto__', 1n],
    ['constructor', 'c'],
    ['toString', true],
    ['a', null],
  ])
  expect(Object.values(second as object)).toEqual([null, null, null, 2n])
})

test('instances of classes are records of their own fields', async () => {
  class Point {
    x = 1
    y = -0
    get sum() {
      return this.x + this.y
    }
  }
  const [row] = await dataset([new Point()]).rows()
  expect(row).toEqual({ x: 1n, y: -0 })
})

test('what is no data is an error that names row and column', async () => {
  expect(await openError([{ a: 1 }, { a: () => 1 }])).toMatch(/"a" of record 2 is a function, which is no data/)
  expect(await openError([{ a: Symbol('s') }])).toMatch(/"a" of record 1 is a symbol/)
  expect(await openError([{ a: Promise.resolve(1) }])).toMatch(/"a" of record 1 is a Promise.*\n.*await it first/)
  expect(await openError([{ a: [/x/] }])).toMatch(/"a" of record 1 is a RegExp/)
  expect(await openError([new Map([['a', 1]])])).toMatch(/record 1 is a Map, not an object/)
  const circle: Record<string, unknown> = {}
  circle.one = circle
  circle.two = circle
  expect(await openError([{ a: circle }])).toMatch(/"a" of record 1 holds itself/)
})

describe('objects that stand in many places', () => {
  type Wrap = (inner: unknown) => object
  const wraps: readonly (readonly [name: string, wrap: Wrap])[] = [
    ['lists', (inner) => [inner, inner]],
    ['objects', (inner) => ({ left: inner, right: inner })],
    ['maps', (inner) => new Map([1, 2].map((key) => [key, inner]))],
    ['sets in lists', (inner) => [new Set([inner]), new Set([inner])]],
    ['lists that say their own JSON', (inner) => [inner, { toJSON: () => 1 }, inner]],
  ]
  const nested = (wrap: Wrap, levels: number): unknown =>
    Array.from({ length: levels }).reduce((inner: unknown) => wrap(inner), { a: 1 })

  test.each(wraps)('are looked at once: %s', async (_, wrap) => {
    const rows = [1, 2].map((id) => ({ id, cell: nested(wrap, 10) }))
    const data = dataset(rows)
    const own = async () => (await evaluate(valuesBetween(data.column('id'), { min: 0 })))[0]?.status
    expect(await own()).toBe('pass')
    rows[0]!.id = -1
    expect(await own()).toBe('fail')
    rows[0]!.id = 1
    expect(await own()).toBe('pass')
  })

  test.each(wraps)('are refused where they are more values than can be read: %s', async (_, wrap) => {
    expect(await openError([{ cell: nested(wrap, 45) }])).toMatch(
      /"cell" of record 1 holds more than 10,000,000 objects\n.*name those that stand in many places by an id/,
    )
  })

  test('are not taken to be where they were once one of them changed', async () => {
    const shared = { deep: [1] }
    const rows = [{ cell: [shared, shared] as { deep: number[] }[] }]
    const data = dataset(rows)
    const cells = async () => (await data.rows())[0]?.cell
    expect(await cells()).toEqual([{ deep: [1n] }, { deep: [1n] }])
    rows[0]!.cell[1] = { deep: [2] }
    expect(await cells()).toEqual([{ deep: [1n] }, { deep: [2n] }])
    shared.deep.push(3)
    expect(await cells()).toEqual([{ deep: [1n, 3n] }, { deep: [2n] }])
  })

  test('are as deep as the deepest place they stand in', async () => {
    const levels: unknown[] = [{ a: 1 }]
    for (let i = 0; i < 300; i++) levels.push([levels.at(-1)])
    expect(await openError([{ cell: levels }])).toMatch(/nested deeper than 100 levels/)
  })
})

test('objects of more fields than the engine has columns for, inside too, are kept as JSON', async () => {
  const wide = (names: number) => Object.fromEntries(Array.from({ length: names }, (_, i) => [`f${i}`, i]))
  const rows = [{ at: { a: wide(400), b: wide(400) } }, { at: { c: wide(400) } }]
  expect(await columnsOf(rows.slice(0, 1))).toEqual([expect.stringMatching(/^at struct STRUCT/)])
  expect(await columnsOf(rows)).toEqual(['at struct VARCHAR'])
  const read = await dataset(rows).rows()
  expect(
    JSON.parse(JSON.stringify(read, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))),
  ).toEqual(rows)
})

test('ten thousand columns are columns', async () => {
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`c${i}`, i]))
  const { engine, columns, from } = await relationOf(dataset([wide]))
  expect(columns).toHaveLength(10_000)
  expect(await engine.query(sql`select c0, c9999 from ${from}`)).toEqual([[0n, 9999n]])
})

test('rows are numbered by their places, whatever a column is called', async () => {
  const records = [1, -1, 2].map((v, i) => ({ rowid: 50 + i, v }))
  const [result] = await evaluate(valuesBetween(dataset(records).column('v'), { min: 0 }))
  expect(result?.evidence).toMatchObject([{ rowNumbers: [2] }])
})

test('objects whose names the engine cannot have stay what they are, in whatever holds them', async () => {
  const values = ['{"__proto__":5,"x":1}', '{"":1}', '{"a":1,"A":2}', '{}', '{"a\\u0000b":1}'].map(
    (text) => JSON.parse(text) as object,
  )
  for (const value of values)
    for (const cell of [value, [value], { in: value }, [[value]], { in: [value] }]) {
      const text = JSON.stringify(cell)
      for (const source of [[{ cell }], { cell: [cell] }])
        expect(JSON.stringify(await dataset(source as never).rows())).toBe(`[{"cell":${text}}]`)
    }
})

test('half a surrogate pair is U+FFFD', async () => {
  const rows = await dataset([{ t: '😀'.slice(0, 1) }, { t: `a${'😀'.slice(1)}` }, { t: '😀' }]).rows()
  expect(rows.map(({ t }) => t)).toEqual(['\ufffd', 'a\ufffd', '😀'])
})
