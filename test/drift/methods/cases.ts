/** What a method must find in known populations, said beside its name in a file of its own. */
export interface MethodCase {
  /** What the columns hold: normal numbers, the second shifted by half a deviation; three words; two; instants; texts (`textOf`); or vectors (`vectorOf`). */
  readonly kind: 'numbers' | 'words' | 'two' | 'times' | 'texts' | 'vectors'
  /** The effect of the populations, by its formula in plain JavaScript. */
  readonly effect: number
  /** A constant that the reference knows is no drift by it. */
  readonly constantHolds?: true
}

/** Shares of the categories: of the current data, and of the reference. */
export const words = { p: [0.5, 0.3, 0.2], q: [0.3, 0.42, 0.28] } as const
export const two = { p: [0.6, 0.4], q: [0.4, 0.6] } as const
export const SHIFT = 0.5

const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)

/** The integral of a function of the distribution functions of the current and the reference population, by `dx` or by rows. */
export function integral(of: (f: number, g: number) => number, by: 'dx' | 'rows'): number {
  const step = 1e-3
  let [f, g, sum] = [0, 0, 0]
  for (let x = -8; x < 9; x += step) {
    const [here, there] = [density(x - SHIFT) * step, density(x) * step]
    f += here
    g += there
    sum += of(f, g) * (by === 'dx' ? step : (here + there) / 2)
  }
  return sum
}

/** The sum of a function of the shares. */
export const sumOf = (
  of: (p: number, q: number) => number,
  { p, q }: { p: readonly number[]; q: readonly number[] } = words,
): number => p.reduce((sum, share, i) => sum + of(share, q[i] as number), 0)

/** A text of four to eight of forty words of five letters; of those that moved three in ten end in `refund refund refund`. */
export function textOf(moved: boolean, next: () => number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789äöüß'
  const word = () => {
    const at = Math.floor(40 * next())
    return `word${letters[at]}`
  }
  const words = Array.from({ length: 4 + Math.floor(5 * next()) }, word)
  if (moved && next() < REFUNDS) words.push('refund', 'refund', 'refund')
  return words.join(' ')
}
export const REFUNDS = 0.3

/** A vector of four normal numbers around (2, 0, 0, 0), and around (2, 1, 0, 0) where it moved. */
export const vectorOf = (moved: boolean, normal: () => number): readonly number[] => [
  2 + normal(),
  (moved ? 1 : 0) + normal(),
  normal(),
  normal(),
]
