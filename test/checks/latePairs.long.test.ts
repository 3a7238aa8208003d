import { expect, test } from 'vitest'
import { evaluate, sameRows, sameSum } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'

/** More rows than a column's type is guessed from, and a cell behind them. */
const late = async (cell: string) =>
  dataset(await temporaryFile('late.csv', `n,m\n${'1,1\n'.repeat(25_000)}${cell},1\n`), { name: 'late' })

test.for([
  // what stands behind the rows that the type was guessed from, here and there
  ['abc', '', 'fail', 'fail'],
  ['abc', 'xyz', 'fail', 'fail'],
  ['abc', 'abc', 'pass', 'fail'],
  ['1.5', '1.6', 'fail', 'fail'],
  ['1.5', '', 'fail', 'fail'],
  ['1.5', '1.50', 'pass', 'pass'],
  ['99999999999999999999', '99999999999999999998', 'fail', 'pass'],
  ['99999999999999999999', '', 'fail', 'fail'],
] as const)('%s is told from %s by rows and sums, however late it comes', async ([here, there, rows, sums]) => {
  const [mine, theirs] = [await late(here), await late(there)]
  const results = await evaluate([sameRows(mine, theirs), sameSum(mine, theirs, 'n')])
  expect(results.map(({ kind, status }) => [kind, status])).toEqual([
    ['sameRows', rows],
    ['sameSum', sums],
  ])
})
