import { AssayError } from '../src/errors.ts'
import { orStopped } from '../src/engine/stopping.ts'
import type { CheckResult } from '../src/results/checkResult.ts'
import type { MatcherContext } from './define.ts'

interface Counter {
  increment(taskId: string): void
}

/** The part of vitest's snapshot state that says whether files may be written and counts them for its summary. */
export interface SnapshotState {
  readonly snapshotUpdateState: 'all' | 'new' | 'none'
  readonly added: Counter
  readonly updated: Counter
  readonly matched: Counter
  readonly unmatched: Counter
}

/** Counts a file that was held in vitest's snapshot summary, by whether it held. */
export function countHeld(results: readonly CheckResult[], { snapshotState, taskId }: MatcherContext): void {
  const { matched, unmatched } = snapshotState as SnapshotState
  const counter = results.every((result) => !result.blocking) ? matched : unmatched
  counter.increment(taskId)
}

/** The error of a file that is missing where none may be written. `what` it is, e.g. `contract`, and its path. */
export function noneWritten(what: string, file: string): AssayError {
  return new AssayError(
    'missing-file',
    `there is no ${what} ${JSON.stringify(file)}, and this run writes none: vitest's "update" is "none", as it is in CI`,
    { hint: 'run the test once on your machine, without --update=none, and commit the file' },
  )
}

const turns = new Map<string, Promise<unknown>>()

/** Works on a file while no other assertion of this process does; one whose test was stopped is not waited for. */
export async function inTurn<T>(file: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const before = turns.get(file) ?? Promise.resolve()
  const mine = before.then(work)
  const turn = orStopped(mine, signal).then(
    () => {},
    () => {},
  )
  turns.set(file, turn)
  try {
    return await mine
  } finally {
    if (turns.get(file) === turn) turns.delete(file)
  }
}
