import { normalQuantile } from './normalQuantile.ts'

/** A p-value as a function of the limit that is asked about. */
type PValue = (limit: number) => number

/**
 * The one-sided bound that belongs to a family of tests: the limit at which `p` reaches `level`, between `inside`, where
 * p is larger, and `outside`. `asked` is looked at first, so that bound and verdict never disagree. By false position on
 * the normal scale, where p is nearly straight.
 */
export function boundOf(
  p: PValue,
  level: number,
  { inside, outside, point }: { readonly inside: number; readonly outside: number; readonly point: number },
): number {
  const want = normalQuantile(level)
  const height = (limit: number) => clamped(normalQuantile(p(limit))) - want
  let [a, b] = [inside, outside]
  if ((point - inside) * (outside - point) > 0) {
    if (p(point) <= level) b = point
    else a = point
  }
  let [above, below] = [height(a), height(b)]
  // Even the farthest limit is not excluded, or the nearest one is.
  if (below > 0) return b
  if (above <= 0) return a
  for (let i = 0; i < 24 && Math.abs(b - a) > 1e-4 * Math.max(Math.abs(a), Math.abs(b)); i++) {
    const share = i % 3 === 2 ? 0.5 : Math.min(0.95, Math.max(0.05, above / (above - below)))
    const next = a + (b - a) * share
    const value = height(next)
    if (value <= 0) [b, below] = [next, value]
    else [a, above] = [next, value]
  }
  return b
}

const clamped = (z: number): number => Math.min(40, Math.max(-40, z))
