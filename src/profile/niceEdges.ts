/** Bins at most. */
const MOST_BINS = 24
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

const timeSteps: readonly number[] = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 91, 182].map((n) => n * DAY),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000].map((n) => n * YEAR),
]

/**
 * Rising edges of at most 24 bins that hold all of `min` to `max` and lie at round numbers; undefined when the span
 * cannot be divided. Integers get bins of whole numbers, the largest one a bin of its own; times are milliseconds.
 */
export function niceEdges(min: number, max: number, kind: 'integer' | 'number' | 'time'): number[] | undefined {
  const span = max - min
  if (!Number.isFinite(span)) return undefined
  const steps = kind === 'time' ? timeSteps : numberSteps(span, kind === 'integer')
  for (const step of steps) {
    const first = Math.floor(min / step)
    const last = kind === 'integer' ? Math.floor(max / step) + 1 : Math.max(Math.ceil(max / step), first + 1)
    if (last - first > MOST_BINS) continue
    const edges = Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step))
    // Far from zero neighbours may round to one number: the plain ends remain.
    const rising = edges.every((edge, i) => i === 0 || edge > (edges[i - 1] as number))
    if (rising && (edges[0] as number) <= min && (edges.at(-1) as number) >= max) return edges
  }
  return span > 0 ? [min, max] : undefined
}

function numberSteps(span: number, whole: boolean): number[] {
  if (span === 0) return [1]
  const power = Math.floor(Math.log10(span / MOST_BINS))
  const steps = [0, 1, 2].flatMap((more) => [1, 2, 5].map((n) => tidy(n * 10 ** (power + more))))
  return whole ? [1, ...steps.filter((step) => step > 1)] : steps
}

const tidy = (value: number): number => Number(value.toPrecision(14))
