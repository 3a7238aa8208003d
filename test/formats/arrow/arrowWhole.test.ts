import {
  DateDay,
  Decimal,
  Dictionary,
  DurationSecond,
  Field,
  Float64,
  Int32,
  IntervalYearMonth,
  List,
  makeData,
  makeVector,
  Table,
  TimestampMillisecond,
  TimeSecond,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow'
import { expect, test } from 'vitest'
import { dataset } from '../../../src/dataset/dataset.ts'

const ofDictionary = (places: readonly number[], nullBitmap?: Uint8Array): Vector => {
  const dictionary = vectorFromArray(['a', 'b'], new Utf8())
  const type = new Dictionary(new Utf8(), new Int32())
  const nulls = nullBitmap ? { nullCount: 1, nullBitmap } : { nullCount: 0 }
  return makeVector(makeData({ type, length: places.length, data: Int32Array.from(places), dictionary, ...nulls }))
}
const ofTexts = (offsets: readonly number[]): Vector =>
  makeVector(
    makeData({
      type: new Utf8(),
      length: 2,
      nullCount: 0,
      valueOffsets: Int32Array.from(offsets),
      data: Buffer.from('abcd'),
    }),
  )
const ofLists = (offsets: readonly number[]): Vector => {
  const child = makeData({ type: new Float64(), length: 2, nullCount: 0, data: Float64Array.of(1, 2) })
  const type = new List(new Field('item', new Float64(), true))
  return makeVector(makeData({ type, length: 2, nullCount: 0, valueOffsets: Int32Array.from(offsets), child }))
}
const ofLength = (length: number): Vector =>
  makeVector(makeData({ type: new Float64(), length, nullCount: 0, data: Float64Array.of(1, 2) }))

/** Every way an Arrow vector comes in. */
const ways: Readonly<Record<string, (table: Table) => unknown>> = {
  table: (table) => table,
  'record batch': (table) => table.batches[0],
  'stream of batches': (table) =>
    (async function* () {
      yield* table.batches
    })(),
  'object of vectors': (table) => Object.fromEntries(table.schema.names.map((name) => [name, table.getChild(name)])),
}
const rowsOf = async (way: string, values: Vector) =>
  dataset(ways[way]?.(new Table({ values } as never)) as never).rows()

test.each<[string, Vector]>([
  ...[5, 2, -1, 256, 65_536, 2_147_483_647].map((place): [string, Vector] => [
    `place ${place} of a dictionary of two`,
    ofDictionary([0, place]),
  ]),
  ...[
    [0, 1, 9],
    [0, 2, 1],
    [-1, 1, 2],
    [0, 1, 2_147_483_647],
  ].flatMap((offsets): [string, Vector][] => [
    [`texts at ${offsets.join()}`, ofTexts(offsets)],
    [`lists at ${offsets.join()}`, ofLists(offsets)],
  ]),
  ['five rows of two values', ofLength(5)],
  ...(
    [
      ['a time since the epoch', new TimestampMillisecond(), 'unit', BigInt64Array.of(1n, 2n)],
      ['a time of day', new TimeSecond(), 'unit', Int32Array.of(1, 2)],
      ['a day', new DateDay(), 'unit', Int32Array.of(1, 2)],
      ['a duration', new DurationSecond(), 'unit', BigInt64Array.of(1n, 2n)],
      ['months', new IntervalYearMonth(), 'unit', Int32Array.of(1, 2)],
      ['an integer', new Int32(), 'bitWidth', Int32Array.of(1, 2)],
      ['a float', new Float64(), 'precision', Float64Array.of(1, 2)],
      ['a decimal', new Decimal(2, 10, 128), 'bitWidth', new Uint32Array(8)],
    ] as const
  ).map(([what, type, name, data]): [string, Vector] => [
    `${what} whose ${name} is 9`,
    makeVector(
      makeData({
        type: Object.defineProperty(type, name, { value: 9 }) as Int32,
        length: 2,
        nullCount: 0,
        data,
      } as never),
    ),
  ]),
])('%s is an error on every way in, never another value', async (_, vector) => {
  for (const way of Object.keys(ways))
    await expect(rowsOf(way, vector), way).rejects.toThrow(/cannot be read|is no ENUM/)
})

test('what stands under a missing value is nobody’s place', async () => {
  for (const way of Object.keys(ways))
    expect(await rowsOf(way, ofDictionary([1, 99], Uint8Array.of(1))), way).toEqual([{ values: 'b' }, { values: null }])
})
