import { AssayError } from '../../errors.ts'
import { andersonDarling } from '../../stats/andersonDarling.ts'
import { binCounts, binEdges } from '../../stats/binEdges.ts'
import { chiSquareFit, fisherExact, proportionsZ } from '../../stats/contingency.ts'
import { cramerVonMises } from '../../stats/cramerVonMises.ts'
import { eppsSingleton } from '../../stats/eppsSingleton.ts'
import { chiSquareSf } from '../../stats/gamma.ts'
import { ksTwoSample } from '../../stats/ksTwoSample.ts'
import { mannWhitney } from '../../stats/mannWhitney.ts'
import { energyDistance, wasserstein } from '../../stats/orderDistances.ts'
import { jensenShannon, kullbackLeibler, populationStability } from '../../stats/shareDistances.ts'
import { tTest } from '../../stats/tTest.ts'
import { empiricalMmd, totalVariation } from './evidentlyShuffled.ts'
import { aligned, type PeerCounts, countsOf, distinct, type Peer, type PeerMethod, rowsOf, shares } from './peer.ts'
import { sumOf } from '../../stats/sumOf.ts'

type Shares = readonly number[]
const pooled = (a: Float64Array, b: Float64Array): Float64Array => Float64Array.from([...a, ...b]).sort()

/** Shares of the reference and the current data: of Sturges' bins of both together, of values where there are few. */
function binned(ref: Float64Array, cur: Float64Array): readonly [Shares, Shares] {
  if (distinct(ref) <= 20) return counted(countsOf(ref), countsOf(cur))
  const edges = binEdges(pooled(ref, cur), 'sturges')
  return [shares(binCounts(ref, edges), ref.length), shares(binCounts(cur, edges), cur.length)]
}

function counted(reference: PeerCounts, current: PeerCounts): readonly [Shares, Shares] {
  const { ref, cur } = aligned(reference, current)
  return [shares(ref), shares(cur)]
}

/** Empty places get 0.0001, or a millionth of the smallest share where that is less. */
function filled(list: Shares): Shares {
  const least = Math.min(...list.filter((share) => share > 0))
  return list.map((share) => (share > 0 ? share : least <= 0.0001 ? least / 1e6 : 0.0001))
}

const normalized = (list: Shares): Shares => shares(list)

/** A measure of shares, of numbers in bins and of categories. */
const ofShares = (name: string, measure: (ref: Shares, cur: Shares) => number): PeerMethod => ({
  name,
  p: false,
  threshold: 0.1,
  inclusive: true,
  numbers: (ref, cur) => measure(...binned(ref, cur)),
  categories: (ref, cur) => measure(...counted(ref, cur)),
})

const ofNumbers = (
  name: string,
  threshold: number,
  measure: (ref: Float64Array, cur: Float64Array) => number,
  { p = true, inclusive = false } = {},
): PeerMethod => ({ name, p, threshold, inclusive, numbers: measure })

/** A test of categories; numbers count as values. */
const ofCategories = (
  name: string,
  threshold: number,
  measure: (ref: PeerCounts, cur: PeerCounts) => number,
): PeerMethod => ({
  name,
  p: true,
  threshold,
  inclusive: false,
  numbers: (ref, cur) => measure(countsOf(ref), countsOf(cur)),
  categories: measure,
})

const raised = (why: string, hint: string): AssayError =>
  new AssayError('wrong-argument', `Evidently raises: ${why}`, { hint })

function deviation(sample: Float64Array): number {
  const mean = sumOf(sample) / sample.length
  return Math.sqrt(sample.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sample.length)
}

/** Over bins of all different values. */
function hellingerOfNumbers(ref: Float64Array, cur: Float64Array): number {
  const keys = Float64Array.from(new Set([...ref, ...cur])).sort()
  const edges = binEdges(keys, 'sturges')
  const bins = edges.length - 1
  const width = ((edges.at(-1) as number) - (edges[0] as number)) / bins
  const density = (sample: Float64Array) => {
    const counts = binCounts(sample, edges)
    const all = sumOf(counts)
    return counts.map((count, i) => count / all / ((edges[i + 1] as number) - (edges[i] as number)))
  }
  const [one, two] = [density(ref), density(cur)]
  const overlap = one.reduce((sum, share, i) => sum + Math.sqrt(share * (two[i] as number)) * width, 0)
  return Math.sqrt(1 - Math.min(1, overlap))
}

function hellingerOfCategories(reference: PeerCounts, current: PeerCounts): number {
  const { ref, cur } = aligned(reference, current)
  const [p, q] = [shares(ref), shares(cur)]
  return Math.sqrt(
    1 -
      Math.min(
        1,
        p.reduce((sum, share, i) => sum + Math.sqrt(share * (q[i] as number)), 0),
      ),
  )
}

/** A goodness of fit to the reference, scaled as if it were exact. */
function fit(reference: PeerCounts, current: PeerCounts): number {
  const { ref, cur } = aligned(reference, current)
  const scale = rowsOf(current) / rowsOf(reference)
  return chiSquareFit(
    cur,
    ref.map((count) => count * scale),
  ).p
}

/** The likelihood ratio without scaling, which needs sides of one size. */
function likelihood(reference: PeerCounts, current: PeerCounts): number {
  const { ref, cur } = aligned(reference, current)
  const [n, m] = [ref, cur].map((list) => sumOf(list)) as [number, number]
  if (Math.abs(n - m) > 1e-8 * Math.min(n, m)) throw raised('its g_test needs sides of one size', 'use chisquare')
  const statistic = cur.reduce(
    (sum, count, i) => sum + (count === 0 ? 0 : 2 * count * Math.log(count / (ref[i] as number))),
    0,
  )
  return cur.length < 2 ? 1 : chiSquareSf(statistic, cur.length - 1)
}

function proportions(reference: PeerCounts, current: PeerCounts): number {
  const { keys, ref, cur } = aligned(reference, current)
  if (keys.length === 1) return 1
  const { p } = proportionsZ(
    rowsOf(reference) - (ref[0] ?? 0),
    rowsOf(reference),
    rowsOf(current) - (cur[0] ?? 0),
    rowsOf(current),
  )
  return Number.isNaN(p) ? 1 : p
}

function fisher(reference: PeerCounts, current: PeerCounts): number {
  const { keys, ref, cur } = aligned(reference, current)
  if (keys.length > 2) throw raised('its fisher_exact takes two categories', 'use chisquare')
  if (rowsOf(reference) !== rowsOf(current)) throw raised('its fisher_exact needs sides of one size', 'use z')
  return fisherExact([
    [cur[0] ?? 0, cur[1] ?? 0],
    [ref[0] ?? 0, ref[1] ?? 0],
  ]).p
}

/** Evidently's methods (0.4 to 0.7), by its names, with its thresholds. */
export const evidently: Peer = {
  name: 'evidently',
  methods: [
    ofNumbers('ks', 0.05, (ref, cur) => ksTwoSample(ref, cur).p, { inclusive: true }),
    ofNumbers(
      'wasserstein',
      0.1,
      (ref, cur) => wasserstein({ values: ref }, { values: cur }) / Math.max(deviation(ref), 0.001),
      { p: false, inclusive: true },
    ),
    ofNumbers('ed', 0.1, (ref, cur) => energyDistance({ values: ref }, { values: cur }), { p: false }),
    ofNumbers('anderson', 0.1, (ref, cur) => andersonDarling([ref, cur]).p),
    ofNumbers('cramer_von_mises', 0.1, (ref, cur) => cramerVonMises(ref, cur).p, { inclusive: true }),
    ofNumbers('es', 0.05, (ref, cur) => eppsSingleton(ref, cur).p),
    ofNumbers('mannw', 0.05, (ref, cur) => mannWhitney(ref, cur, { alternative: 'less' }).p),
    ofNumbers('t_test', 0.05, (ref, cur) => tTest(ref, cur, true).p),
    ofCategories('chisquare', 0.05, fit),
    ofCategories('z', 0.05, proportions),
    ofCategories('fisher_exact', 0.1, fisher),
    ofCategories('g_test', 0.1, likelihood),
    ofShares('psi', (ref, cur) => populationStability(filled(ref), filled(cur))),
    ofShares('kl_div', (ref, cur) => kullbackLeibler(normalized(filled(ref)), normalized(filled(cur)))),
    ofShares('jensenshannon', (ref, cur) => jensenShannon(normalized(ref), normalized(cur), Math.E)),
    { ...ofShares('hellinger', () => Number.NaN), numbers: hellingerOfNumbers, categories: hellingerOfCategories },
    totalVariation,
    empiricalMmd,
  ],
  usual({ numeric, rows, distinct: values }) {
    if (rows <= 1000) return numeric && values > 5 ? 'ks' : values > 2 ? 'chisquare' : 'z'
    return numeric && values > 5 ? 'wasserstein' : 'jensenshannon'
  },
}
