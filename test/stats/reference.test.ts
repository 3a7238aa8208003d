import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { chiSquare } from '../../src/stats/chiSquare.ts'
import { chiSquareSf } from '../../src/stats/gamma.ts'
import { lnGamma } from '../../src/stats/lnGamma.ts'
import { holm } from '../../src/stats/holm.ts'
import { kolmogorovSf } from '../../src/stats/kolmogorov.ts'
import { ksTwoSample } from '../../src/stats/ksTwoSample.ts'
import { generate, type Generated } from '../helpers/generate.ts'

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/drift/${name}.json`, import.meta.url), 'utf8'))

interface Case {
  id: string
  method: string
  params: { mode?: string; alternative?: string; correction?: boolean }
  input: {
    ref?: number[]
    cur?: number[]
    gen?: { ref: Generated; cur: Generated }
    counts_ref?: number[]
    counts_cur?: number[]
    pvalues?: number[]
  }
  expected: Record<string, number> & { error?: string; holm?: number[] }
}
const cases = read('scipy') as Case[]
// Where SciPy raises or answers NaN (one value against one, asymptotically) there is nothing to agree with.
const answered = ({ expected, params }: Case) =>
  !expected.error &&
  (expected.pvalue as unknown) !== 'NaN' &&
  (params.alternative ?? 'two-sided') === 'two-sided' &&
  params.correction !== true
const of = (method: string) => cases.filter((one) => one.method === method && answered(one))

/** Equal up to a relative error; exact zeros may be as small as doubles get. */
function near(found: number, wanted: number, relative: number, what: string): void {
  const error = Math.abs(found - wanted) / Math.max(Math.abs(wanted), 1e-300)
  expect(error, `${what}: ${found} for ${wanted}`).toBeLessThanOrEqual(relative)
}

describe('two samples agree with SciPy', () => {
  test.each(of('ks_2samp'))('Kolmogorov-Smirnov: $id', ({ input, params, expected, id }) => {
    const sample = (side: 'ref' | 'cur') =>
      Float64Array.from(input.gen ? generate(input.gen[side]) : (input[side] as number[])).sort()
    const method = params.mode === 'asymp' ? 'asymptotic' : params.mode === 'exact' ? 'exact' : 'auto'
    const { statistic, p } = ksTwoSample(sample('cur'), sample('ref'), method)
    near(statistic, expected.statistic as number, 1e-12, `${id} D`)
    if ((expected.pvalue as number) > 1e-300) near(p, expected.pvalue as number, 1e-9, `${id} p`)
    else expect(p).toBeLessThan(1e-290)
  })

  test.each(of('chi2_contingency'))('chi-square homogeneity: $id', ({ input, expected, id }) => {
    const { statistic, p, df } = chiSquare(input.counts_cur as number[], input.counts_ref as number[])
    near(statistic, expected.statistic as number, 1e-12, `${id} statistic`)
    expect(df).toBe(expected.dof)
    near(p, expected.pvalue as number, 1e-9, `${id} p`)
  })

  test.each(of('multiple_testing'))('Holm: $id', ({ input, expected }) => {
    holm(input.pvalues as number[]).forEach((p, i) => near(p, expected.holm?.[i] as number, 1e-12, `p ${i}`))
  })
})

describe('special functions agree with 60 digits', () => {
  const functions: Record<string, (...args: number[]) => number> = {
    'chi2.sf': chiSquareSf as never,
    'kstwo.sf': ((d: number, n: number) => kolmogorovSf(n, d)) as never,
    gammaln: lnGamma as never,
  }
  const special = read('special') as { id: string; fn: string; args: number[]; truth?: number; scipy: number }[]
  test.each(special.filter(({ fn }) => functions[fn]))('$fn($args)', ({ fn, args, truth, scipy }) => {
    const wanted = truth ?? scipy
    if (Math.abs(wanted) < 1e-300) expect(functions[fn]?.(...args)).toBeLessThan(1e-290)
    else near(functions[fn]?.(...args) as number, wanted, truth === undefined || fn === 'kstwo.sf' ? 1e-9 : 2e-12, fn)
  })
})
