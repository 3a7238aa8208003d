import { describe, expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { type DriftOptions, freeze, noDriftFrom } from '../../src/drift/index.ts'
import { threshold } from '../../src/drift/compat/chunks.ts'
import { compare, effectOf } from './data.ts'

/** Rows of a Lehmer generator, an hour apart: sums of four uniform numbers, and letters. */
function rows(count: number, seed: number, shift: number) {
  let state = seed
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647
  return Array.from({ length: count }, (_, i) => ({
    at: new Date(Date.UTC(2026, 0, 1) + i * 3_600_000),
    x: next() + next() + next() + next() + shift,
    w: 'abcd'[Math.floor(next() * (shift > 0 ? 3 : 4))],
  }))
}
const then = dataset(rows(1100, 1, 0), { name: 'then' })
const now = dataset(rows(300, 2, 0.3), { name: 'now' })
const ways = {
  size: { size: 150 },
  number: { number: 7 },
  month: { every: 'month', time: 'at' },
} as const

test('a threshold is the mean and three deviations of a population more', () => {
  expect(threshold([1, 2, 3, Number.NaN])).toBeCloseTo(2 + 3 * Math.sqrt(2 / 3), 12)
})

describe('what cannot set a threshold is an error', () => {
  test.each([
    [{ chunks: { size: 10 } }, /chunks without NannyML/],
    [{ compat: 'deepchecks', chunks: { size: 10 } }, /chunks without NannyML/],
    [{ compat: 'nannyml', chunks: { size: 0 } }, /size: 0/],
    [{ compat: 'nannyml', chunks: { size: 10, number: 3 } }, /give one of/],
    [{ compat: 'nannyml', chunks: {} }, /give one of/],
    [{ compat: 'nannyml', chunks: { every: 'month' } }, /chunks of time need both/],
    [{ compat: 'nannyml', chunks: { every: 'moon', time: 'at' } }, /every: "moon"/],
  ] as [DriftOptions, RegExp][])('%j', (options, message) => {
    expect(() => noDriftFrom(now, then, options)).toThrow(message)
  })

  test('one chunk, a column of no time, a reference without rows', async () => {
    const refused = async (chunks: DriftOptions['chunks']) =>
      (await compare(now.column('x'), then.column('x'), { compat: 'nannyml', chunks } as DriftOptions))[0]?.message
    expect(await refused({ size: 2000 })).toContain('the reference makes one')
    expect(await refused({ every: 'day', time: 'x' })).toContain('a column of number values')
    const frozen = await freeze(then)
    expect(() => noDriftFrom(now, frozen, { compat: 'nannyml', chunks: { size: 10 } })).toThrow(/has no rows/)
  })
})

// What NannyML 0.13.1 answers for these rows: the upper threshold, and the value of the current data as a whole.
test.each([
  ['size', 'x', 'kolmogorov_smirnov', 0.1549285140348178, 0.2],
  ['size', 'x', 'jensen_shannon', 0.2268325495399067, 0.19005968918830599],
  ['size', 'x', 'wasserstein', 0.11212847699537527, 0.236984746956104],
  ['size', 'x', 'hellinger', 0.20573545720563688, 0.16052771186838513],
  ['size', 'w', 'jensen_shannon', 0.1542096014673746, 0.35141771335657224],
  ['size', 'w', 'l_infinity', 0.1288592465018131, 0.22454545454545455],
  ['size', 'w', 'hellinger', 0.12866575108454664, 0.34650548119568886],
  ['number', 'x', 'kolmogorov_smirnov', 0.9784775754527383, 0.2],
  ['number', 'x', 'jensen_shannon', 0.9681160233462373, 0.19005968918830599],
  ['number', 'x', 'wasserstein', 0.8449653762369869, 0.236984746956104],
  ['number', 'x', 'hellinger', 0.9207426823346438, 0.16052771186838513],
  ['number', 'w', 'jensen_shannon', 0.8166446512883399, 0.35141771335657224],
  ['number', 'w', 'l_infinity', 0.8235300718301808, 0.22454545454545455],
  ['number', 'w', 'hellinger', 0.7795151668022755, 0.34650548119568886],
  ['month', 'x', 'kolmogorov_smirnov', 0.047820960602765604, 0.2],
  ['month', 'x', 'jensen_shannon', 0.10357242505833267, 0.19005968918830599],
  ['month', 'x', 'wasserstein', 0.04159256660923215, 0.236984746956104],
  ['month', 'x', 'hellinger', 0.0864001958438719, 0.16052771186838513],
  ['month', 'w', 'jensen_shannon', 0.03102644058499416, 0.35141771335657224],
  ['month', 'w', 'l_infinity', 0.025379144837281847, 0.22454545454545455],
  ['month', 'w', 'hellinger', 0.02583276244410958, 0.34650548119568886],
] as const)('by %s, %s has the threshold and value of %s', async (way, column, method, limit, value) => {
  const options = { compat: 'nannyml', chunks: ways[way], method } as const
  const [result] = await compare(now.column(column), then.column(column), options)
  expect(result?.limit).toEqual({ max: expect.closeTo(limit, 12) })
  expect(effectOf(result)?.effect).toBeCloseTo(value, 12)
  expect(result?.status).toBe(value > limit ? 'fail' : 'pass')
})

test('a limit that is given goes before, and p has its fixed one', async () => {
  const chunks = ways.size
  const [given] = await compare(now.column('x'), then.column('x'), { compat: 'nannyml', chunks, limit: 0.7 })
  expect(given?.limit).toEqual({ max: 0.7 })
  const [p] = await compare(now.column('w'), then.column('w'), { compat: 'nannyml', chunks, method: 'chi2' })
  expect(p?.limit).toEqual({ max: 0.95 })
})
