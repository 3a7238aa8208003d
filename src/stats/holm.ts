/** Holm's (1979) step-down adjusted p-values, in the order given. NaN stays NaN and counts as no hypothesis. */
export function holm(ps: readonly number[]): number[] {
  const order = ps
    .map((_, i) => i)
    .filter((i) => !Number.isNaN(ps[i]))
    .sort((a, b) => (ps[a] as number) - (ps[b] as number))
  const adjusted = ps.map(() => Number.NaN)
  let largest = 0
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (order.length - rank) * (ps[index] as number)))
    adjusted[index] = largest
  })
  return adjusted
}
