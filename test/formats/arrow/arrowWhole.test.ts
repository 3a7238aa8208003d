import {
  Dictionary,
  Field,
  Float64,
  Int32,
  List,
  makeData,
  makeVector,
  Table,
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
])('%s is an error on every way in, never another value', async (_, vector) => {
  for (const way of Object.keys(ways))
    await expect(rowsOf(way, vector), way).rejects.toThrow(/cannot be read|is no ENUM/)
})

test('what stands under a missing value is nobody’s place', async () => {
  for (const way of Object.keys(ways))
    expect(await rowsOf(way, ofDictionary([1, 99], Uint8Array.of(1))), way).toEqual([{ values: 'b' }, { values: null }])
})
