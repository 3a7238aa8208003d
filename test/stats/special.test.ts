import { describe, expect, test } from 'vitest'
import { scaledBesselK } from '../../src/stats/besselK.ts'
import { betaI, betaQuantile } from '../../src/stats/beta.ts'
import { binomialAtLeast, binomialAtMost } from '../../src/stats/binomialTail.ts'
import { chiSquare } from '../../src/stats/chiSquare.ts'
import { proportionsZ } from '../../src/stats/contingency.ts'
import { cramerVonMisesSf } from '../../src/stats/cramerVonMises.ts'
import { chiSquareSf, gammaP, gammaQ } from '../../src/stats/gamma.ts'
import { hypergeometricSf } from '../../src/stats/hypergeometric.ts'
import { kolmogorovSf, smirnovSf } from '../../src/stats/kolmogorov.ts'
import { kolmogorovLimitSf } from '../../src/stats/kolmogorovLimit.ts'
import { ksOneSided } from '../../src/stats/ksOneSided.ts'
import { lnGamma } from '../../src/stats/lnGamma.ts'
import { mannWhitney } from '../../src/stats/mannWhitney.ts'
import { mcNemar } from '../../src/stats/mcNemar.ts'
import {
  noncentralChiSquareCdf,
  noncentralChiSquareQuantile,
  noncentralChiSquareSf,
  noncentralityOf,
} from '../../src/stats/noncentralChiSquare.ts'
import { normalSf } from '../../src/stats/normal.ts'
import { normalQuantile } from '../../src/stats/normalQuantile.ts'
import { tSf } from '../../src/stats/studentT.ts'
import { tTest } from '../../src/stats/tTest.ts'

type Call = (...args: readonly number[]) => number
const call = (of: unknown): Call => of as Call

/** Arguments at which each function has a value. */
const functions: readonly (readonly [string, Call, readonly number[]])[] = [
  ['lnGamma', call(lnGamma), [2.5]],
  ['gammaP', call(gammaP), [2, 1.5]],
  ['gammaQ', call(gammaQ), [2, 1.5]],
  ['chiSquareSf', call(chiSquareSf), [3, 2]],
  ['normalSf', call(normalSf), [1]],
  ['normalQuantile', call(normalQuantile), [0.6]],
  ['tSf', call(tSf), [1, 7]],
  ['betaI', call(betaI), [2, 3, 0.4]],
  ['betaQuantile', call(betaQuantile), [0.4, 2, 3]],
  ['binomialAtLeast', call(binomialAtLeast), [3, 10, 0.3]],
  ['binomialAtMost', call(binomialAtMost), [3, 10, 0.3]],
  ['hypergeometricSf', call(hypergeometricSf), [1, 10, 5, 5]],
  ['noncentralChiSquareCdf', call(noncentralChiSquareCdf), [3, 2, 1]],
  ['noncentralChiSquareSf', call(noncentralChiSquareSf), [3, 2, 1]],
  ['noncentralChiSquareQuantile', call(noncentralChiSquareQuantile), [0.5, 2, 1]],
  ['noncentralityOf', call(noncentralityOf), [3, 2, 0.5]],
  ['cramerVonMisesSf', call(cramerVonMisesSf), [0.5]],
  ['kolmogorovSf', call(kolmogorovSf), [10, 0.3]],
  ['kolmogorovLimitSf', call(kolmogorovLimitSf), [1]],
  ['smirnovSf', call(smirnovSf), [10, 0.3]],
  ['mcNemar', call(mcNemar), [3, 5]],
  ['scaledBesselK', call(scaledBesselK), [0.25, 1]],
]

test.each(functions)('%s of what is no number is no number, never a probability', (_, of, args) => {
  expect(of(...args)).toBeGreaterThan(0)
  args.forEach((__, i) => expect(of(...args.with(i, Number.NaN))).toBeNaN())
})

/** Made with 30 digits (mpmath), where other ways to compute them lose theirs. */
test.each<[string, Call, readonly number[], number]>([
  [
    'a small shape beside a large one',
    call(betaI),
    [673567.3097354319, 0.06406178494902308, 0.9999979705563109],
    0.008461326710382624,
  ],
  ['x near the mean', call(betaI), [983482.5908163786, 5.386631266409161, 0.9999771993110388], 4.321235339658029e-6],
  ['many degrees of freedom', call(tSf), [1.8729301203097275, 70103.55952309856], 0.03054109674878428],
  ['a rare success of ten million', call(binomialAtLeast), [12, 1e7, 0.0000012336226492320483], 0.5762691839247922],
  ['its counterpart', call(binomialAtMost), [11, 1e7, 0.000002311175566320891], 0.004161081182778384],
  ['the far tail of Cramér and von Mises', call(cramerVonMisesSf), [6], 2.008774178694868e-14],
  ['a tail under 1e-300', call(normalSf), [37.5], 4.605353009581955e-308],
])('%s keeps its digits', (_, of, args, truth) => {
  expect(of(...args) / truth).toBeCloseTo(1, 11)
})

test('the two ways to the limit of Cramér and von Mises meet', () => {
  expect(cramerVonMisesSf(0.4 + 1e-12) / cramerVonMisesSf(0.4)).toBeCloseTo(1, 10)
})

test('a quantile of the noncentral chi-square has its probability to the last digits', () => {
  for (const [p, df, lambda] of [
    [0.5, 3, 0.0156],
    [1e-9, 2, 1e-5],
    [0.999999, 50, 300],
  ] as const)
    expect(noncentralChiSquareCdf(noncentralChiSquareQuantile(p, df, lambda), df, lambda) / p).toBeCloseTo(1, 12)
  expect(noncentralChiSquareQuantile(0, 2, 1)).toBe(0)
  expect(noncentralChiSquareQuantile(1, 2, 1)).toBe(Number.POSITIVE_INFINITY)
})

test('counts whose products pass 2^53 keep all digits of their difference', () => {
  const [a, b, c, d] = [334144011, 665855989, 334149858, 665850143]
  const cross = BigInt(a) * BigInt(d) - BigInt(b) * BigInt(c)
  const [n, m] = [a + b, c + d]
  const wanted = Number((cross * cross * 10n ** 15n) / (BigInt(a + c) * BigInt(b + d) * BigInt(n))) / 1e15
  expect((chiSquare([a, b], [c, d]).statistic * m) / (n + m) / wanted).toBeCloseTo(1, 12)
})

describe('an alternative', () => {
  const a = Float64Array.of(1.2, 2.5, 3.1, 4.8, 5)
  const b = Float64Array.of(2, 3.3, 4.4, 6.1, 7.5, 8)
  test.each([
    ["Welch's t", (way) => tTest(a, b, false, way).p],
    ["Student's t", (way) => tTest(a, b, true, way).p],
    ['z of two shares', (way) => proportionsZ(12, 40, 25, 50, way).p],
  ] satisfies readonly [string, (way: 'less' | 'greater' | 'two-sided') => number][])(
    'of %s: the two sides make one, and twice the smaller one is that of both',
    (_, p) => {
      expect(p('less') + p('greater')).toBeCloseTo(1, 14)
      expect(p('two-sided')).toBeCloseTo(2 * Math.min(p('less'), p('greater')), 14)
      expect(p('less')).toBeLessThan(0.5)
    },
  )

  test('of Mann and Whitney points where the ranks do, of Kolmogorov and Smirnov where the distribution functions do', () => {
    expect(mannWhitney(a, b, { alternative: 'less' }).p).toBeLessThan(mannWhitney(a, b, { alternative: 'greater' }).p)
    expect(ksOneSided(a, b, 'greater')).toMatchObject({ statistic: expect.closeTo(1 / 2, 12), location: 5 })
    expect(ksOneSided(a, b, 'less')).toMatchObject({ statistic: 0, location: Number.NaN, p: 1 })
  })
})
