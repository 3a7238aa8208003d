import { Readable } from 'node:stream'
import {
  Dictionary,
  Float32,
  Int32,
  makeVector,
  RecordBatch,
  Table,
  tableFromArrays,
  tableFromJSON,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { describe, expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { sql } from '../../src/sql/sql.ts'

const columnsOf = async (source: Parameters<typeof dataset>[0], options = {}) =>
  (await dataset(source, options).relation()).columns.map(({ name, type, native }) => `${name} ${type} ${native}`)
const failure = async (work: () => Promise<unknown>): Promise<string> =>
  work().then(
    () => 'no error',
    (error: Error) => error.message,
  )
const openError = (source: unknown) => failure(() => dataset(source as never).rows())

describe('columns', () => {
  test('typed arrays keep their width and every value', async () => {
    const source = {
      f64: new Float64Array([Number.NaN, -0]),
      f32: new Float32Array([0.5, Number.POSITIVE_INFINITY]),
      i8: new Int8Array([-128, 127]),
      i16: new Int16Array([-32_768, 32_767]),
      i32: new Int32Array([-2_147_483_648, 2_147_483_647]),
      i64: new BigInt64Array([-(2n ** 63n), 2n ** 63n - 1n]),
      u8: new Uint8Array([0, 255]),
      c8: new Uint8ClampedArray([300, -5]),
      u16: new Uint16Array([0, 65_535]),
      u32: new Uint32Array([0, 4_294_967_295]),
      u64: new BigUint64Array([0n, 2n ** 64n - 1n]),
      text: ['a', null],
    }
    expect(await columnsOf(source)).toEqual([
      'f64 number DOUBLE',
      'f32 number FLOAT',
      'i8 integer TINYINT',
      'i16 integer SMALLINT',
      'i32 integer INTEGER',
      'i64 integer BIGINT',
      'u8 integer UTINYINT',
      'c8 integer UTINYINT',
      'u16 integer USMALLINT',
      'u32 integer UINTEGER',
      'u64 integer UBIGINT',
      'text string VARCHAR',
    ])
    const rows = await dataset(source).rows()
    for (const [name, values] of Object.entries(source)) expect(rows.map((row) => row[name])).toEqual([...values])
    expect(Object.is(rows[1]?.f64, -0)).toBe(true)
  })

  test('more rows than one chunk of the engine arrive in order', async () => {
    const n = 5000
    const rows = await dataset({
      a: Float64Array.from({ length: n }, (_, i) => i / 2),
      b: Array.from({ length: n }, (_, i) => (i % 3 ? i : null)),
    }).rows()
    expect(rows.every(({ a, b }, i) => a === i / 2 && b === (i % 3 ? BigInt(i) : null))).toBe(true)
  })

  test('unequal lengths are an error that names both', async () => {
    expect(await openError({ a: [1, 2], b: new Float64Array(3) })).toMatch(
      /columns differ in length: "a" has 2 values, "b" has 3 values/,
    )
  })

  test('Arrow vectors are columns like any other', async () => {
    const source = { a: vectorFromArray([1, null, 3], new Int32()), b: makeVector(new Float64Array([1, 2, 3])) }
    expect(await columnsOf(source)).toEqual(['a integer INTEGER', 'b number DOUBLE'])
    expect(await dataset(source).rows()).toEqual([
      { a: 1, b: 1 },
      { a: null, b: 2 },
      { a: 3, b: 3 },
    ])
  })

  test('names that differ only by case, hold NUL or are empty are an error', async () => {
    expect(await openError({ a: [1], A: [2] })).toMatch(
      /column 2 of the columns is called "A", and so is column 1 \("a"\)/,
    )
    expect(await openError({ 'a\0': [1] })).toMatch(/NUL/)
    expect(await openError({ '': [1] })).toMatch(/column 1 of the columns has no name/)
  })
})

describe('records', () => {
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

  test('scalars of several types are mixed, lists of several shapes lists; both as their JSON text', async () => {
    const rows = [
      { a: 1, b: [1, 'x'], c: {} },
      { a: 'x', b: [], c: {} },
      { a: new Date(Number.NaN), b: null, c: {} },
    ]
    expect(await columnsOf(rows)).toEqual(['a mixed VARCHAR', 'b list VARCHAR', 'c struct VARCHAR'])
    expect(await dataset(rows).rows()).toEqual([
      { a: '1', b: '[1,"x"]', c: '{}' },
      { a: 'x', b: '[]', c: '{}' },
      { a: 'Invalid Date', b: null, c: '{}' },
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

  test('ten thousand columns are columns', async () => {
    const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`c${i}`, i]))
    const { engine, columns, from } = await dataset([wide]).relation()
    expect(columns).toHaveLength(10_000)
    expect(await engine.query(sql`select c0, c9999 from ${from}`)).toEqual([[0n, 9999n]])
  })
})

describe('Arrow', () => {
  test('tables and record batches open with their types', async () => {
    const table = tableFromArrays({ a: new Int32Array([1, 2]), s: ['x', 'y'] })
    expect(await columnsOf(table)).toEqual(['a integer INTEGER', 's string ENUM'])
    expect(await dataset(table).rows()).toEqual([
      { a: 1, s: 'x' },
      { a: 2, s: 'y' },
    ])
    expect(await dataset(table.batches[0] as RecordBatch).rows()).toHaveLength(2)
  })

  test('slices, nulls and dictionaries that differ between batches keep their values', async () => {
    const part = (values: (string | null)[], numbers: (number | null)[]) =>
      new Table({
        s: vectorFromArray(values, new Dictionary(new Utf8(), new Int32(), 7)),
        n: vectorFromArray(numbers, new Float32()),
        t: vectorFromArray(values, new Utf8()),
      })
    const one = part(['a', null, 'b'], [1, null, 3])
    const two = part(['c', 'b', null], [null, 5, 6])
    const slice = new Table([...one.batches, ...two.batches]).slice(1, 5)
    expect(await columnsOf(slice)).toEqual(['s string ENUM', 'n number FLOAT', 't string VARCHAR'])
    expect(await dataset(slice).rows()).toEqual([
      { s: null, n: null, t: null },
      { s: 'b', n: 3, t: 'b' },
      { s: 'c', n: null, t: 'c' },
      { s: 'b', n: 5, t: 'b' },
    ])
  })

  test('the shape says what is a table, not the class', async () => {
    const table = tableFromJSON([{ a: 1 }])
    const foreign = { schema: table.schema, batches: table.batches, numRows: 1 }
    expect(await dataset(foreign).rows()).toEqual([{ a: 1 }])
  })
})

describe('streams of rows', () => {
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
    const { columns } = await data.relation()
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
})

describe('samples', () => {
  const data = dataset({ i: Int32Array.from({ length: 1000 }, (_, i) => i) }, { name: 'numbers' })
  const drawn = async (from: typeof data, size: number, seed?: number) =>
    (await from.sample(size, seed === undefined ? {} : { seed }).rows()).map(({ i }) => i as number)

  test('are the same for the same seed, and others for another', async () => {
    const first = await drawn(data, 20)
    expect(new Set(first).size).toBe(20)
    expect(await drawn(data, 20)).toEqual(first)
    expect(await drawn(data, 20, 2)).not.toEqual(first)
    const records = dataset(Array.from({ length: 1000 }, (_, i) => ({ i })))
    expect((await drawn(records, 20)).map(Number)).toEqual(first)
  })

  test('come from the slice, and can be sliced', async () => {
    const even = await drawn(data.where(sql`i % 2 = 0`), 10)
    expect(even).toHaveLength(10)
    expect(even.every((i) => i % 2 === 0)).toBe(true)
    expect((await data.sample(10).where({ i: -1 }).rows()).length).toBe(0)
    expect(data.sample(1000).where({ i: 1 }).slice).toBe('a sample of 1,000 rows (seed 1) and i = 1')
  })

  test('every row has the same chance (seeds 1 to 100)', async () => {
    const counts = Array.from({ length: 10 }, () => 0)
    const small = dataset({ i: Int32Array.from({ length: 10 }, (_, i) => i) })
    for (let seed = 1; seed <= 100; seed++) for (const i of await drawn(small, 3, seed)) (counts[i] as number)++
    // 30 expected of each; five standard deviations of a binomial are 23.
    for (const count of counts) expect(Math.abs(count - 30)).toBeLessThan(23)
  })

  test('larger than the data are all of it; no number of rows is an error', async () => {
    expect(await drawn(data, 5000)).toHaveLength(1000)
    expect(await drawn(data, 0)).toEqual([])
    expect(() => data.sample(1.5)).toThrow(/sample\(1.5\): a sample has a whole number of rows/)
  })
})

test('fingerprints are of the values, whatever object or file holds them', async () => {
  const at = new Date('2024-02-29T12:00:00Z')
  const rows = [
    { i: 1, x: 0.5, s: 'a', at, l: [1] },
    { i: -2, x: -1, s: 'b', at, l: [] },
  ]
  const prints = await Promise.all([
    dataset(rows).fingerprint(),
    dataset({
      i: new Int8Array([1, -2]),
      x: new Float32Array([0.5, -1]),
      s: ['a', 'b'],
      at: [at, at],
      l: [[1], []],
    }).fingerprint(),
    dataset(Readable.from(rows)).fingerprint(),
    dataset(await dataset(rows).toArrow()).fingerprint(),
  ])
  expect(new Set(prints).size).toBe(1)
  expect(await dataset([rows[0] as object]).fingerprint()).not.toBe(prints[0])
})

test('rows() hands over every type without a loss', async () => {
  const { engine } = await dataset([{}]).relation()
  const [row] = await engine.query(sql`select 1::tinyint, 1::bigint, 170141183460469231731687303715884105727::hugeint,
    0.10::decimal(38,2), 0.5::float, 'x', '2024-02-29'::date, '1899-12-31 23:59:59.999'::timestamp,
    '2024-01-01 00:00:00.000001'::timestamp, '2024-01-01 00:00:00.000000001'::timestamp_ns, 'infinity'::timestamp,
    '12:00:00.5'::time, interval '1 month 2 days', '0101'::bit, '\\x00'::blob, uuid '00000000-0000-0000-0000-000000000001',
    [1, null], {'a': 1.50, 'b': [true]}, map {'k': 1}, null, true`)
  expect(row).toEqual([
    1,
    1n,
    2n ** 127n - 1n,
    '0.10',
    0.5,
    'x',
    new Date('2024-02-29'),
    new Date('1899-12-31T23:59:59.999Z'),
    '2024-01-01 00:00:00.000001',
    '2024-01-01 00:00:00.000000001',
    'infinity',
    '12:00:00.5',
    '1 month 2 days',
    '0101',
    new Uint8Array([0]),
    '00000000-0000-0000-0000-000000000001',
    [1, null],
    { a: '1.50', b: [true] },
    [{ key: 'k', value: 1 }],
    null,
    true,
  ])
})
