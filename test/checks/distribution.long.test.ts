import { expect, test } from 'vitest'
import { judgeDeviation } from '../../src/checks/distribution/judgeDeviation.ts'
import { askedShape } from '../../src/checks/distribution/shape.ts'
import { askedShares } from '../../src/checks/distribution/shares.ts'
import { binomialMass } from '../../src/stats/binomialMass.ts'
import { normalQuantile } from '../../src/stats/normalQuantile.ts'
import { seeded } from '../../src/stats/random.ts'

const question = { confidence: 0.95, onInconclusive: 'warn', severity: 'error', missing: 0 } as const

test('a share at the limit fails and passes in at most 5 % of all samples, and one as it is said is decided by the rows it takes', () => {
  const within = 0.05
  const chances = (n: number, share: number) => {
    const asking = askedShares({ kind: 'shares', list: [{ value: 'yes', share: 0.5 }], rest: 0.5 }, 'x')
    const sum = { pass: 0, fail: 0, inconclusive: 0 }
    let rowsToDecide = 0
    const { from, mass } = binomialMass(n, share)
    mass.forEach((chance, i) => {
      if (chance < 1e-5) return
      const found = asking.deviation({ 0: from + i }, n)
      if (!('status' in found)) rowsToDecide = found.rowsToDecide({ limit: within, level: 0.05 })
      const { status } = judgeDeviation(found, { ...asking, column: 'x' }, { ...question, within, tested: n })
      sum[status as keyof typeof sum] += chance
    })
    return { ...sum, rowsToDecide: Math.ceil(rowsToDecide) }
  }
  for (const n of [50, 400]) {
    const atLimit = chances(n, 0.55)
    expect(atLimit.fail, String(n)).toBeLessThanOrEqual(0.05)
    expect(atLimit.pass, String(n)).toBeLessThanOrEqual(0.05)
  }
  expect(chances(1500, 0.62).fail).toBeGreaterThan(0.99)
  const { rowsToDecide } = chances(50, 0.5)
  expect(chances(rowsToDecide, 0.5).pass).toBeGreaterThan(0.89)
  expect(chances(Math.ceil(rowsToDecide / 1.5), 0.5).pass).toBeLessThan(0.89)
})

test('a shape at the limit fails and passes in at most 5 % of samples, one within passes, one beyond fails', () => {
  const next = seeded(3)
  const asking = askedShape({ kind: 'shape', name: 'normal' }, 'x')
  const count = (calls: number, n: number, within: number, draw: () => number) => {
    const sum = { pass: 0, fail: 0, inconclusive: 0 }
    for (let call = 0; call < calls; call++) {
      const numbers = Float64Array.from({ length: n }, draw)
      const found = asking.deviation({ numbers, unreadable: 0, nonFinite: 0 }, n)
      const { status } = judgeDeviation(found, { ...asking, column: 'x' }, { ...question, within, tested: n })
      sum[status as keyof typeof sum]++
    }
    return sum
  }
  // The nearest normal distribution of an exponential one is 0.0976 away, by 4,000 of its quantiles.
  const exponential = () => -Math.log(1 - next())
  const atLimit = count(40, 300, 0.0976, exponential)
  expect(atLimit.fail).toBeLessThanOrEqual(2)
  expect(atLimit.pass).toBeLessThanOrEqual(2)
  expect(count(5, 1500, 0.03, exponential).fail).toBe(5)
  expect(count(5, 1500, 0.05, () => 3 + normalQuantile(next())).pass).toBeGreaterThanOrEqual(4)
})
