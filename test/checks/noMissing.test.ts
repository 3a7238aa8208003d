import { expect, test } from 'vitest'
import { noMissing } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'
import { judge, thrown } from '../helpers/judge.ts'
import { rowsOf } from '../helpers/blocks.ts'

const rows = dataset([{ a: 1, b: 'x' }, { a: null, b: '' }, { b: 'y' }, { a: 4, b: 'z' }])

test('every row is tested, and absent and null values fail; an empty text is a value', async () => {
  const result = await judge(noMissing(rows.column('a')))
  expect(result).toMatchObject({
    status: 'fail',
    measured: '2 of 4 values missing (50 %)',
    value: 0.5,
    counts: { rows: 4, missing: 0, tested: 4, failed: 2 },
  })
  expect(rowsOf(result)?.rowNumbers).toEqual([2, 3])
  expect((await judge(noMissing(rows.column('b')))).status).toBe('pass')
  expect((await judge(noMissing(rows.column('a'), { mostly: 0.5 }))).status).toBe('pass')
  expect(await judge(noMissing(rows.column('a'), { severity: 'warn' }))).toMatchObject({
    status: 'warn',
    blocking: false,
  })
})

test('without rows there is nothing to judge, unless that is fine', async () => {
  const none = rows.where({ a: 9 }).column('a')
  expect(await judge(noMissing(none))).toMatchObject({
    status: 'vacuous',
    blocking: true,
    measured: 'nothing to judge: there are no rows',
    counts: { rows: 0, missing: 0, tested: 0, failed: 0 },
  })
  expect((await judge(noMissing(none, { mostly: 0.01 }))).status).toBe('vacuous')
  expect(await judge(noMissing(none, { allowEmpty: true }))).toMatchObject({ status: 'pass', blocking: false })
})

test('in a text file an unreadable cell is no missing one', async () => {
  const file = await temporaryFile('m.csv', 'n,k\n1,a\nx,b\n,c\n')
  const result = await judge(noMissing(dataset(file, { types: { n: 'integer' } }).column('n')))
  expect(rowsOf(result)?.rowNumbers).toEqual([3])
})

test('wrong options are errors', () => {
  expect(thrown(() => noMissing(rows.column('a'), { nulls: 'fail' } as never))).toMatch(
    /option "nulls".*\n.*mostly, segmentBy, severity/,
  )
})
