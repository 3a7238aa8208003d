import { describe, expect, test } from 'vitest'
import { driftMethods } from '../../src/drift/index.ts'
import { wasserstein as area } from '../../src/stats/orderDistances.ts'
import { totalVariation as moved } from '../../src/stats/shareDistances.ts'
import { effectOf, many, normal, only, random, rowsOf } from './data.ts'

const numbers = (count: number, seed: number, shift = 0) => {
  const next = random(seed)
  return many(count, () => normal(next) + shift)
}
const words = (count: number, seed: number, first: number) => {
  const next = random(seed)
  return many(count, () => (next() < first ? 'a' : next() < 0.6 ? 'b' : 'c'))
}
const distances = ['wasserstein', 'psi', 'jensenShannon', 'hellinger', 'totalVariation', 'kullbackLeibler']

describe.each(distances)('%s', (method) => {
  test('numbers of one population pass, those that moved far fail, in its own unit', async () => {
    const then = rowsOf(numbers(6000, 1))
    const same = await only(rowsOf(numbers(6000, 2)), then, { method })
    expect(same).toMatchObject({ status: 'pass' })
    expect(effectOf(same)).toMatchObject({ method })
    const far = await only(rowsOf(numbers(6000, 3, 1)), then, { method })
    expect(far.status).toBe('fail')
    const { effect = 0, interval: [low, high] = [1, 0], unit } = effectOf(far) ?? {}
    expect(low).toBeLessThanOrEqual(effect)
    expect(high).toBeGreaterThanOrEqual(effect)
    expect(far.measured.startsWith(`${unit} = `)).toBe(true)
    // A limit just over the effect holds, one far below does not.
    const most = driftMethods.find(({ name }) => name === method)?.most ?? 1
    const above = Math.min(effect * 1.5 + 0.1, most - 0.01)
    expect((await only(rowsOf(numbers(6000, 3, 1)), then, { method, limit: above, findings: false })).status).toBe(
      'pass',
    )
  })

  test('the order of rows and the seed of nothing matter: the same data has the same numbers', async () => {
    const [a, b] = [numbers(500, 4, 0.3), numbers(700, 5)]
    const once = await only(rowsOf(a), rowsOf(b), { method, findings: false })
    const again = await only(rowsOf([...a].reverse()), rowsOf([...b].reverse()), { method, findings: false })
    expect(effectOf(again)).toEqual(effectOf(once))
  })

  if (method !== 'wasserstein')
    test('categories are compared by their shares', async () => {
      const then = rowsOf(words(5000, 6, 0.3))
      expect((await only(rowsOf(words(5000, 7, 0.3)), then, { method })).status).toBe('pass')
      const far = await only(rowsOf(words(5000, 8, 0.9)), then, { method })
      expect(far.status).toBe('fail')
      expect(far.message).toContain('"a"')
    })
})

test('the effects are those of the formulas, less what chance adds', async () => {
  const [a, b] = [numbers(20_000, 9, 0.5), numbers(20_000, 10)]
  const mean = b.reduce((sum, x) => sum + x, 0) / b.length
  const sigma = Math.sqrt(b.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (b.length - 1))
  const sorted = (list: number[]) => ({ values: Float64Array.from(list).sort() })
  const w = await only(rowsOf(a), rowsOf(b), { method: 'wasserstein' })
  expect(effectOf(w)?.effect).toBeCloseTo(area(sorted(a), sorted(b)) / sigma, 2)
  const tv = await only(rowsOf(words(20_000, 11, 0.6)), rowsOf(words(20_000, 12, 0.4)), { method: 'totalVariation' })
  expect(effectOf(tv)?.effect).toBeCloseTo(moved([0.6, 0.24, 0.16], [0.4, 0.36, 0.24]), 1)
})

test('a limit over what the method can measure is an error, one in its unit is not', async () => {
  const rows = rowsOf(numbers(2000, 1))
  expect((await only(rows, rows, { method: 'psi', limit: 1.5 })).status).toBe('pass')
  await expect(async () => only(rows, rows, { method: 'hellinger', limit: 1.5 })).rejects.toThrow(
    /H of hellinger lies between 0 and 1/,
  )
})
