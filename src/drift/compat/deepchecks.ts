import { ksTwoSample } from '../../stats/ksTwoSample.ts'
import { wasserstein } from '../../stats/orderDistances.ts'
import { populationStability } from '../../stats/shareDistances.ts'
import { yates } from '../../stats/yates.ts'
import { aligned, type PeerCounts, countsOf, type Peer, shares } from './peer.ts'
import { sumOf } from '../../stats/sumOf.ts'
import { quantile } from '../../stats/quantile.ts'

/** Categories with fewer than this share of the reference are left out. */
const LEAST_SHARE = 0.01
/** Shares are no smaller. */
const LEAST = 0.01

/** Counts of both without what is rare in the reference. */
function gathered(reference: PeerCounts, current: PeerCounts, least: number) {
  const { ref, cur } = aligned(reference, current)
  const all = sumOf(ref)
  const rare = ref.map((count) => count > 0 && count < least * all)
  const kept = (list: readonly number[]) => list.filter((_, i) => !rare[i])
  return { ref: kept(ref), cur: kept(cur) }
}

/** Bergsma's corrected V (2013) of the counts, the larger side scaled down to the smaller one and rounded. */
export function correctedV(
  reference: PeerCounts,
  current: PeerCounts,
  { least = LEAST_SHARE, balanced = false } = {},
): number {
  let { ref, cur }: { ref: readonly number[]; cur: readonly number[] } = gathered(
    reference,
    current,
    balanced ? 0 : least,
  )
  if (balanced) {
    // As if all categories were equally common in the reference; one row more in each makes none empty.
    const mean = 1 + sumOf(ref) / ref.length
    const moved = cur.map((count, i) => Math.round(((count + 1) * mean) / ((ref[i] as number) + 1)))
    ref = ref.map(() => Math.round(mean))
    cur = moved.map((count) => Math.round((count * sumOf(ref)) / sumOf(moved)))
  }
  const smaller = Math.min(sumOf(ref), sumOf(cur))
  const scaled = (list: readonly number[]) => {
    const all = sumOf(list)
    return all > smaller ? list.map((count) => Math.round((count * smaller) / all)) : list
  }
  const [a, b] = balanced ? [ref, cur] : [scaled(ref), scaled(cur)]
  const rows = sumOf(a) + sumOf(b)
  const columns = a.filter((count, i) => count + (b[i] as number) > 0).length
  const phi2 = Math.max(0, yates(a, b).statistic / rows - (columns - 1) / (rows - 1))
  const [k, r] = [columns - (columns - 1) ** 2 / (rows - 1), 2 - 1 / (rows - 1)]
  const least2 = Math.min(k - 1, r - 1)
  return least2 > 0 ? Math.sqrt(phi2 / least2) : 0
}

export function stability(reference: PeerCounts, current: PeerCounts, least = LEAST_SHARE): number {
  const { ref, cur } = gathered(reference, current, least)
  const raised = (list: readonly number[]) => shares(list).map((share) => Math.max(share, LEAST))
  return populationStability(raised(ref), raised(cur))
}

/** W1 over the pooled range, without what lies outside the middle of each sample. */
export function earthMover(ref: Float64Array, cur: Float64Array, margin = 0.025): number {
  const middle = (sample: Float64Array) => {
    if (margin === 0) return sample
    const [low, high] = [quantile(sample, margin), quantile(sample, 1 - margin)]
    return sample.filter((value) => value >= low && value <= high)
  }
  const [a, b] = [middle(ref), middle(cur)]
  const [low, high] = [Math.min(a[0] as number, b[0] as number), Math.max(a.at(-1) as number, b.at(-1) as number)]
  return high > low ? wasserstein({ values: a }, { values: b }) / (high - low) : 0
}

/** Deepchecks' scores, by its names, with its threshold of features. */
export const deepchecks: Peer = {
  name: 'deepchecks',
  methods: [
    { name: 'ks', p: false, threshold: 0.2, inclusive: true, numbers: (ref, cur) => ksTwoSample(ref, cur).statistic },
    { name: 'emd', p: false, threshold: 0.2, inclusive: true, numbers: (ref, cur) => earthMover(ref, cur) },
    {
      name: 'cramers_v',
      p: false,
      threshold: 0.2,
      inclusive: true,
      numbers: (ref, cur) => correctedV(countsOf(ref), countsOf(cur)),
      categories: (ref, cur) => correctedV(ref, cur),
    },
    { name: 'psi', p: false, threshold: 0.2, inclusive: true, categories: (ref, cur) => stability(ref, cur) },
  ],
  usual: ({ numeric }) => (numeric ? 'ks' : 'cramers_v'),
}
