import { expect } from 'vitest'
import { evaluate } from '../src/checks/evaluate.ts'
import type { Check } from '../src/checks/check.ts'
import type { Dataset } from '../src/dataset/dataset.ts'
import { AssayError } from '../src/errors.ts'
import type { CheckResult } from '../src/results/checkResult.ts'
import { contractCheck, contractPath, inferContract, readContract, writeContract } from '../src/schema/contract.ts'
import type { MatcherContext } from './define.ts'

interface Counter {
  increment(taskId: string): void
}

/** The part of vitest's snapshot state that says whether files may be written and counts them for its summary. */
interface SnapshotState {
  readonly snapshotUpdateState: 'all' | 'new' | 'none'
  readonly added: Counter
  readonly updated: Counter
  readonly matched: Counter
  readonly unmatched: Counter
}

const written = new WeakSet<Check>()

/**
 * The check that holds a dataset to its contract file. A missing file is written from the data, except in CI; with
 * `vitest -u` a contract that no longer holds is written anew.
 */
export async function contractFileCheck(dataset: Dataset, { isNot, testPath, taskId }: MatcherContext): Promise<Check> {
  if (isNot)
    throw new AssayError(
      'wrong-use',
      'expect(…).not.toMatchSchema() without a schema is refused, because it would write a contract that the data must break',
      { hint: 'pass the schema that must not hold' },
    )
  if (!testPath || !taskId)
    throw new AssayError(
      'wrong-use',
      'toMatchSchema() without a schema keeps a contract file beside the test file, so it must run inside a test',
    )
  const file = contractPath(testPath, dataset.slice ? `${dataset.name} ${dataset.slice}` : dataset.name)
  const state = snapshotState()
  const found = await readContract(file)
  if (found !== undefined) {
    const check = contractCheck(dataset, found, file)
    if (state.snapshotUpdateState !== 'all' || holds(await evaluate(check))) return check
    return write(dataset, file, state.updated, taskId)
  }
  if (state.snapshotUpdateState === 'none') {
    state.unmatched.increment(taskId)
    throw new AssayError('missing-file', `there is no contract ${JSON.stringify(file)}, and in CI none is written`, {
      hint: 'run the test once on your machine and commit the file',
    })
  }
  return write(dataset, file, state.added, taskId)
}

async function write(dataset: Dataset, file: string, counter: Counter, taskId: string): Promise<Check> {
  const contract = await inferContract(dataset)
  await writeContract(file, contract)
  counter.increment(taskId)
  const check = contractCheck(dataset, contract, file)
  written.add(check)
  return check
}

/** Counts a contract that was compared in vitest's snapshot summary. */
export function countContract(check: Check, results: readonly CheckResult[], { taskId }: MatcherContext): void {
  if (!taskId || written.has(check)) return
  const { matched, unmatched } = snapshotState()
  ;(holds(results) ? matched : unmatched).increment(taskId)
}

const holds = (results: readonly CheckResult[]): boolean => results.every((result) => !result.blocking)

function snapshotState(): SnapshotState {
  return (expect.getState() as unknown as { snapshotState: SnapshotState }).snapshotState
}
