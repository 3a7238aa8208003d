/** Values in ascending order, each with how often it occurs; weights of 1 where none are given. */
export interface Weighted {
  readonly values: ArrayLike<number>
  readonly weights?: ArrayLike<number>
}

/** Wasserstein's distance W1 of two sorted samples: the area between their distribution functions. NaN for an empty one. */
export function wasserstein(a: Weighted, b: Weighted): number {
  return integral(a, b, Math.abs)
}

/** Energy distance of two sorted samples (Székely 2002): sqrt(2 ∫ (F - G)²). NaN for an empty one. */
export function energyDistance(a: Weighted, b: Weighted): number {
  return Math.sqrt(2 * integral(a, b, (d) => d * d))
}

function integral(a: Weighted, b: Weighted, of: (difference: number) => number): number {
  const [n, m] = [a.values.length, b.values.length]
  const [allA, allB] = [total(a), total(b)]
  if (n * m === 0) return Number.NaN
  let [i, j, seenA, seenB, sum] = [0, 0, 0, 0, 0]
  let at = Math.min(a.values[0] as number, b.values[0] as number)
  while (i < n || j < m) {
    const next = Math.min(
      i < n ? (a.values[i] as number) : Number.POSITIVE_INFINITY,
      j < m ? (b.values[j] as number) : Number.POSITIVE_INFINITY,
    )
    if (next > at) sum += of(seenA / allA - seenB / allB) * (next - at)
    at = next
    while (i < n && a.values[i] === at) seenA += a.weights?.[i++] ?? (i++, 1)
    while (j < m && b.values[j] === at) seenB += b.weights?.[j++] ?? (j++, 1)
  }
  return sum
}

function total({ values, weights }: Weighted): number {
  if (!weights) return values.length
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i] as number
  return sum
}
