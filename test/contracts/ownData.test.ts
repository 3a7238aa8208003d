import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/index.ts'
import { inferContract, matchesSchema } from '../../src/contracts/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'

const column = (cells: readonly string[]): Promise<string> =>
  temporaryFile('own.csv', `id,x\n${cells.map((cell, i) => `${i},${cell}`).join('\n')}\n`)

test.each([
  [['2.5', 'NaN', '1'], { type: 'number', 'x-assay': { missing: ['', 'NaN'] } }],
  [['2.5', '1e400', '1'], { type: 'string', description: '2 of 3 values are numbers, 1 is not (1e400 × 1)' }],
  [['-Infinity', '2', '3'], { type: 'string' }],
  [['1', '2', ''], { type: 'integer' }],
  [['NaN', 'NaN'], {}],
])('a contract holds for the data that it was read off: %j', async (cells, x) => {
  const data = dataset(await column(cells))
  const contract = await inferContract(data)
  expect((contract.properties as Record<string, unknown>).x).toMatchObject(x)
  const results = await evaluate(matchesSchema(data, contract))
  expect(results.filter(({ status }) => status !== 'pass')).toEqual([])
})
