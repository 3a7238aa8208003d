import { newcombe } from '../../stats/newcombe.ts'
import { shareRatio } from '../../stats/shareRatio.ts'
import type { FairnessMeasure, FairnessGroup, Share } from './measure.ts'

/** How far groups lie apart, with its interval, and the two that lie furthest. */
export interface Disparity {
  /** NaN where fewer than two groups have a rate, or none has anything to compare. */
  readonly value: number
  readonly interval: readonly [number, number]
  readonly rate: string
  readonly low: string
  readonly high: string
}

/**
 * A measure over groups. The interval holds the true value with at least `confidence`, whichever groups lie furthest
 * apart: it is made of the intervals of all pairs (Newcombe's for differences, recovered from Wilson's for ratios),
 * corrected for how many pairs and rates there are (Bonferroni). A group without a case for a rate may have any.
 */
export function disparity(measure: FairnessMeasure, groups: readonly FairnessGroup[], confidence: number): Disparity {
  const { as, rates } = measure
  const pairs = (groups.length * (groups.length - 1)) / 2
  const each = 1 - (1 - confidence) / Math.max(1, pairs * rates.length)
  const worse = (a: number, b: number): boolean => (as === 'difference' ? a > b : a < b)
  let widest = { value: Number.NaN, rate: '', low: '', high: '' }
  let interval: readonly [number, number] | undefined
  for (const rate of rates) {
    const shares = groups.map((group) => ({ name: group.name, share: rate.of(group) }))
    shares.forEach((group, i) => {
      for (const other of shares.slice(i + 1)) {
        const pair =
          as === 'difference' ? difference(group.share, other.share, each) : ratio(group.share, other.share, each)
        const worst = as === 'difference' ? Math.max : Math.min
        interval = interval
          ? [worst(interval[0], pair.interval[0]), worst(interval[1], pair.interval[1])]
          : pair.interval
        if (Number.isNaN(pair.value) || !(Number.isNaN(widest.value) || worse(pair.value, widest.value))) continue
        const [low, high] = rateOf(group.share) <= rateOf(other.share) ? [group, other] : [other, group]
        widest = { value: pair.value, rate: rate.name, low: low.name, high: high.name }
      }
    })
  }
  return { ...widest, interval: interval ?? [0, 1] }
}

const rateOf = ({ count, of }: Share): number => count / of

interface Pair {
  readonly value: number
  readonly interval: readonly [number, number]
}

function difference(share: Share, other: Share, confidence: number): Pair {
  const value = Math.abs(rateOf(share) - rateOf(other))
  if (share.of === 0 || other.of === 0) return { value, interval: [0, 1] }
  const [low, high] = newcombe(share.count, share.of, other.count, other.of, confidence)
  return { value, interval: [Math.max(0, low, -high), Math.min(1, Math.max(-low, high))] }
}

function ratio(share: Share, other: Share, confidence: number): Pair {
  const [p, q] = [rateOf(share), rateOf(other)]
  const value = Math.min(p, q) / Math.max(p, q)
  if (share.of === 0 || other.of === 0) return { value, interval: [0, 1] }
  const [low, high] = shareRatio(share.count, share.of, other.count, other.of, confidence)
  return { value, interval: [Math.min(low, 1 / high), Math.min(1, high, 1 / low)] }
}
