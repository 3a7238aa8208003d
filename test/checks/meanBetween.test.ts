import { expect, test } from 'vitest'
import { evaluate, meanBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'

/** The mean of integers, with the digits that doubles added up one by one would lose. */
async function meanOf(values: readonly bigint[], limits: { min?: number; max?: number }) {
  const data = dataset({ at: BigInt64Array.from(values) }, { name: 'events' })
  const [result] = await evaluate(meanBetween(data.column('at'), limits))
  return [result?.status, result?.measured]
}
const many = (value: bigint, count = 300_000): bigint[] => Array.from({ length: count }, () => value)

test('the mean of many large integers is exact', async () => {
  const time = 1_764_547_200_123n
  expect(await meanOf(many(time), { min: Number(time), max: Number(time) })).toEqual(['pass', '1,764,547,200,123'])
  expect(await meanOf([...many(time), time + 300_001n], { min: Number(time + 1n), max: Number(time + 1n) })).toEqual([
    'pass',
    '1,764,547,200,124',
  ])
})

test('a mean beyond what a double tells apart is compared to its last digit, also where the sum is more than 64 bits', async () => {
  const large = 2n ** 53n + 1n
  expect(await meanOf([large, large], { max: 2 ** 53 })).toEqual(['fail', '9,007,199,254,740,993'])
  const largest = 2n ** 63n - 1n
  expect(await meanOf(many(largest, 3), { max: 2 ** 63 })).toEqual(['pass', '9,223,372,036,854,775,807'])
  expect(await meanOf(many(largest, 3), { min: 2 ** 63 })).toEqual(['fail', '9,223,372,036,854,775,807'])
  expect((await meanOf([-(2n ** 63n), 2n ** 63n - 1n], { min: -0.5, max: -0.5 }))[0]).toBe('pass')
})
