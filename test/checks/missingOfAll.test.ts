import { expect, test } from 'vitest'
import {
  type Check,
  commonestShareBetween,
  distinctCountBetween,
  distinctShareBetween,
  maxBetween,
  missingCountBetween,
  missingShareBetween,
  sumBetween,
} from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { judge } from '../helpers/judge.ts'

const column = dataset([{ x: null }, { x: 1 }, { x: null }])
  .where({ x: null })
  .column('x')

test.each<[string, Check]>([
  ['distinctCountBetween', distinctCountBetween(column, { max: 5 })],
  ['distinctShareBetween', distinctShareBetween(column, { max: 0.9 })],
  ['commonestShareBetween', commonestShareBetween(column, { max: 0.9 })],
  ['maxBetween', maxBetween(column, { max: 5 })],
  ['sumBetween', sumBetween(column, { max: 5 })],
])('%s has nothing to judge where all values are missing, whatever its limits', async (_, check) => {
  expect(await judge(check)).toMatchObject({
    status: 'vacuous',
    counts: { rows: 2, missing: 2, tested: 0, failed: 0 },
  })
})

test.each<[string, Check, string]>([
  ['missingCountBetween', missingCountBetween(column, { min: 2, max: 2 }), 'pass'],
  ['missingCountBetween', missingCountBetween(column, { max: 1 }), 'fail'],
  ['missingShareBetween', missingShareBetween(column, { min: 1 }), 'pass'],
  ['missingShareBetween', missingShareBetween(column, { max: 0.9 }), 'fail'],
])('%s judges rows of which every value is missing', async (_, check, status) => {
  expect(await judge(check)).toMatchObject({ status })
})
