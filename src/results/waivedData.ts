import type { CheckResult } from './checkResult.ts'

/** Of each waived check, what data it was accepted for, and in which run. */
const key = Symbol.for('assay.waivedData')
const holder = globalThis as unknown as Record<symbol, { run: string; readonly data: Map<string, string> } | undefined>

/**
 * Whether a failure is of other data than an earlier one of the same check in this run: tables in memory have no place
 * that tells them apart, so that one name may stand for several, and a waiver accepts one of them. Outside a run, where
 * data changes from day to day, only the given failures are looked at.
 */
export function waivedData(failures: readonly CheckResult[]): (result: CheckResult) => boolean {
  const run = process.env.ASSAY_NOW
  let known = new Map<string, string>()
  if (run !== undefined) {
    if (holder[key]?.run !== run) holder[key] = { run, data: new Map() }
    known = holder[key].data
  }
  const together = new Map<string, Set<string>>()
  for (const failure of failures) {
    const data = dataOf(failure)
    if (data !== undefined) together.set(failure.id, (together.get(failure.id) ?? new Set()).add(data))
  }
  return (result) => {
    const data = dataOf(result)
    if (data === undefined) return false
    if ((together.get(result.id)?.size ?? 0) > 1) return true
    const before = known.get(result.id)
    if (before !== undefined && before !== data) return true
    known.set(result.id, data)
    return false
  }
}

/**
 * The results of a run, one after another, of which each worker knew only its own: what a waiver accepted in one of them
 * is a failure where it has accepted other data in an earlier result.
 */
export function acceptedOnce(): (result: CheckResult) => CheckResult {
  const known = new Map<string, string>()
  return (result) => {
    const { id, status, waiver } = result
    const data = status === 'accepted' && waiver && !waiver.refused ? dataOf(result) : undefined
    if (data === undefined || !waiver) return result
    const before = known.get(id) ?? data
    known.set(id, before)
    return before === data
      ? result
      : { ...result, status: 'fail', blocking: true, waiver: { ...waiver, refused: 'data' } }
  }
}

/** What was judged, by its content; undefined where that is not known. */
function dataOf({ lineage: { datasets } }: CheckResult): string | undefined {
  const prints = datasets.map(({ fingerprint }) => fingerprint)
  return prints.length === 0 || prints.includes(undefined) ? undefined : prints.join()
}
