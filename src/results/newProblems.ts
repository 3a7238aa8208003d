import type { Problem, RunDocument } from './runDocument.ts'
import { undated } from './undated.ts'

/** What failed in a run beside its checks, and did not in the run before. */
export function newProblems(before: RunDocument, after: RunDocument): readonly Problem[] {
  const known = new Set(failuresOf(before).map(keyOf))
  return failuresOf(after).filter((problem) => !known.has(keyOf(problem)))
}

function failuresOf({ problems, results, outcome: { exitCode } }: RunDocument): readonly Problem[] {
  const failures = problems.filter(({ blocking }) => blocking)
  if (exitCode === 0 || failures.length > 0 || results.some(({ blocking }) => blocking)) return failures
  return [{ kind: 'run', text: `The run failed with exit code ${exitCode}`, blocking: true }]
}

/** A test, a hook and a file go by their place, whatever they say today; all else by its words. */
function keyOf({ kind, file, test, text }: Problem): string {
  const placed = test !== undefined || (file !== undefined && (kind === 'hook' || kind === 'file'))
  return JSON.stringify([kind, file, test, placed ? '' : undated(text)])
}
