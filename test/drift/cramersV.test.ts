import { describe, expect, test } from 'vitest'
import { many, only, random, rowsOf } from './data.ts'
import { chartOf, numberOf } from '../helpers/blocks.ts'

const draw = (count: number, seed: number, shares: Readonly<Record<string, number>>): string[] => {
  const next = random(seed)
  return many(count, () => {
    let left = next()
    for (const [name, share] of Object.entries(shares)) {
      left -= share
      if (left < 0) return name
    }
    return Object.keys(shares)[0] as string
  })
}
const shares = { red: 0.5, green: 0.3, blue: 0.2 }

describe('categories', () => {
  test('text is compared by the largest change of a share, booleans by V', async () => {
    const result = await only(rowsOf(draw(4000, 1, shares)), rowsOf(draw(4000, 2, shares)))
    expect(result).toMatchObject({
      status: 'pass',
      expected: 'L∞ at most 0.1',
      evidence: expect.arrayContaining([expect.objectContaining({ method: 'largestShare', name: 'L∞' })]),
    })
    const half = rowsOf(many(1000, (i) => i % 2 === 0))
    expect(await only(half, half)).toMatchObject({ status: 'pass', expected: 'V at most 0.1' })
    const by = await only(rowsOf(many(900, (i) => 'abc'[i % 3])), rowsOf(many(900, (i) => 'abcaab'[i % 6])))
    expect(numberOf(by)?.value).toBeCloseTo(1 / 6, 12)
  })

  test('V without what chance adds, and p, are those of the chi-square test of homogeneity', async () => {
    // scipy.stats.chi2_contingency([[30, 50, 20], [40, 35, 25]]): 4.6451, p = 0.09802
    const column = (a: number, b: number, c: number) => [
      ...many(a, () => 'a'),
      ...many(b, () => 'b'),
      ...many(c, () => 'c'),
    ]
    const result = await only(rowsOf(column(30, 50, 20)), rowsOf(column(40, 35, 25)), { method: 'cramersV' })
    const statistic = 100 / 70 + 225 / 85 + 25 / 45
    expect(numberOf(result)?.value).toBeCloseTo(Math.sqrt((statistic - 2) / 200), 12)
    // chi-square with two degrees of freedom: p = exp(-x / 2)
    expect(numberOf(result)?.p).toBeCloseTo(Math.exp(-statistic / 2), 12)
  })

  test('V does not depend on how many rows the sides have', async () => {
    const half = (count: number, share: number) => many(count, (i) => i < count * share)
    const small = await only(rowsOf(half(1000, 0.9)), rowsOf(half(1000, 0.5)))
    const large = await only(rowsOf(half(1000, 0.9)), rowsOf(half(20_000, 0.5)))
    expect(numberOf(small)?.value).toBeCloseTo(numberOf(large)?.value ?? 0, 3)
    expect(small.status).toBe('fail')
    expect(large.status).toBe('fail')
  })

  test('an effect lies in its own interval, and noise of many categories is not shown as effect', async () => {
    for (const [words, method] of [
      [500, 'cramersV'],
      [2000, 'cramersV'],
      [3, 'cramersV'],
      [500, 'largestShare'],
      [2, 'largestShare'],
    ] as const) {
      const next = random(words)
      const side = () => rowsOf(many(9000, () => `w${Math.floor(next() * words)}`))
      const result = await only(side(), side(), { method })
      const { value, interval } = numberOf(result) ?? {}
      const [low, high] = interval ?? [1, 0]
      expect(value).toBeGreaterThanOrEqual(low)
      expect(value).toBeLessThanOrEqual(high)
      expect(value).toBeLessThan(0.1)
      expect(result.status).not.toBe('fail')
      if (method === 'largestShare') expect(result.status).toBe('pass')
    }
  })

  test('a new and a lost category are named', async () => {
    const current = draw(2000, 3, { red: 0.5, green: 0.3, violet: 0.2 })
    const result = await only(rowsOf(current), rowsOf(draw(2000, 4, shares)))
    expect(result.status).toBe('fail')
    expect(result.message).toMatch(/new: "violet" \(\d+\.\d %\)/)
    expect(result.message).toMatch(/lost: "blue" \(was \d+\.\d %\)/)
  })

  test('when only the share of missing values jumps, the verdict is drift and names them', async () => {
    const holes = draw(2000, 5, shares).map((value, i) => (i % 5 === 0 ? null : value))
    const result = await only(rowsOf(holes), rowsOf(draw(2000, 6, shares)))
    expect(result.status).toBe('fail')
    expect(result.message).toContain('(missing) (20 %)')
    expect(chartOf(result)).toMatchObject({ type: 'categories', labels: expect.arrayContaining(['(missing)']) })
  })

  test('a text that reads like our own words is told apart from them', async () => {
    const current = many(1000, (i) => (i % 2 ? '(missing)' : null))
    const result = await only(rowsOf(current), rowsOf(current))
    const chart = chartOf(result)
    if (chart?.type !== 'categories') throw new Error('no chart')
    expect([...chart.labels].sort()).toEqual(['"(missing)"', '(missing)'])
    expect(chart.current).toEqual([500, 500])
  })

  test('hostile names are only names', async () => {
    const names = [`'; drop table t; --`, '<script>alert(1)</script>', '__proto__', 'constructor', '', '\u202e', `"`]
    const column = `a"b'; --`
    const current = many(4200, (i) => names[i % 7])
    const reference = many(4200, (i) => names[i % 6])
    const result = await only(rowsOf(current, column), rowsOf(reference, column))
    expect(result.status).toBe('fail')
    expect(result.subject.column).toBe(column)
    expect(result.message).toContain('new: "\\""')
    expect(numberOf(result)?.value).toBeCloseTo(1 / 7, 9)
  })

  test('long texts are told apart by all of their characters', async () => {
    const long = 'x'.repeat(5000)
    const result = await only(
      rowsOf(many(1000, (i) => `${long}${i % 2}`)),
      rowsOf(many(1000, (i) => `${long}${(i % 2) + 2}`)),
    )
    expect(numberOf(result)?.value).toBe(0.5)
    expect(JSON.stringify(result).length).toBeLessThan(10_000)
  })

  test('many categories are folded into the last bar', async () => {
    const current = many(4000, (i) => `c${i % 100}`)
    const result = await only(rowsOf(current), rowsOf(current))
    expect(result.status).toBe('pass')
    const chart = chartOf(result)
    expect(chart).toMatchObject({ type: 'categories', folded: 77 })
    if (chart?.type === 'categories') expect(chart.current.reduce((a, b) => a + b)).toBe(4000)
  })

  test('identifiers are not compared as categories', async () => {
    const ids = (offset: number) => many(400, (i) => ({ id: `user-${i + offset}`, size: i % 3 ? 's' : 'm' }))
    const { dataset } = await import('../../src/dataset/dataset.ts')
    const { compare } = await import('./data.ts')
    const [size, id] = await compare(dataset(ids(0)), dataset(ids(1000)))
    expect(size?.status).not.toBe('fail')
    expect(id).toMatchObject({ status: 'skipped', blocking: false, measured: 'not compared' })
    expect(id?.message).toContain('"id" (identifiers or free text)')
    const named = await only(dataset(ids(0)).column('id'), dataset(ids(1000)).column('id'))
    expect(named).toMatchObject({ status: 'error', blocking: true })
  })

  test('numbers are compared as categories when asked, and 1 equals 1.0', async () => {
    const result = await only(rowsOf(many(900, (i) => i % 3)), rowsOf([...many(900, (i) => i % 3), 0.5]), {
      method: 'cramersV',
    })
    expect(numberOf(result)?.value).toBeLessThan(0.03)
    expect(result.status).toBe('pass')
  })
})

describe('laws', () => {
  test('equal shares have distance 0, at any number of rows', async () => {
    for (const count of [1, 3, 60, 3000]) {
      const values = draw(count, count, shares)
      const result = await only(rowsOf(values), rowsOf([...values].reverse()))
      expect(numberOf(result)).toMatchObject({ value: 0, p: 1, note: 'nothing moved' })
      expect(['pass', 'inconclusive']).toContain(result.status)
    }
  })

  test('the sides may change places', async () => {
    const [a, b] = [draw(300, 7, shares), draw(900, 8, { ...shares, red: 0.4 })]
    const there = await only(rowsOf(a), rowsOf(b))
    const back = await only(rowsOf(b), rowsOf(a))
    expect(numberOf(back)?.value).toBeCloseTo(numberOf(there)?.value ?? 0, 12)
    expect(numberOf(back)?.p).toBeCloseTo(numberOf(there)?.p ?? 0, 12)
  })
})
