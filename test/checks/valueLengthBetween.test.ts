import { expect, test } from 'vitest'
import { valueLengthBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { judge, thrown } from '../helpers/judge.ts'
import { rowsOf } from '../helpers/blocks.ts'

const column = dataset([{ t: '' }, { t: '😀' }, { t: '👨‍👩‍👧' }, { t: null }, { t: 'ab' }]).column('t')

test('length is counted in code points, and the empty text is tested', async () => {
  const result = await judge(valueLengthBetween(column, { min: 1, max: 2 }))
  expect(result).toMatchObject({ status: 'fail', counts: { rows: 5, missing: 1, tested: 4, failed: 2 } })
  expect(rowsOf(result)?.rowNumbers).toEqual([1, 3])
  expect((await judge(valueLengthBetween(column, { gt: -1, lt: 6 }))).status).toBe('pass')
  expect(rowsOf(await judge(valueLengthBetween(column, { lt: 5 })))?.rowNumbers).toEqual([3])
})

test('wrong questions', async () => {
  expect(thrown(() => valueLengthBetween(column, {}))).toMatch(/got no limit at all/)
  expect(thrown(() => valueLengthBetween(column, { max: -1 }))).toMatch(/no length meets/)
  expect(thrown(() => valueLengthBetween(column, { max: 1 }, { foo: 1 } as never))).toMatch(/option "foo"/)
  const number = dataset([{ n: 1.5 }]).column('n')
  expect(await judge(valueLengthBetween(number, { max: 1 }))).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/holds number values \(DOUBLE\), not text/),
  })
})
