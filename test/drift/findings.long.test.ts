import { describe, expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { type DriftOptions, noDriftFrom } from '../../src/drift/index.ts'
import { compare, effectOf, many, normal, only, random, rowsOf } from './data.ts'

const numbers = (count: number, seed: number, change: (x: number, i: number) => unknown = (x) => x) => {
  const next = random(seed)
  return rowsOf(many(count, (i) => change(normal(next), i)))
}
const rate = (count: number, share: number, seed: number) => {
  const next = random(seed)
  return rowsOf(many(count, () => next() < share))
}
const words = (count: number, seed: number, name: (i: number) => string) => {
  const next = random(seed)
  return rowsOf(many(count, () => name(Math.floor(500 * next() * next()))))
}

describe('what people would call broken fails, though its effect is small', () => {
  const rows = 12_000
  const usual = numbers(rows, 1)
  test.each([
    [
      'missing 0 → 8 %',
      numbers(rows, 2, (x, i) => (i % 100 < 8 ? null : x)),
      usual,
      /share missing = 0\.08/,
      /missing 0 % → 8 %/,
    ],
    [
      '8 % of values × 1000',
      numbers(rows, 3, (x, i) => (i % 100 < 8 ? x * 1000 : x)),
      usual,
      /W1\/σ = \d/,
      /outside the range of the reference/,
    ],
    [
      '4 % of values 999999',
      numbers(rows, 4, (x, i) => (i % 100 < 4 ? 999_999 : x)),
      usual,
      /share outside the range = 0\.04/,
      /999,999/,
    ],
    [
      '1 % of values 1e306',
      numbers(rows, 3, (x, i) => (i % 100 === 0 ? (i % 200 === 0 ? 1e306 : -1e306) : x)),
      usual,
      /W1\/σ = 1e\+304/,
      /quantiles: 1 % -2\./,
    ],
    [
      'a scale × 1.45 of numbers around 1e300',
      numbers(rows, 5, (x) => 1.45e300 * x),
      numbers(rows, 1, (x) => 1e300 * x),
      /W1\/σ = 0\.[34]/,
      /quantiles: 1 % -2\./,
    ],
    ['a scale × 1.45', numbers(rows, 5, (x) => 1.45 * x), usual, /W1\/σ = 0\.[34]/, /quantiles: 1 % -2\./],
    [
      '8 % not a number',
      numbers(rows, 6, (x, i) => (i % 100 < 8 ? Number.NaN : x)),
      usual,
      /share not a number = 0\.08/,
      /not a number 0 %/,
    ],
    ['a rate of 2 % → 6 %', rate(rows, 0.06, 7), rate(rows, 0.02, 8), /odds ratio = [23]/, /"true" [12]\.\d+ % → /],
    ['a rate of 6 % → 2 %', rate(rows, 0.02, 7), rate(rows, 0.06, 8), /odds ratio = [23]/, /"true" [56]\.\d+ % → /],
    [
      'all names new',
      words(rows, 9, (i) => `B${i % 40}`),
      words(rows, 10, (i) => `a${i % 40}`),
      /share of new values = 1/,
      /hold values that the reference lacks/,
    ],
    [
      'half of the small shares doubled, half nearly gone',
      words(rows, 11, (i) => `w${i % 2 ? i : i & ~3}`),
      words(rows, 12, (i) => `w${i}`),
      /V = 0\.[23456]/,
      /many shares moved|lost/,
    ],
    [
      '5 % of one new name',
      words(rows, 13, (i) => (i % 20 === 0 ? 'new' : `w${i % 10}`)),
      words(rows, 14, (i) => `w${i % 10}`),
      /share of new values = 0\.0/,
      /"new"/,
    ],
  ] as const)('%s', async (_, now, then, measured, message) => {
    const results = await compare(now, then)
    const found = results.find((result) => measured.test(result.measured))
    expect(results.map((result) => result.measured)).toEqual(expect.arrayContaining([expect.stringMatching(measured)]))
    expect(found).toMatchObject({ status: 'fail', blocking: true, kind: 'noDriftFrom' })
    expect(results.map((result) => result.message).join('; ')).toMatch(message)
    expect(new Set(results.map(({ id }) => id)).size).toBe(results.length)
    // The effect itself is no drift: without findings nobody would know.
    expect(results[0]?.status).not.toBe('fail')
    expect(effectOf(results[0])?.effect).toBeLessThan(0.11)
    expect(await compare(now, then, { findings: false })).toHaveLength(1)
  })
})

test.each([
  ['a rate of 2 % → 5 %', rate(2000, 0.05, 21), rate(2000, 0.02, 22), /odds ratio = \d.* may be over 2/],
  [
    'missing +5 points',
    rowsOf(many(2000, (i) => (i % 20 === 0 ? null : i))),
    rowsOf(many(2000, (i) => i)),
    /share missing = 0\.05 may be over 0\.05/,
  ],
  [
    'a value of 500 in another unit',
    numbers(2000, 25, (x, i) => (i % 500 === 0 ? 1e6 : x)),
    numbers(2000, 26),
    /W1\/σ = [\d,]+ may be over 0\.25/,
  ],
] as const)(
  '%s is no pass, though the effect is small, where rows are too few to call it drift',
  async (_, now, then, words) => {
    const [result] = await compare(now, then)
    expect(result).toMatchObject({ status: 'inconclusive', message: expect.stringMatching(words) })
    const [alone] = await compare(now, then, { findings: false })
    expect(['pass', 'inconclusive']).toContain(alone?.status)
    expect(alone?.message ?? '').not.toMatch(words)
  },
)

test('where the effect is drift, it alone says so', async () => {
  const result = await only(
    numbers(3000, 1, (x) => x + 1),
    numbers(3000, 2),
  )
  expect(result).toMatchObject({ status: 'fail' })
  expect(effectOf(result)).toMatchObject({ method: 'kolmogorovSmirnov' })
})

test('samples of one population have no findings, however rare their values', async () => {
  const next = random(15)
  const draw = () => ({
    heavy: Math.tan(Math.PI * (next() - 0.5)),
    zeros: next() < 0.8 ? 0 : normal(next),
    rare: next() < 0.02,
    name: `n${Math.floor(4000 * next() ** 6)}`,
    hole: next() < 0.03 ? null : Math.floor(next() * 6),
  })
  for (const [rows, referenceRows] of [
    [30, 2000],
    [500, 60],
    [2000, 2000],
  ] as const) {
    for (let call = 0; call < 6; call++) {
      const results = await compare(dataset(many(rows, draw)), dataset(many(referenceRows, draw)))
      for (const { status, measured, subject } of results)
        expect(status, `${subject.column}: ${measured}`).not.toBe('fail')
    }
  }
})

test('the limits of findings are their own, and false leaves one out', async () => {
  const now = numbers(6000, 2, (x, i) => (i % 100 < 8 ? null : x))
  const then = numbers(6000, 1)
  const statuses = async (options: DriftOptions) => (await compare(now, then, options)).map(({ status }) => status)
  expect(await statuses({})).toEqual(['pass', 'fail'])
  expect(await statuses({ findings: { missing: 0.15 } })).toEqual(['pass'])
  expect(await statuses({ findings: { missing: false } })).toEqual(['pass'])
  expect(await statuses({ findings: { unseen: false } })).toEqual(['pass', 'fail'])
  // Three times the usual limit allows three times as much.
  expect(await statuses({ limit: 0.3 })).toEqual(['pass'])
  const wide = numbers(6000, 3, (x, i) => (i % 50 === 0 ? 30 * x : x))
  const spread = async (limit: number) =>
    (await compare(wide, then, { limit, findings: { unseen: false } })).map(({ status }) => status)
  expect(await spread(0.1)).not.toEqual(['pass'])
  expect(await spread(0.3)).toEqual(['pass'])
})

test('values of another precision are said to be', async () => {
  const prices = [19.99, 4.99, 7.35, 12.3, 99.9]
  const result = await only(
    rowsOf(many(1000, (i) => Math.fround(prices[i % 5] as number))),
    rowsOf(many(1000, (i) => prices[i % 5])),
  )
  expect(result.status).toBe('fail')
  expect(result.message).toMatch(/values differ by at most \de-8 of themselves: another precision\?/)
})

test('findings tell no values of personal columns', async () => {
  const side = (far: number) =>
    dataset(
      many(3000, (i) => ({ x: i % 100 < 6 ? far : i % 50, who: i % 30 === 0 ? `secret${far}` : 'w' })),
      { pii: ['x', 'who'] },
    )
  const results = await compare(side(777_777), side(3))
  expect(results.filter(({ status }) => status === 'fail').length).toBeGreaterThanOrEqual(2)
  expect(JSON.stringify(results.map(({ lineage: _, ms: __, ...rest }) => rest))).not.toMatch(/777777|777,777|secret/)
})

test.each([
  [{ mising: 0.1 }, /did you mean missing\?/],
  [{ odds: 0.5 }, /odds: 0\.5/],
  [{ missing: 5 }, /missing: 5/],
])('findings: %j is an error at once', (findings, message) => {
  expect(() => noDriftFrom(numbers(3, 1), numbers(3, 1), { findings: findings as never })).toThrow(message)
})
