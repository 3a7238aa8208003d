import { firstAtLeast } from './sorted.ts'

/** Two sorted samples over the same bins. `edges.length === counts.length + 1`; the last bin holds its upper edge. */
export interface CommonBins {
  readonly edges: readonly number[]
  readonly counts: readonly (readonly number[])[]
}

/**
 * Bins of equal width over the pooled range, at most `most`. When a hundredth of the values stretches the range more
 * than threefold, the first and the last bin take the tails. Whole numbers get bins of as many whole numbers each, with
 * edges halfway between them: bins of another width would hold now more of them, now fewer. No bins for samples without
 * values.
 */
export function commonBins(samples: readonly Float64Array[], most: number): CommonBins {
  const filled = samples.filter((sample) => sample.length > 0)
  if (filled.length === 0) return { edges: [], counts: samples.map(() => []) }
  const at = (share: number) => filled.map((sample) => sample[Math.round(share * (sample.length - 1))] as number)
  const [min, max] = [Math.min(...at(0)), Math.max(...at(1))]
  const [low, high] = [Math.min(...at(0.005)), Math.max(...at(0.995))]
  const stretched = high > low && max - min > 3 * (high - low)
  const whole = Math.abs(min) < 1e15 && Math.abs(max) < 1e15 && filled.every(areWhole)
  const edges =
    min === max
      ? [min - 0.5, min + 0.5]
      : whole
        ? wholeBins(min, stretched ? low : min, stretched ? high : max, max, most)
        : stretched
          ? tailed(min, low, high, max, most)
          : even(min, max, most)
  return { edges, counts: samples.map((sample) => counted(sample, edges)) }
}

/** By a loop, which is compiled as one: `every` calls for each value. */
function areWhole(sample: Float64Array): boolean {
  for (let i = 0; i < sample.length; i++) if (!Number.isInteger(sample[i])) return false
  return true
}

function even(min: number, max: number, bins: number): number[] {
  const edges = Array.from({ length: bins + 1 }, (_, i) => min * (1 - i / bins) + max * (i / bins))
  return increasing(edges, min, max)
}

function wholeBins(min: number, low: number, high: number, max: number, bins: number): number[] {
  const inner = bins - (min < low ? 1 : 0) - (max > high ? 1 : 0)
  const width = Math.ceil((high - low + 1) / inner)
  const count = Math.ceil((high - low + 1) / width)
  const edges = Array.from({ length: count + 1 }, (_, i) => low - 0.5 + i * width)
  const last = edges.at(-1) as number
  return [...(min < low ? [min - 0.5] : []), ...edges, ...(max > last ? [max + 0.5] : [])]
}

function tailed(min: number, low: number, high: number, max: number, bins: number): number[] {
  const inner = even(low, high, bins - (min < low ? 1 : 0) - (max > high ? 1 : 0))
  return [...(min < low ? [min] : []), ...inner, ...(max > high ? [max] : [])]
}

/** Neighbouring doubles can round to one edge. */
function increasing(edges: readonly number[], min: number, max: number): number[] {
  const inner = [...new Set(edges)].filter((edge) => edge > min && edge < max)
  return [min, ...inner, max]
}

function counted(sorted: Float64Array, edges: readonly number[]): number[] {
  const places = edges.map((edge) => firstAtLeast(sorted, edge))
  places[places.length - 1] = sorted.length
  return places.slice(1).map((place, i) => place - (places[i] as number))
}
