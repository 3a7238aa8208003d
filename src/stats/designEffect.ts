/** Sums over the clusters of a sample: groups of rows that may depend on each other. */
export interface ClusterMoments {
  /** How many there are. */
  readonly clusters: number
  readonly rows: number
  /** The sum of the squares of their rows. */
  readonly squares: number
  /** For each event: in how many rows it is so, and the sums over clusters of that number squared, and times the rows. */
  readonly events: readonly { readonly sum: number; readonly square: number; readonly cross: number }[]
}

/** Fewer rows with, or without, an event say nothing about how it clusters. */
const LEAST = 5

/** The design effect if all rows of a cluster were equal (Kish 1965): the worst there is; 1 without rows. */
export function largestDesignEffect({ rows, squares }: ClusterMoments): number {
  return rows > 0 ? Math.max(1, squares / rows) : 1
}

/**
 * By how much the variance of a share is larger than that of as many independent rows (Kish 1965), for the event where
 * that is most: rows divided by it weigh as much as independent ones. By the variance between clusters (Cochran 1977,
 * "Sampling Techniques", 9A), at least 1, at most that of equal rows. Undefined where no event tells it: under two clusters,
 * and of rows that hardly differ, whose clusters may each be of one draw.
 */
export function designEffect(moments: ClusterMoments): number | undefined {
  const { clusters, rows, squares } = moments
  const events = moments.events.filter(({ sum }) => Math.min(sum, rows - sum) >= LEAST)
  if (clusters < 2 || events.length === 0) return undefined
  let largest = 1
  for (const { sum, square, cross } of events) {
    const share = sum / rows
    const between = Math.max(0, square - 2 * share * cross + share * share * squares)
    largest = Math.max(largest, ((between / (rows * share * (1 - share))) * clusters) / (clusters - 1))
  }
  return Math.min(largestDesignEffect(moments), largest)
}
