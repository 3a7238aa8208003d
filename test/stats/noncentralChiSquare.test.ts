import { describe, expect, test } from 'vitest'
import { gammaP, gammaQ } from '../../src/stats/gamma.ts'
import { normalSf } from '../../src/stats/normal.ts'
import {
  noncentralChiSquareCdf,
  noncentralChiSquareQuantile,
  noncentralChiSquareSf,
  noncentralityOf,
} from '../../src/stats/noncentralChiSquare.ts'

/** Normal distribution function, from the central chi-square of one degree. */
const phi = (z: number): number => 0.5 + (Math.sign(z) * gammaP(0.5, (z * z) / 2)) / 2

test('with one degree it is the square of a shifted normal', () => {
  for (const [x, lambda] of [
    [4, 1],
    [0.5, 3],
    [30, 25],
    [2600, 2500],
    [1e6, 1e6 + 500],
  ] as const) {
    const [a, b] = [Math.sqrt(x), Math.sqrt(lambda)]
    expect(noncentralChiSquareCdf(x, 1, lambda)).toBeCloseTo(phi(a - b) - phi(-a - b), 8)
  }
})

test('with two degrees and no shift it is the exponential', () => {
  expect(noncentralChiSquareCdf(3, 2, 0)).toBeCloseTo(1 - Math.exp(-1.5), 13)
  expect(gammaQ(1, 700)).toBeCloseTo(Math.exp(-700), 13)
  expect(gammaQ(1, 700) / Math.exp(-700)).toBeCloseTo(1, 10)
})

// x, degrees, noncentrality, and both tails by mpmath's incomplete gamma functions with 40 digits, summed over the mixture.
test.each([
  [5.623413251909115e-7, 1, 1e-12, 0.0005983289557843217, 0.9994016710442157],
  [1.000000000001, 1, 1e-12, 0.682689492137086, 0.3173105078629141],
  [57.568542494981365, 1, 1e-12, 0.9999999999999674, 3.264043011081224e-14],
  [0.6324555320336759, 1, 1, 0.3825865366533438, 0.6174134633466563],
  [24.045407685048602, 1, 1, 0.9999526143304109, 4.738566958906546e-5],
  [160.85004684572598, 1, 400, 1.264739815137552e-13, 0.9999999999998735],
  [521.074976577137, 1, 400, 0.9976511732928988, 0.002348826707101241],
  [2.2493653007619586e-6, 4, 1e-12, 6.324550578260331e-13, 0.9999999999993675],
  [4.000000000001, 4, 1e-12, 0.5939941502901619, 0.40600584970983805],
  [117.13708498987688, 4, 1e-12, 1.0, 2.1828412658875123e-24],
  [1.5811388300841898, 4, 1, 0.1285716703147852, 0.8714283296852148],
  [36.17691453623979, 4, 1, 0.9999961613290542, 3.838670945773302e-6],
  [163.40074813083893, 4, 400, 1.33298674210707e-13, 0.9999999999998667],
  [524.2996259345805, 4, 400, 0.9976545332981432, 0.0023454667018567863],
  [2.0806629032043478e-5, 37, 1e-12, 2.3703459707237247e-109, 1.0],
  [37.000000000001, 37, 1e-12, 0.530925554179421, 0.46907444582057906],
  [381.0930106817154, 37, 1e-12, 1.0, 1.0294845806250099e-58],
  [20.336478267344305, 37, 1, 0.009256956906324675, 0.9907430430936753],
  [117.48584779695062, 37, 1, 0.9999999992395486, 7.604514060732693e-10],
  [191.5127294542546, 37, 400, 2.2670757738759182e-13, 0.9999999999997733],
  [559.7436352728727, 37, 400, 0.9976897661039899, 0.002310233896010146],
])('at %d of %d degrees and noncentrality %d both tails are good to 1e-12', (x, df, lambda, below, above) => {
  expect(noncentralChiSquareCdf(x, df, lambda) / below).toBeCloseTo(1, 11)
  expect(noncentralChiSquareSf(x, df, lambda) / above).toBeCloseTo(1, 11)
})

test('far from its mean, either way, an answer comes as fast, and it is that of a shifted normal', () => {
  for (const lambda of [1e3, 1e6, 1e8]) {
    const shift = Math.sqrt(lambda)
    for (const z of [-30, -5, 0, 5, 30]) {
      const x = (shift + z) ** 2
      const [below, above] = [noncentralChiSquareCdf(x, 1, lambda), noncentralChiSquareSf(x, 1, lambda)]
      expect(below / normalSf(-z), `${lambda} ${z}`).toBeCloseTo(1, 6)
      expect(above / normalSf(z), `${lambda} ${z}`).toBeCloseTo(1, 6)
    }
    expect(noncentralChiSquareCdf(1, 4, lambda)).toBeLessThan(1e-190)
    expect(noncentralChiSquareSf(100 * lambda, 4, lambda)).toBe(0)
  }
})

describe('inverses', () => {
  test('quantile and noncentrality undo the distribution function', () => {
    for (const [df, lambda] of [
      [1, 0],
      [4.3, 12],
      [330, 1000],
    ] as const) {
      const x = noncentralChiSquareQuantile(0.975, df, lambda)
      expect(noncentralChiSquareCdf(x, df, lambda)).toBeCloseTo(0.975, 8)
      expect(noncentralityOf(x, df, 0.975)).toBeCloseTo(lambda, 4)
    }
  })

  test('a value that even the central distribution exceeds has noncentrality 0', () => {
    expect(noncentralityOf(1, 5, 0.975)).toBe(0)
  })
})
