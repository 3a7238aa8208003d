import { cohensD } from '../../stats/cohensD.ts'
import { permutationTest } from '../../stats/permutation.ts'
import { seeded } from '../../stats/random.ts'
import { sampleMethod } from '../sampleMethod.ts'

/** Rows of each side that are shuffled at most. */
const MOST = 2000

/**
 * The difference of the means in standard deviations, with p by 999 shuffles of the rows (of up to 2,000 of each side,
 * drawn at random): good for any distribution. With
 * `clusterBy` whole clusters are shuffled (block permutation), so that p holds of rows that depend on each other.
 */
export const permutation = sampleMethod({
  name: 'permutation',
  unit: 'd',
  effect: 'difference of the means in standard deviations (Cohen)',
  limit: 0.25,
  most: Number.POSITIVE_INFINITY,
  measure({ here, there }) {
    const { d, error } = cohensD(here, there)
    return { effect: Math.abs(d), error, p: permutationTest(some(here), some(there)).p }
  },
  pOfClusters: (current, reference) => {
    // What is shuffled are the places of clusters.
    const [n, m] = [current.counts.length, reference.counts.length]
    const counts = [...current.counts, ...reference.counts]
    const apart = current.pivot - reference.pivot
    const sums = [...current.sums.map((sum, i) => sum + apart * (current.counts[i] as number)), ...reference.sums]
    const mean = (places: Float64Array): number => {
      let [count, sum] = [0, 0]
      for (const place of places) {
        count += counts[place] as number
        sum += sums[place] as number
      }
      return sum / count
    }
    const places = (from: number, length: number) => Float64Array.from({ length }, (_, i) => from + i)
    return permutationTest(places(0, n), places(n, m), { statistic: (a, b) => Math.abs(mean(a) - mean(b)) }).p
  },
})

/** Some of many, drawn with a fixed seed. */
function some(sample: Float64Array): Float64Array {
  if (sample.length <= MOST) return sample
  const next = seeded(sample.length)
  return Float64Array.from({ length: MOST }, () => sample[Math.floor(next() * sample.length)] as number)
}
