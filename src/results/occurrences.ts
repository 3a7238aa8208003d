import type { CheckResult } from './checkResult.ts'

/**
 * The results of a run without repetitions that say nothing: what every assertion about a source adds of it by itself
 * is said once, as long as it is the same. All else stays, each where it was asked; one question has one id throughout.
 */
export function distinctResults(results: readonly CheckResult[]): readonly CheckResult[] {
  const seen = new Set<string>()
  return results.filter((result) => {
    if (result.kind !== 'wellFormed') return true
    const outcome = JSON.stringify([result.id, outcomeOf(result)])
    return !seen.has(outcome) && seen.add(outcome)
  })
}

function outcomeOf({ status, blocking, measured, message, negated, waiver, lineage }: CheckResult): unknown {
  const data = lineage.datasets.map(({ source, fingerprint }) => [source, fingerprint])
  return [status, blocking, measured, message, negated, waiver, data]
}
