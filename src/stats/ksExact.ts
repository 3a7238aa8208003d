/**
 * The share of lattice paths from (0, 0) to (n, m) that somewhere reach |i·m - j·n| >= gap: p of the two-sample
 * Kolmogorov-Smirnov test, of samples without ties. NaN for an empty one.
 */
export function ksExact(n: number, m: number, gap: number): number {
  if (n * m === 0) return Number.NaN
  if (gap === 0) return 1
  return n === m ? equalSizes(n, gap / n) : counted(Math.min(n, m), Math.max(n, m), gap)
}

/** By reflections (Gnedenko and Korolyuk 1951): 2 Σ (-1)^(k+1) C(2n, n + k·h) / C(2n, n). */
function equalSizes(n: number, h: number): number {
  let [share, sum, sign] = [1, 0, 1]
  for (let s = 1; s <= n && share > 0; s++) {
    share *= (n - s + 1) / (n + s)
    if (s % h === 0) {
      sum += sign * share
      sign = -sign
    }
  }
  return Math.min(1, 2 * sum)
}

/**
 * By recursion over shares of paths: all terms are positive, so nothing overflows and nothing cancels (Viehmann 2021). Cells
 * beyond the distance are 1, and are not looked at.
 */
function counted(n: number, m: number, gap: number): number {
  const shares = new Float64Array(m + 1).fill(1)
  const inverse = Float64Array.from({ length: n + m + 1 }, (_, k) => 1 / k)
  shares.fill(0, 0, Math.ceil(gap / n))
  for (let i = 1; i <= n; i++) {
    const first = Math.max(0, Math.floor((i * m - gap) / n) + 1)
    const last = Math.min(m, Math.ceil((i * m + gap) / n) - 1)
    // A path that goes down from a row above, where there is none below.
    let before = first === 0 ? 0 : 1
    if (first > 0) shares[first - 1] = 1
    for (let j = first; j <= last; j++) {
      const each = inverse[i + j] as number
      before = (shares[j] as number) * (i * each) + before * (j * each)
      shares[j] = before
    }
  }
  return shares[m] as number
}
