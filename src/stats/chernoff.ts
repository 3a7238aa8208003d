/** n times the Kullback-Leibler divergence of a share `seen` in n trials from the chance `p`. */
function surprise(n: number, seen: number, p: number): number {
  const part = (a: number, b: number) => (a === 0 ? 0 : b === 0 ? Number.POSITIVE_INFINITY : a * Math.log(a / b))
  return n * (part(seen, p) + part(1 - seen, 1 - p))
}

/**
 * An interval that holds the chance behind `k` successes in `n` trials with probability 1 - gamma at least, for every
 * chance: both tails of a binomial are under exp(-n KL) (Chernoff 1952).
 */
export function chernoffInterval(k: number, n: number, gamma: number): readonly [number, number] {
  const most = Math.log(2 / gamma)
  const seen = k / n
  const end = (from: number, to: number) => {
    let [inside, outside] = [from, to]
    for (let i = 0; i < 40; i++) {
      const middle = (inside + outside) / 2
      if (surprise(n, seen, middle) <= most) inside = middle
      else outside = middle
    }
    return outside
  }
  return [k === 0 ? 0 : end(seen, 0), k === n ? 1 : end(seen, 1)]
}

/** An upper bound of the probability that a share of n trials with chance `p` is at least `share`, where that is more than `p`. */
export function chernoffTail(n: number, p: number, share: number): number {
  return share <= p ? 1 : Math.exp(-surprise(n, Math.min(1, share), p))
}
