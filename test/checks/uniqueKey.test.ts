import { expect, test } from 'vitest'
import { uniqueKey } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'
import { judge, thrown } from '../helpers/judge.ts'
import { rowsOf } from '../helpers/blocks.ts'

const rows = dataset(
  [
    { id: 1, a: 'x', b: 1.5 },
    { id: 2, a: 'x', b: null },
    { id: 3, a: 'y', b: Number.NaN },
    { id: 4, a: 'x', b: 1.5 },
    { id: 5, a: 'x', b: 1.5 },
    { id: 6, a: 'y', b: Number.NaN },
    { id: 7, a: null, b: 2 },
  ],
  { key: 'id' },
)

test('the key of the dataset is the default', async () => {
  expect(await judge(uniqueKey(rows))).toMatchObject({
    status: 'pass',
    subject: { column: 'id' },
    counts: { tested: 7 },
  })
})

test('every member of a duplicate group fails, the excess is told, null keys are missing, NaN equals NaN', async () => {
  const result = await judge(uniqueKey(rows, ['a', 'b']))
  expect(result).toMatchObject({
    status: 'fail',
    counts: { rows: 7, missing: 2, tested: 5, failed: 5 },
    message: '5 rows share 2 combinations: 3 too many',
  })
  expect(rowsOf(result)).toMatchObject({ rowNumbers: [1, 3, 4, 5, 6], total: 5 })
  expect(rowsOf(result)?.columns.slice(0, 3)).toEqual(['id', 'a', 'b'])
})

test('a row is a key only where every column of it has a value, whichever is missing', async () => {
  const pairs = dataset([
    { a: 1, b: null },
    { a: 1, b: null },
    { a: null, b: 1 },
    { a: null, b: 1 },
    { a: 1, b: 1 },
  ])
  for (const key of [
    ['a', 'b'],
    ['b', 'a'],
  ])
    expect(await judge(uniqueKey(pairs, key))).toMatchObject({
      status: 'pass',
      counts: { rows: 5, missing: 4, tested: 1, failed: 0 },
    })
})

test('nulls may fail, and mostly counts', async () => {
  const result = await judge(uniqueKey(rows, 'a', { nulls: 'fail' }))
  expect(result.counts).toEqual({ rows: 7, missing: 0, tested: 7, failed: 7 })
  expect(rowsOf(result)?.rowNumbers).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect((await judge(uniqueKey(rows, 'b', { mostly: 1 / 6 }))).status).toBe('pass')
})

test('in a text file a key that is not of its type fails', async () => {
  const file = await temporaryFile('k.csv', 'id,t\n1,a\n2,b\nx,c\n,d\n')
  const result = await judge(uniqueKey(dataset(file, { types: { id: 'integer' } }), 'id'))
  expect(result).toMatchObject({ status: 'fail', counts: { rows: 4, missing: 1, tested: 3, failed: 1 } })
  expect(rowsOf(result)?.rowNumbers).toEqual([3])
})

test('wrong questions', async () => {
  const bare = dataset([{ a: 1 }], { name: 'bare' })
  expect(thrown(() => uniqueKey(bare))).toMatch(/dataset "bare" has no key\n.*declare them/)
  expect(thrown(() => uniqueKey(bare, []))).toMatch(/got no column/)
  expect(thrown(() => uniqueKey(bare, ['a', 'a']))).toMatch(/a column twice/)
  expect(await judge(uniqueKey(bare, 'b'))).toMatchObject({ status: 'error' })
  expect(await judge(uniqueKey(bare.where({ a: 2 }), 'a'))).toMatchObject({ status: 'vacuous' })
})
