import { readFile } from 'node:fs/promises'
import { isNothing, sizeOf } from '../bytes/regularFile.ts'
import { AssayError, firstLine } from '../errors.ts'
import type { CheckResult } from './checkResult.ts'
import { deadlineTime } from './clock.ts'
import { withFileLock } from './fileLock.ts'
import { ceilingOver, checkCeiling, failuresOf, waivable } from './waivable.ts'
import { entryProblems, isExpired, parseWaivers, type Waiver } from './waivers.ts'
import { writeWhole } from './writeWhole.ts'
import { now as realNow } from '../realTimers.ts'

/** What `addWaiver` can be told. */
export interface AddWaiverOptions {
  /**
   * Results of known runs. Then `check` may be how the id begins, or have `*` for any text, as long as one check is
   * meant; what does not fail is refused; and without `upTo` the waiver accepts what they have, and no more.
   * @example { known: run.results }
   */
  readonly known?: readonly CheckResult[]
  /**
   * Today; a waiver that is over by it, or by the machine's clock, is refused. Default: this moment.
   * @example { now: new Date('2026-01-01') }
   */
  readonly now?: Date
}

/** What became of the file: a new entry, one that took the place of an older one, or nothing to change. */
export interface Added {
  readonly outcome: 'added' | 'replaced' | 'unchanged'
  /** As it stands in the file. */
  readonly waiver: Waiver
}

/** As `upTo`: however far the failure goes. */
export const WITHOUT_CEILING = 'any'

/**
 * Puts a waiver into a file, in the place of an earlier one of the same check, else at the end. Makes the file when
 * there is none; its bytes depend on nothing but the entries and their order. Processes that add at once take turns.
 * @throws AssayError when the entry is wrong (`wrong-waiver`) or already over (`expired-waiver`), when no known run has
 *   the check (`unknown-check`) or several are meant (`ambiguous-check`), or when the file is wrong.
 */
export async function addWaiver(file: string, entered: Waiver, options: AddWaiverOptions = {}): Promise<Added> {
  const { known, now = new Date(realNow()) } = options
  const waiver = known ? settled(entered, known) : withoutAny(entered)
  const problems = entryProblems(waiver)
  if (problems.length > 0) throw new AssayError('wrong-waiver', `this is no waiver: ${problems.join('; ')}`)
  const today = deadlineTime(now)
  if (isExpired(waiver, today)) {
    const day = today.toISOString().slice(0, 10)
    throw new AssayError('expired-waiver', `a waiver until ${waiver.until} is over already: today is ${day} (UTC)`)
  }
  const { check, owner, reason, until, upTo } = waiver
  const entry = { check, owner, reason, until, ...(upTo === undefined ? {} : { upTo }) }
  if (!isNothing(file)) await sizeOf(file)
  return { outcome: await withFileLock(file, () => put(file, entry)), waiver: entry }
}

/** The waiver of the one check that is meant, with its ceiling. */
function settled(entered: Waiver, known: readonly CheckResult[]): Waiver {
  // A text that is wrong is told before what it may be about.
  const problems = entryProblems(withoutAny(entered)).filter((problem) => !problem.startsWith('"check"'))
  if (problems.length > 0) throw new AssayError('wrong-waiver', `this is no waiver: ${problems.join('; ')}`)
  const results = waivable(entered.check, known)
  const failures = failuresOf(results)
  const waiver = { ...withoutAny(entered), check: (results[0] as CheckResult).id }
  if (waiver.upTo !== undefined) checkCeiling(waiver.upTo, failures)
  if (entered.upTo !== undefined) return waiver
  const upTo = ceilingOver(failures)
  return { ...waiver, ...(upTo === undefined ? {} : { upTo }) }
}

function withoutAny({ upTo, ...waiver }: Waiver): Waiver {
  return upTo === undefined || upTo === WITHOUT_CEILING ? waiver : { ...waiver, upTo }
}

async function put(file: string, entry: Waiver): Promise<Added['outcome']> {
  const before = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw new AssayError('unreadable-file', `the waivers cannot be read: ${firstLine(cause)}`, { cause })
  })
  const waivers = before === undefined ? [] : [...parseWaivers(before, file)]
  const place = waivers.findIndex(({ check }) => check === entry.check)
  const replaces = place >= 0
  waivers[replaces ? place : waivers.length] = entry
  const { $schema } = (before === undefined ? {} : JSON.parse(before.replace(/^\ufeff/, ''))) as { $schema?: string }
  const text = `${JSON.stringify({ ...($schema === undefined ? {} : { $schema }), waivers }, null, 2)}\n`
  if (text === before) return 'unchanged'
  await writeWhole(file, text).catch((cause: unknown) => {
    throw new AssayError('unreadable-file', `the waivers cannot be written: ${firstLine(cause)}`, { cause })
  })
  return replaces ? 'replaced' : 'added'
}
