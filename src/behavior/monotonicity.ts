/** Two values of a field, the lower first, and the scores there. */
export interface ScoredPair {
  readonly low: number
  readonly high: number
  readonly scores: readonly [number, number]
}

/** Times that the change of the field is halved at most. */
const HALVINGS = 40

/** A score that never falls, or never rises, as a field grows. */
export class Monotonicity {
  private readonly increasing: boolean
  private readonly tolerance: number

  /** `tolerance` is how far the score may move the wrong way, in all steps together. */
  constructor(increasing: boolean, tolerance: number) {
    this.increasing = increasing
    this.tolerance = tolerance
  }

  /** Whether the score moves the wrong way, from that at the lower value to that at the higher one. */
  fails(low: number, high: number): boolean {
    return (this.increasing ? low - high : high - low) > this.allowed(low, high)
  }

  /** The first values, of those in order, between which the score moves the wrong way; nothing where it does not. */
  failingPair(values: readonly number[], scores: readonly number[]): ScoredPair | undefined {
    // Small steps the wrong way add up: each score is held to the farthest one before it, the last of those.
    let [from, farthest] = [0, scores[0] as number]
    const to = scores.findIndex((score, i) => {
      if (i > 0 && this.fails(farthest, score)) return true
      if (this.increasing ? score >= farthest : score <= farthest) [from, farthest] = [i, score]
      return false
    })
    if (to < 0) return undefined
    return { low: values[from] as number, high: values[to] as number, scores: [farthest, scores[to] as number] }
  }

  /**
   * The smallest change of the field within the pair at which the score still moves the wrong way; `scoreAt` tells the
   * score at a value, or in words why there is none.
   */
  async smallest(pair: ScoredPair, scoreAt: (value: number) => Promise<number | string>): Promise<ScoredPair> {
    let { low, high } = pair
    let [atLow, atHigh] = pair.scores
    const whole = Number.isInteger(low) && Number.isInteger(high)
    for (let i = 0; i < HALVINGS && high - low > (whole ? 1 : 0); i++) {
      const middle = whole ? Math.floor((low + high) / 2) : (low + high) / 2
      if (middle <= low || middle >= high) break
      const at = await scoreAt(middle)
      if (typeof at === 'string') break
      if (this.fails(atLow, at)) [high, atHigh] = [middle, at]
      else if (this.fails(at, atHigh)) [low, atLow] = [middle, at]
      else break
    }
    return { low, high, scores: [atLow, atHigh] }
  }

  private allowed(low: number, high: number): number {
    // 0.4 - 0.3 is more than 0.1 in binary: beside a tolerance, the last place of the greater score is given.
    return this.tolerance === 0 ? 0 : this.tolerance + Number.EPSILON * Math.max(Math.abs(low), Math.abs(high))
  }
}
