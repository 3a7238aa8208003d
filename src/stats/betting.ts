/** How often each value between 0 and 1 was seen. */
export type Seen = ReadonlyMap<number, number>

/** Bets, as shares of the largest that cannot be lost whole; close together near none, since small ones are for small differences. */
const BETS = Array.from({ length: 24 }, (_, j) => 0.999 * ((j + 1) / 24) ** 2)

/**
 * How much one unit has become that was bet on the mean of the values lying above `mean`, as a logarithm: the average of
 * bets of 24 sizes (Waudby-Smith and Ramdas 2024). Where the mean is at most that, it ever reaches 1/alpha with
 * probability alpha at most, however often it is looked at.
 */
export function logWealth(seen: Seen, mean: number): number {
  if (mean <= 0) return [...seen.keys()].some((value) => value > 0) ? Number.POSITIVE_INFINITY : 0
  const logs = BETS.map((bet) => {
    let log = 0
    for (const [value, times] of seen) log += times * Math.log1p((bet / mean) * (value - mean))
    return log
  })
  const most = Math.max(...logs)
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0) / BETS.length)
}

/**
 * Bounds of the mean of values between 0 and 1, from independent ones: each is wrong with probability `alpha` at most, also
 * where one looks after every value and stops when it pleases. [0, 1] where nothing was seen.
 */
export function meanBounds(seen: Seen, alpha: number): readonly [number, number] {
  const turned = new Map([...seen].map(([value, times]) => [1 - value, times]))
  return [leastMean(seen, alpha), 1 - leastMean(turned, alpha)]
}

function leastMean(seen: Seen, alpha: number): number {
  const enough = -Math.log(alpha)
  let [out, within] = [0, 1]
  if (logWealth(seen, 0) < enough) return 0
  for (let i = 0; i < 50; i++) {
    const middle = (out + within) / 2
    if (logWealth(seen, middle) >= enough) out = middle
    else within = middle
  }
  return out
}
