import type { CheckResult, Since } from './checkResult.ts'
import { isWhole } from './isWhole.ts'
import type { RunDocument } from './runDocument.ts'

/** Whether a result is a finding: neither a pass nor skipped. */
const isFinding = ({ status }: CheckResult): boolean => status !== 'pass' && status !== 'skipped'

/**
 * The run with the runs since which its findings are there, taken over from the run that was reported before it; what
 * that run found and this one did not ask is kept, unless this one asked all there was to ask. A run that has such a
 * record already, and one older than `previous`, stays as it is.
 */
export function withSince(run: RunDocument, previous?: RunDocument): RunDocument {
  if (run.since !== undefined) return run
  if (previous !== undefined && !(previous.at <= run.at)) return run
  // A run that is told again, with how its process ended say.
  const again = previous?.at === run.at
  const before = new Map(Object.entries(previous?.since ?? {}))
  for (const { id } of previous?.since ? [] : (previous?.results ?? []).filter(isFinding))
    before.set(id, { at: (previous as RunDocument).at, runs: 1, orEarlier: true })
  const since = new Map<string, Since>()
  for (const { id } of run.results.filter(isFinding)) {
    const known = before.get(id)
    if (known) since.set(id, again ? known : { ...known, runs: known.runs + 1 })
    else
      since.set(id, {
        at: run.at,
        runs: 1,
        ...(run.commit === undefined ? {} : { commit: run.commit }),
        ...(previous === undefined ? { orEarlier: true as const } : {}),
      })
  }
  if (!isWhole(run)) {
    const asked = new Set(run.results.map(({ id }) => id))
    for (const [id, known] of before) if (!asked.has(id)) since.set(id, known)
  }
  return { ...run, since: Object.fromEntries(since) }
}
