import type { Problem, RunDocument } from '../../src/results/index.ts'

/** A run whose process ended with another code than was known when its document was made. */
export function endedLater(run: RunDocument, exitCode: number, text: string): RunDocument {
  const problem: Problem = { kind: 'run', text, blocking: true }
  return {
    ...run,
    outcome: { ...run.outcome, exitCode, status: run.outcome.status === 'interrupted' ? 'interrupted' : 'failed' },
    problems: [problem, ...run.problems],
  }
}
