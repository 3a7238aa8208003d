import {
  Dictionary,
  Float32,
  Int32,
  RecordBatch,
  Table,
  tableFromArrays,
  tableFromJSON,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { expect, test } from 'vitest'
import { dataset } from '../../../src/dataset/dataset.ts'
import { columnsOf } from '../../helpers/opened.ts'

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
