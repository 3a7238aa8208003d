/** The quantile of a share of a sorted sample, between two values by a straight line (R 7, as NumPy has it by default); NaN where there is none. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const low = Math.floor(place)
  const [left, right] = [sorted[low] as number, sorted[Math.min(low + 1, sorted.length - 1)] as number]
  return left + (right - left) * (place - low)
}
