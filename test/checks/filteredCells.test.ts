import { expect, test } from 'vitest'
import { inferContract } from '../../src/contracts/inferContract.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { profile } from '../../src/profile/profile.ts'
import { rowCount } from '../../src/checks/kinds/rowCount.ts'
import { valuesBetween } from '../../src/checks/kinds/valuesBetween.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { sql } from '../../src/sql/sql.ts'
import { temporaryFile } from '../helpers/files.ts'

const rows = Array.from({ length: 6000 }, (_, i) => `${i},${i % 10}`).join('\n')
const opened = async (last: string, options: Parameters<typeof dataset>[1] = {}) =>
  dataset(await temporaryFile('cells.csv', `id,n\n${rows}\n${last}\n`), options)

test.each([
  ['a text among numbers', '6000,abc', {}],
  ['a fraction among integers', '6000,9.5', {}],
  ['a text in a column that is said to hold integers', '6000,abc', { types: { n: 'integer' } }],
] as const)('a filter in SQL that takes %s for missing is refused', async (_, last, options) => {
  const data = await opened(last, options)
  const results = await evaluate([
    rowCount(data.where(sql`n >= 5`), { max: 3000 }),
    valuesBetween(data.where(sql`"N" < 5 or n is null`).column('id'), { min: 0 }),
    rowCount(data.where({ n: 5 }), 600),
    rowCount(data.where(sql`id < 10`), 10),
  ])
  expect(results.map(({ status }) => status)).toEqual(['error', 'error', 'pass', 'pass'])
  expect(results[0]?.message).toContain('a filter in SQL reads "n" as integer, and 1 cell of it is none')
})

test('capitals in the name of the column, or in the filter, hide no such cell', async () => {
  const data = dataset(await temporaryFile('cells.csv', `id,Net\n${rows}\n6000,9.5\n`))
  const results = await evaluate([
    rowCount(data.where(sql`net >= 5`), { max: 3000 }),
    rowCount(data.where(sql`"NET" >= 5`), { max: 3000 }),
  ])
  expect(results.map(({ status }) => status)).toEqual(['error', 'error'])
  expect(results[1]?.message).toContain('a filter in SQL reads "Net" as integer')
})

test('a filter in SQL is heard where every cell is what the column says', async () => {
  const data = await opened('6000,7')
  const typed = await opened('6000,9.5', { types: { n: 'number' } })
  const results = await evaluate([rowCount(data.where(sql`n >= 5`), 3001), rowCount(typed.where(sql`n >= 5`), 3001)])
  expect(results.map(({ status }) => status)).toEqual(['pass', 'pass'])
})

test('rows, tables, samples, profiles and contracts of such a slice are refused, too', async () => {
  const data = await opened('6000,9.5')
  for (const condition of [sql`n >= 5`, sql`"N" is null`]) {
    const slice = data.where(condition)
    for (const ask of [
      () => slice.rows(),
      () => slice.toArrow(),
      () => slice.where({ id: [1, 2] }).rows(),
      () => slice.sample(3).rows(),
      () => profile(slice),
      () => inferContract(slice),
    ])
      await expect(ask()).rejects.toThrow(/a filter in SQL reads "n" as integer, and 1 cell of it is none/)
  }
  expect(await data.where(sql`id = 6000`).rows()).toEqual([{ id: 6000n, n: '9.5' }])
})
