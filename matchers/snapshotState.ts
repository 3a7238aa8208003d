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

const turns = new Map<string, Promise<unknown>>()

/** Works on a file while no other assertion of this process does. */
export async function inTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(file) ?? Promise.resolve()
  const mine = before.then(work, work)
  turns.set(file, mine)
  try {
    return await mine
  } finally {
    if (turns.get(file) === mine) turns.delete(file)
  }
}
