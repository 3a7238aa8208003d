import { afterEach, describe, expect, test, vi } from 'vitest'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { blocksOf } from '../../src/results/blocks/index.ts'
import { compare, effectOf, many, normal, only, random, rowsOf } from './data.ts'

/** So many workers share the memory that no column fits what is left of it. */
const squeezed = () => vi.stubEnv('ASSAY_WORKERS', '1000000')

afterEach(() => vi.unstubAllEnvs())

/** The largest difference of the cumulative shares over the scale missing < numbers < not a number, by its definition. */
function distance(here: readonly (number | null)[], there: readonly (number | null)[]): number {
  const place = (x: number | null) =>
    x === null ? -3 : x === -Infinity ? -2 : x === Infinity ? 2 : Number.isNaN(x) ? 3 : 0
  const order = (a: number | null, b: number | null) =>
    place(a) - place(b) || (place(a) === 0 ? (a as number) - (b as number) : 0)
  const all = [...here.map((x) => ({ x, by: 1 / here.length })), ...there.map((x) => ({ x, by: -1 / there.length }))]
  all.sort((a, b) => order(a.x, b.x))
  let [sum, most] = [0, 0]
  all.forEach(({ x, by }, i) => {
    sum += by
    const next = all[i + 1]
    if (!next || order(x, next.x) !== 0) most = Math.max(most, Math.abs(sum))
  })
  return most
}

/** Half of the values have a place of their own. */
const strange = (next: () => number): number | null =>
  next() < 0.5 ? normal(next) : ([null, Number.NEGATIVE_INFINITY, Infinity, Number.NaN][Math.floor(4 * next())] ?? null)

const ROWS = 6000
const [next, other] = [random(11), random(12)]
const draw = (make: () => number | null) => many(ROWS, make)
const columns: Readonly<Record<string, readonly [(number | null)[], (number | null)[]]>> = {
  'one distribution': [draw(() => normal(next)), draw(() => normal(next))],
  'another mean': [draw(() => normal(next) + 0.5), draw(() => normal(next))],
  'another spread': [draw(() => 2 * normal(next)), draw(() => normal(next))],
  'four fifths of zeros': [
    draw(() => (next() < 0.8 ? 0 : normal(next))),
    draw(() => (next() < 0.8 ? 0 : normal(next))),
  ],
  'more zeros': [draw(() => (next() < 0.8 ? 0 : normal(next))), draw(() => (next() < 0.5 ? 0 : normal(next)))],
  'few integers': [draw(() => Math.floor(6 * next())), draw(() => Math.floor(6 * next()))],
  'heavy tails': [draw(() => Math.tan(Math.PI * (next() - 0.5))), draw(() => Math.tan(Math.PI * (next() - 0.5)))],
  'more missing': [draw(() => (next() < 0.3 ? null : normal(next))), draw(() => normal(next))],
  'infinite values turned to what is no number': [
    draw(() => (next() < 0.2 ? Number.NaN : normal(next))),
    draw(() => (next() < 0.2 ? Number.POSITIVE_INFINITY : normal(next))),
  ],
  'minus infinity': [draw(() => (next() < 0.2 ? Number.NEGATIVE_INFINITY : normal(next))), draw(() => normal(next))],
  'what is no finite number, on both sides': [draw(() => strange(other)), draw(() => strange(other))],
  constants: [draw(() => 3), draw(() => 3)],
  'two constants': [draw(() => 3), draw(() => 4)],
  'the largest doubles': [draw(() => (next() < 0.5 ? 1 : -1) * Number.MAX_VALUE), draw(() => normal(next))],
}

const judgedAs = (result: CheckResult) => [result.status, result.measured, effectOf(result)?.note, effectOf(result)?.p]

describe('a column too large for memory', () => {
  test.each(Object.entries(columns))(
    '%s: the distance of all values lies between those of its bins',
    async (_, sides) => {
      const [mine, theirs] = sides
      const [current, reference] = [rowsOf(mine), rowsOf(theirs)]
      const whole = await compare(current, reference)
      squeezed()
      const binned = await compare(rowsOf(mine), rowsOf(theirs))
      const truth = distance(mine, theirs)
      const [full, counted] = [whole[0], binned[0]] as [CheckResult, CheckResult]
      expect(effectOf(full)?.value).toBeCloseTo(truth, 9)
      const note = effectOf(counted)?.note ?? ''
      const [, least, most] = /D is between ([\d.e-]+) and ([\d.e-]+)/.exec(note)?.map(Number) ?? []
      expect(note).toMatch(/counted in [\d,]+ bins of the reference, since 12,000 values are more than memory is given/)
      expect(least).toBeLessThanOrEqual(truth * 1.01)
      expect(most).toBeGreaterThanOrEqual(truth * 0.99 - 1e-12)
      expect((most as number) - (least as number)).toBeLessThan(0.006)
      const [low, high] = effectOf(counted)?.interval ?? [Number.NaN, Number.NaN]
      const [lower, upper] = effectOf(full)?.interval ?? [Number.NaN, Number.NaN]
      expect(low).toBeLessThanOrEqual((lower as number) + 1e-9)
      expect(high).toBeGreaterThanOrEqual((upper as number) - 1e-9)
      expect([full.status, 'inconclusive']).toContain(counted.status)
      const [detectable, inBins] = [full, counted].map((result) => effectOf(result)?.leastDetectable as number)
      expect(inBins).toBeGreaterThan((detectable as number) - 1e-9)
      expect(inBins).toBeLessThan((detectable as number) + 0.006)
      for (const chart of blocksOf(counted, 'distributions')) {
        if (chart.type !== 'histogram') continue
        const finite = (list: readonly (number | null)[]) => list.filter((x) => x !== null && Number.isFinite(x)).length
        const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
        expect([sum(chart.current), sum(chart.reference ?? [])]).toEqual([finite(mine), finite(theirs)])
        expect(chart.edges.every((edge, i) => i === 0 || edge > (chart.edges[i - 1] as number))).toBe(true)
        expect(chart.edges).toHaveLength(chart.current.length + 1)
      }
    },
  )

  test('what is found beside the distance is found in bins, too', async () => {
    const plain = draw(() => normal(next)) as number[]
    const far = plain.map((x, i) => (i % 8 === 0 ? 1000 * x : x))
    squeezed()
    const results = await compare(rowsOf(far), rowsOf(draw(() => normal(next))))
    const found = results.map(({ status, measured }) => `${status} ${measured}`).join('\n')
    expect(found).toMatch(/^pass D = /)
    expect(found).toMatch(/fail share outside the range = 0\.1[23]/)
    expect(found).toMatch(/fail W1\/σ = \d\d/)
  })

  test.each([1e200, 1e-200])('of numbers around %s, too, whose squares no double holds', async (size) => {
    const side = () => draw(() => normal(other) * size) as number[]
    const [plain, wide] = [side(), side().map((x, i) => (i % 8 === 0 ? 1000 * x : x))]
    squeezed()
    expect((await only(rowsOf(plain), rowsOf(side()))).status).toBe('pass')
    const results = await compare(rowsOf(wide), rowsOf(plain), { findings: { unseen: false } })
    expect(results.map(({ status, measured }) => `${status} ${measured}`)).toEqual([
      expect.stringMatching(/^pass D = /),
      expect.stringMatching(/^fail W1\/σ = \d\d/),
    ])
  })

  test('a side without any value, whose type says nothing, is compared as all missing', async () => {
    squeezed()
    const [numbers, none] = [rowsOf(draw(() => normal(other))), rowsOf(draw(() => null))]
    for (const [current, reference] of [
      [none, numbers],
      [numbers, none],
    ] as const)
      expect(await compare(current, reference).then(([first]) => first)).toMatchObject({ status: 'fail', value: 1 })
  })

  test('times are counted as numbers are', async () => {
    const at = (shift: number) => draw(() => Math.floor(Date.UTC(2026, 0, 5) + 1e9 * (next() + shift)))
    const times = (list: (number | null)[]) => rowsOf(list.map((ms) => new Date(ms as number)))
    squeezed()
    const method = 'kolmogorovSmirnov'
    expect((await only(times(at(0)), times(at(0)), { method })).status).toBe('pass')
    const moved = await only(times(at(0.3)), times(at(0)), { method })
    expect(moved.status).toBe('fail')
    expect(moved.message).toMatch(/rows under 2026-01-0\d/)
  })

  test('no value of it is read but those of some rows', async () => {
    const rows = 120_000
    const [mine, theirs] = [many(rows, () => normal(next) + 0.4), many(rows, () => normal(next))]
    squeezed()
    const result = await only(rowsOf(mine), rowsOf(theirs))
    expect(result.status).toBe('fail')
    expect(effectOf(result)?.value).toBeCloseTo(distance(mine, theirs), 2)
  })

  test('whole numbers that doubles do not tell apart leave open what lies in a bin', async () => {
    const near = (offset: bigint) => rowsOf(many(3000, (i) => 9_007_199_254_740_992n + offset + BigInt(i % 2)))
    squeezed()
    expect((await only(near(1n), near(0n))).status).not.toBe('pass')
  })

  test('hours and weekdays of times that move on are counted by the engine', async () => {
    const sold = (from: number, hour: () => number) =>
      rowsOf(many(ROWS, (i) => new Date(Date.UTC(2026, from, 1 + (i % 28), hour(), i % 60))))
    const byDay = () => 8 + Math.floor(10 * next())
    const later = () => 12 + Math.floor(2 * next())
    const sides = [byDay, later].map((hour) => [sold(1, hour), sold(0, byDay)] as const)
    const told = () => Promise.all(sides.map(async ([current, reference]) => judgedAs(await only(current, reference))))
    const held = await told()
    squeezed()
    expect(await told()).toEqual(held)
    expect(held.map(([status]) => status)).toEqual(['pass', 'fail'])
  })

  test('distances of shares are of the same bins', async () => {
    const [mine, theirs] = [draw(() => normal(next) + 0.6), draw(() => normal(next))]
    const measured = async (method: string) =>
      effectOf(await only(rowsOf(mine), rowsOf(theirs), { method }))?.value ?? 0
    const methods = ['psi', 'jensenShannon', 'hellinger', 'totalVariation', 'kullbackLeibler', 'bhattacharyya']
    const held = await Promise.all(methods.map(measured))
    squeezed()
    const counted = await Promise.all(methods.map(measured))
    for (const [i, value] of counted.entries()) expect(value / (held[i] as number)).toBeCloseTo(1, 1)
  })

  test('a method that needs all values says so, and what to do', async () => {
    const rows = rowsOf(draw(() => normal(next)))
    squeezed()
    const result = await only(rows, rows, { method: 'mannWhitney' })
    expect(result.status).toBe('error')
    expect(result.message).toMatch(
      /mannWhitney, which needs all values of "x" in memory.*\n.*kolmogorovSmirnov counts them in bins; or compare a sample\(\)/s,
    )
  })
})
