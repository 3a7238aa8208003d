/** How many elements each part of the page may take, so that a page of any run opens at once. */
export interface Room {
  readonly verdicts: number
  readonly attention: number
  readonly drift: number
  readonly model: number
  readonly checks: number
  readonly columns: number
  readonly sources: number
}

/** Elements of a page of few checks, and of many. */
const FEW = 40_000
const MANY = 12_000
/** A run of more checks than this has many. */
const CHECKS = 1000

/** The room of a run with so many checks; what stands around the sections takes the rest. */
export function roomFor(checks: number): Room {
  const all = checks > CHECKS ? MANY : FEW
  return {
    verdicts: all * 0.04,
    attention: all * 0.34,
    drift: all * 0.12,
    model: all * 0.12,
    checks: all * 0.2,
    columns: all * 0.12,
    sources: all * 0.04,
  }
}

/** How many things of so many elements each find room; at least one, at most `most`. */
export function fitting(room: number, each: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(room / each)))
}
