import { expect, test } from 'vitest'
import { evaluate, noMissing, uniqueKey, valuesBetween, valuesIn, valuesMatching } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { scansOf } from '../../src/metrics/answers.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { rowsOf } from '../helpers/blocks.ts'

const rows = Array.from({ length: 300 }, (_, i) => ({
  id: i,
  email: i % 3 === 0 ? 'n/a' : i % 10 === 1 ? `bad ${i}` : `${i}@a.b`,
  key: i % 2 === 0 ? 'twice' : String(i),
  none: i % 3 === 0 ? null : 'x',
  secret: 'n/a',
}))
const data = dataset(rows)

const valuesOf = async (check: Parameters<typeof evaluate>[0]) => {
  const [result] = await evaluate(check)
  return rowsOf(result)
}

test('a check that fails tells its commonest failing values with their counts, of all failing rows', async () => {
  const sample = await valuesOf(valuesMatching(data.column('email'), /@/))
  expect(sample?.values).toHaveLength(8)
  expect(sample?.values?.[0]).toEqual({ cells: ['n/a'], count: 100 })
  expect(sample?.values?.[1]?.count).toBe(1)
  expect(sample?.counted).toBeUndefined()
  expect(sample?.total).toBe(rows.filter(({ email }) => !email.includes('@')).length)
})

test.each([
  ['keys', uniqueKey(data, ['key']), [{ cells: ['twice'], count: 150 }]],
  ['missing values', noMissing(data.column('none')), [{ cells: [null], count: 100 }]],
  ['few different ones', valuesIn(data.column('secret'), ['a']), [{ cells: ['n/a'], count: 300 }]],
])('of %s', async (_, check, values) => {
  expect((await valuesOf(check))?.values).toEqual(values)
})

test('nothing is counted where all failing rows are shown, nothing passes by, and nothing of a personal column is told', async () => {
  expect((await valuesOf(valuesBetween(data.column('id'), { min: 20 })))?.values).toBeUndefined()
  expect((await valuesOf(valuesBetween(data.column('id'), { min: 21 })))?.values).toHaveLength(8)
  const personal = dataset(rows, { pii: ['email'] })
  const sample = await valuesOf(valuesMatching(personal.column('email'), /@/))
  expect(sample?.values).toBeUndefined()
  expect(sample?.total).toBeGreaterThan(100)
})

test('a check that passes asks nothing more', async () => {
  const one = dataset(rows.map(({ id }) => ({ id })))
  const relation = await relationOf(one)
  const before = scansOf(relation)
  await evaluate(valuesBetween(one.column('id'), { min: 0 }))
  expect(scansOf(relation)).toBe(before + 1)
})
