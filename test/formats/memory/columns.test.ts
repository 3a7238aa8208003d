import { Int32, makeVector, vectorFromArray } from 'apache-arrow'
import { expect, test } from 'vitest'
import { dataset } from '../../../src/dataset/dataset.ts'
import { columnsOf, openError } from '../../helpers/opened.ts'
import { relationOf } from '../../../src/dataset/opened.ts'

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

test('a NUL in a name is left out, which is a finding', async () => {
  const { columns, findings } = await relationOf(dataset({ 'a\0': [1], a: [2] }))
  expect(columns.map(({ name }) => name)).toEqual(['a', 'a_2'])
  expect((await findings?.())?.first.map(({ reason }) => reason)).toEqual([
    'column 1 has a NUL in its name: it is called "a"',
    'column 2 has the name of column 1: it is called "a_2"',
  ])
})
