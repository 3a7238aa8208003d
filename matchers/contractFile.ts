import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { evaluate } from '../src/checks/evaluate.ts'
import type { Check } from '../src/checks/check.ts'
import { type Dataset } from '../src/dataset/dataset.ts'
import { shownSlice } from '../src/dataset/sliceWords.ts'
import { fileRead } from '../src/bytes/reads.ts'
import { AssayError } from '../src/errors.ts'
import type { CheckResult } from '../src/results/checkResult.ts'
import { withFileLock } from '../src/results/fileLock.ts'
import { writeWhole } from '../src/results/writeWhole.ts'
import {
  type Contract,
  contractCheck,
  contractDiff,
  contractPath,
  inferContract,
  readContract,
  updatedContract,
  writeContract,
} from '../src/contracts/contract.ts'
import { claimContract, claimWritten } from './contractClaims.ts'
import type { MatcherContext } from './define.ts'
import { countHeld, inTurn, noneWritten, type SnapshotState } from './snapshotState.ts'

interface Held {
  readonly dataset: Dataset
  readonly contract: Contract
  readonly file: string
  /** Written just now, so its data cannot break it. */
  readonly written: boolean
}

const checks = new WeakMap<Check, Held>()

/**
 * The check that holds a dataset to its contract file. A missing file is written from the data, except in CI; with
 * `vitest -u` what no longer holds is written anew and the rest stays as it is. A file that holds is never touched, and
 * no file is ever deleted. Two assertions on one file take turns.
 */
export async function contractFileCheck(dataset: Dataset, context: MatcherContext): Promise<Check> {
  const { isNot, testPath, taskId } = context
  if (isNot)
    throw new AssayError(
      'wrong-use',
      'expect(…).not.toMatchSchema() without a schema is refused, because it would write a contract that the data must break',
      { hint: 'pass the schema that must not hold' },
    )
  const file = contractOf(dataset, testPath)
  const held = await inTurn(file, context.signal, async () => {
    const earlier = await claimContract(file, dataset, { testFile: testPath, test: taskId })
    fileRead(file)
    // What a failed attempt of this test wrote is no contract that anybody agreed to.
    const replaces = earlier?.before === null
    if (typeof earlier?.before === 'string') await writeWhole(file, earlier.before)
    const contract = replaces ? undefined : await readContract(file)
    return contract === undefined ? added(dataset, file, context, replaces) : kept(dataset, file, contract, context)
  })
  const check = contractCheck(dataset, held.contract, file)
  checks.set(check, { dataset, file, ...held })
  return check
}

function contractOf(dataset: Dataset, testPath: string): string {
  const { slice } = dataset
  return contractPath(testPath, dataset.name, slice ? { raw: slice, shown: shownSlice(dataset) ?? '' } : undefined)
}

type Kept = Pick<Held, 'contract' | 'written'>

async function kept(dataset: Dataset, file: string, contract: Contract, context: MatcherContext): Promise<Kept> {
  const state = context.snapshotState as SnapshotState
  if (state.snapshotUpdateState !== 'all') return { contract, written: false }
  const broken = (await evaluate(contractCheck(dataset, contract, file))).filter(({ blocking }) => blocking)
  // A contract that cannot be read, or data that shows nothing or not all, is no reason to write over somebody's work.
  const isUnread = broken.some(({ status, kind }) => status !== 'fail' || kind === 'wellFormed')
  if (broken.length === 0 || isUnread) return { contract, written: false }
  const updated = await updatedContract(contract, dataset, broken, file)
  // Another process may have written meanwhile: then it is that contract which is held to, and updated.
  const update = async () => {
    context.signal.throwIfAborted()
    const now = await readContract(file)
    if (now !== undefined && !isDeepStrictEqual(now, contract)) return now
    await claimWritten(file, now === undefined ? null : await readFile(file, 'utf8'))
    await writeContract(file, updated)
    return undefined
  }
  const other = await withFileLock(file, update, context)
  if (other) return kept(dataset, file, other, context)
  fileRead(file)
  state.updated.increment(context.taskId)
  return { contract: updated, written: true }
}

async function added(dataset: Dataset, file: string, context: MatcherContext, replaces: boolean): Promise<Kept> {
  const { taskId } = context
  const state = context.snapshotState as SnapshotState
  if (state.snapshotUpdateState === 'none') {
    state.unmatched.increment(taskId)
    throw noneWritten('contract', file)
  }
  const contract = await inferContract(dataset)
  const add = async () => {
    context.signal.throwIfAborted()
    const now = replaces ? undefined : await readContract(file)
    if (now === undefined) await writeContract(file, contract)
    return now
  }
  const other = await withFileLock(file, add, context)
  if (other) return kept(dataset, file, other, context)
  fileRead(file)
  await claimWritten(file, null)
  state.added.increment(taskId)
  return { contract, written: true }
}

/** Counts a contract that was compared in vitest's snapshot summary. */
export function countContract(check: Check, results: readonly CheckResult[], context: MatcherContext): void {
  const held = checks.get(check)
  if (held && !held.written) countHeld(results, context)
}

/** After a failure: what the contract says against what the data is now, and how to accept it. */
export async function explainContract(
  check: Check,
  results: readonly CheckResult[],
  { testPath }: MatcherContext,
): Promise<string | undefined> {
  const held = checks.get(check)
  if (!held) return undefined
  const lines = await contractDiff(held.dataset, held.contract, results)
  if (lines.length === 0) return undefined
  const shown = path.join('__contracts__', path.basename(held.file))
  return [
    `the contract ${shown} (-) and the data now (+)`,
    ...lines.map((line) => `  ${line}`),
    `to accept the data as it is now: vitest ${path.basename(testPath)} -u`,
  ].join('\n')
}
