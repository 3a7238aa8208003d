import { expect, test } from 'vitest'
import { commonBins } from '../../src/stats/commonBins.ts'
import { seeded } from '../../src/stats/random.ts'

test.each([
  ['1 to 14', 1, 14],
  ['0 to 1', 0, 1],
  ['-3 to 20', -3, 20],
  ['1 to 25', 1, 25],
  ['0 to 100', 0, 100],
  ['5 to 5000', 5, 5000],
])('whole numbers from %s that are all as frequent fill bins alike', (_, low, high) => {
  const values = Float64Array.from({ length: (high - low + 1) * 10 }, (_, i) => low + Math.floor(i / 10))
  const { edges, counts } = commonBins([values, values.subarray(0, 10)], 24)
  const [all = []] = counts
  expect(all.length).toBeLessThanOrEqual(24)
  expect(all.reduce((sum, count) => sum + count, 0)).toBe(values.length)
  // The last bin may reach beyond the largest number.
  expect(new Set(all.slice(0, -1)).size).toBeLessThanOrEqual(1)
  for (const edge of edges) expect(Math.abs(edge % 1)).toBe(0.5)
})

test('bins of any whole numbers hold all of them once, are few and rise', () => {
  const next = seeded(7)
  for (let turn = 0; turn < 300; turn++) {
    const spread = 10 ** Math.floor(next() * 7)
    const size = 1 + Math.floor(next() * 400)
    const values = Float64Array.from({ length: size }, () => Math.round((next() - 0.3) ** 3 * spread)).sort()
    const { edges, counts } = commonBins([values, new Float64Array()], 24)
    expect(counts[0]?.reduce((sum, count) => sum + count, 0)).toBe(size)
    expect(counts[0]?.length).toBeLessThanOrEqual(25)
    edges.forEach((edge, i) => i > 0 && expect(edge).toBeGreaterThan(edges[i - 1] as number))
  }
})

test('other numbers keep bins of equal width over their range', () => {
  const { edges } = commonBins([Float64Array.from([0.5, 1, 2, 3])], 5)
  expect(edges.map((edge) => Number(edge.toFixed(9)))).toEqual([0.5, 1, 1.5, 2, 2.5, 3])
})
