import { blockOf } from './blocks/index.ts'
import { type CheckResult, statusOrder } from './checkResult.ts'

/** Share of tested rows that break the check. */
export function failingShare(result: CheckResult): number | undefined {
  const counts = result.counts
  return counts && counts.tested > 0 ? counts.failed / counts.tested : undefined
}

/** How many times its largest allowed value a number is, an effect of drift say; 0 where there is none. */
export function timesLimit(result: CheckResult): number {
  const { value = Number.NaN, limit } = blockOf(result, 'number') ?? {}
  const most = limit?.max ?? limit?.lt
  if (most === undefined || !Number.isFinite(value)) return 0
  return most > 0 ? value / most : value > 0 ? Number.MAX_VALUE : 0
}

/**
 * Worst first: by status, then results that fail their test, then by share of failing rows, then by how far over its
 * limit an effect is. Keeps the run's order.
 */
export function worstFirst(results: readonly CheckResult[]): CheckResult[] {
  const rank = new Map(statusOrder.map((status, index) => [status, index]))
  return [...results].sort(
    (a, b) =>
      (rank.get(a.status) ?? 0) - (rank.get(b.status) ?? 0) ||
      Number(b.blocking) - Number(a.blocking) ||
      (failingShare(b) ?? 0) - (failingShare(a) ?? 0) ||
      timesLimit(b) - timesLimit(a),
  )
}
