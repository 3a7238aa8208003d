import path from 'node:path'
import type { MftCase } from '../src/behavior/mft.ts'
import { refusePersonal } from '../src/behavior/refusePersonal.ts'
import { fileRead } from '../src/bytes/reads.ts'
import type { Check } from '../src/checks/check.ts'
import { AssayError } from '../src/errors.ts'
import { inputKey } from '../src/models/inputKey.ts'
import { answersTo } from '../src/models/answersTo.ts'
import { baselineHeader, baselineIn, baselineText, checkBaselineFile } from '../src/models/baselineFile.ts'
import type { Model } from '../src/models/model.ts'
import { predictions } from '../src/models/predictions.ts'
import type { CheckResult } from '../src/results/checkResult.ts'
import { withFileLock } from '../src/results/fileLock.ts'
import { writeWhole } from '../src/results/writeWhole.ts'
import { countText } from '../src/words/text/numbers.ts'
import { type Attempt, attemptOf, isSameAttempt, isTriedAgain } from './attempt.ts'
import { currentScope } from './current.ts'
import type { MatcherContext } from './define.ts'
import { countHeld, inTurn, noneWritten, type SnapshotState } from './snapshotState.ts'

interface Held {
  readonly file: string
  /** Written just now, so the model is as good as itself. */
  readonly written: boolean
}

const checks = new WeakMap<Check, Held>()

/** Which inputs an attempt wrote into a baseline. */
interface Written extends Attempt {
  readonly inputs: Set<unknown>
}

/** What the attempts of a test wrote last, by file. */
const written = new WeakMap<object, Map<string, Written>>()

function writtenBy(file: string): {
  readonly place: string
  readonly files: Map<string, Written>
  readonly now: Attempt
} {
  const task = currentScope.getStore()?.task ?? written
  const files = written.get(task) ?? new Map<string, Written>()
  written.set(task, files)
  return { place: path.resolve(file), files, now: attemptOf() }
}

/** The inputs whose answers stand in the file by an attempt that is tried again with this one: nobody agreed to them. */
function takenBack(file: string): ReadonlySet<unknown> {
  const { place, files, now } = writtenBy(file)
  const earlier = files.get(place)
  return earlier && isTriedAgain(earlier, now) ? earlier.inputs : new Set()
}

function noteWritten(file: string, cases: readonly MftCase[]): void {
  const { place, files, now } = writtenBy(file)
  const earlier = files.get(place)
  const before = earlier && isSameAttempt(earlier, now) ? earlier.inputs : []
  const inputs = new Set([...before, ...cases.map(({ input }) => inputKey(input))])
  files.set(place, { ...now, inputs })
}

/**
 * Compares a model with the baseline in a file. A missing file is written from what the model answers, except in CI; cases
 * that are new are added while the same model answers, and with `vitest -u` it is written anew where the model answers
 * otherwise. Predictions for other cases stay. Throws an AssayError for a file that was changed since it was made.
 */
export async function baselineCheck(
  tested: Model,
  file: string,
  on: readonly MftCase[],
  context: MatcherContext,
  check: (other: Model) => Check,
): Promise<Check> {
  const { isNot } = context
  // Wrong options and cases are told before anything is written.
  check(tested)
  if (isNot)
    throw new AssayError(
      'wrong-use',
      'expect(…).not.toBeNoWorseThan() with a file is refused, because it would write a baseline that the model must lose to',
      { hint: "compare with predictions('…')" },
    )
  const written = await inTurn(path.resolve(file), context.signal, () => kept(tested, file, on, context))
  const made = check(predictions(file))
  checks.set(made, { file, written })
  return made
}

async function kept(tested: Model, file: string, on: readonly MftCase[], context: MatcherContext): Promise<boolean> {
  const { taskId, signal } = context
  const { snapshotUpdateState, added, updated, unmatched } = context.snapshotState as SnapshotState
  const shown = JSON.stringify(file)
  fileRead(file)
  const earlier = baselineIn(file)
  const there = earlier !== undefined
  let missing = on
  if (there && snapshotUpdateState !== 'all') {
    const header = baselineHeader(earlier, shown)
    if (header === undefined)
      throw new AssayError('wrong-prediction', `${shown} is no baseline: its first line says nothing of who made it`, {
        hint: 'compare with predictions of any making as toBeNoWorseThan(predictions(…)), or write it anew with vitest -u',
      })
    // What the same model answers to cases that are new is added, as new snapshots are.
    const own = header.model === tested.name && header.fingerprint === tested.fingerprint
    if (snapshotUpdateState === 'none' || !own) return false
    const known = await predictions(file).predict(on.map(({ input }) => input))
    const again = takenBack(file)
    missing = on.filter(({ input }, i) => known[i]?.error !== undefined || again.has(inputKey(input)))
    if (missing.length === 0) return false
  }
  if (!there && snapshotUpdateState === 'none') {
    unmatched.increment(taskId)
    throw noneWritten('baseline', file)
  }
  checkBaselineFile(file, earlier)
  // What was changed by hand, or by a merge, is nobody's to write over.
  if (there) baselineHeader(earlier, shown)
  refusePersonal(missing, `the baseline ${shown}`, 'leave the personal columns out of the cases, or compare two models')
  const answers = await answersTo(
    tested,
    missing.map(({ input }) => input),
    { signal },
  )
  const silent = answers.findIndex(({ error }) => error !== undefined)
  if (silent >= 0)
    throw new AssayError(
      'wrong-prediction',
      `the baseline ${shown} is not written: ${tested.name} has no answer to ${countText(answers.filter(({ error }) => error !== undefined).length, 'case')} of ${answers.length}; the first: ${JSON.stringify(missing[silent]?.name)} ${answers[silent]?.error}`,
      { hint: 'a baseline has an answer to each case' },
    )
  const write = async () => {
    signal.throwIfAborted()
    const before = baselineIn(file)
    // Another process may have written it meanwhile: then it is that baseline which is held to.
    if (!there && before !== undefined) return undefined
    const text = baselineText(
      tested,
      missing.map(({ input }, i) => ({ input, answer: answers[i] ?? {} })),
      before,
    )
    if (text === before) return false
    await writeWhole(file, text)
    return true
  }
  const changed = await withFileLock(file, write, context)
  if (changed === undefined) return kept(tested, file, on, context)
  fileRead(file)
  noteWritten(file, missing)
  if (changed) (there ? updated : added).increment(taskId)
  return changed && missing.length === on.length
}

/** Counts a baseline that was compared in vitest's snapshot summary. */
export function countBaseline(check: Check, results: readonly CheckResult[], context: MatcherContext): void {
  const held = checks.get(check)
  if (held && !held.written) countHeld(results, context)
}

/** After a failure: how to accept what the model answers now. */
export async function explainBaseline(
  check: Check,
  _results: readonly CheckResult[],
  { testPath }: MatcherContext,
): Promise<string | undefined> {
  const held = checks.get(check)
  return held && `to accept what the model answers now: vitest ${path.basename(testPath)} -u writes ${held.file} anew`
}
