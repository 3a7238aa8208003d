import { binCounts, binEdges } from '../../stats/binEdges.ts'
import { ksTwoSample } from '../../stats/ksTwoSample.ts'
import { wasserstein } from '../../stats/orderDistances.ts'
import { yates } from '../../stats/yates.ts'
import { hellinger, jensenShannon, largestChange } from '../../stats/shareDistances.ts'
import { aligned, type PeerCounts, type Peer, type PeerMethod, shares } from './peer.ts'
import { sumOf } from '../../stats/sumOf.ts'

type Shares = readonly number[]

/** Shares in Doane's bins of the reference; what is in none is a place of its own. */
function binned(ref: Float64Array, cur: Float64Array): readonly [Shares, Shares] {
  const edges = binEdges(ref, 'doane')
  return withRest(shares(binCounts(ref, edges), ref.length), shares(binCounts(cur, edges), cur.length))
}

function counted(reference: PeerCounts, current: PeerCounts): readonly [Shares, Shares] {
  const { ref, cur } = aligned(reference, current)
  const known = ref.map((_, i) => i).filter((i) => (ref[i] as number) > 0)
  const of = (list: readonly number[]) => {
    const all = shares(list)
    return known.map((i) => all[i] as number)
  }
  return withRest(of(ref), of(cur))
}

function withRest(ref: Shares, cur: Shares): readonly [Shares, Shares] {
  const rest = 1 - sumOf(cur)
  return rest > 0
    ? [
        [...ref, 0],
        [...cur, rest],
      ]
    : [ref, cur]
}

const ofShares = (name: string, measure: (ref: Shares, cur: Shares) => number): PeerMethod => ({
  name,
  p: false,
  threshold: 0.1,
  inclusive: false,
  numbers: (ref, cur) => measure(...binned(ref, cur)),
  categories: (ref, cur) => measure(...counted(ref, cur)),
})

/** Pearson's test of the categories of both. */
export function contingency(
  reference: PeerCounts,
  current: PeerCounts,
): { readonly statistic: number; readonly p: number } {
  const { ref, cur } = aligned(reference, current)
  return yates(ref, cur)
}

/**
 * NannyML's methods, by its names. Its own thresholds are three deviations over the chunks of a reference; without chunks
 * they are its fixed ones: 0.1, and p below 0.05. References of 10,000 rows or more, which it estimates, are exact here.
 */
export const nannyml: Peer = {
  name: 'nannyml',
  methods: [
    ofShares('jensen_shannon', (ref, cur) => jensenShannon(shares(ref), shares(cur))),
    ofShares('hellinger', hellinger),
    {
      name: 'kolmogorov_smirnov',
      p: false,
      threshold: 0.1,
      inclusive: false,
      numbers: (ref, cur) => ksTwoSample(ref, cur).statistic,
    },
    {
      name: 'wasserstein',
      p: false,
      threshold: 1,
      inclusive: false,
      numbers: (ref, cur) => wasserstein({ values: ref }, { values: cur }),
    },
    {
      name: 'l_infinity',
      p: false,
      threshold: 0.1,
      inclusive: false,
      categories: (reference, current) => {
        const { ref, cur } = aligned(reference, current)
        return largestChange(shares(cur), shares(ref))
      },
    },
    { name: 'chi2', p: true, threshold: 0.05, inclusive: false, categories: (ref, cur) => contingency(ref, cur).p },
  ],
  usual: () => 'jensen_shannon',
}
