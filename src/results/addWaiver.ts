import { readFile } from 'node:fs/promises'
import { isNothing, sizeOf } from '../dataset/regularFile.ts'
import { AssayError, firstLine, nearest } from '../errors.ts'
import { checkId, entryProblems, isExpired, parseWaivers, type Waiver } from './waivers.ts'
import { writeWhole } from './writeWhole.ts'
import { now as realNow } from '../realTimers.ts'

export interface AddWaiverOptions {
  /**
   * Ids of the results of known runs; another id is refused. Without it every id is taken.
   * @example { known: run.results.map(({ id }) => id) }
   */
  readonly known?: readonly string[]
  /**
   * Today; a waiver that is over already is refused. Default: this moment.
   * @example { now: new Date('2026-01-01') }
   */
  readonly now?: Date
}

/** What became of the file: a new entry, one that took the place of an older one, or nothing to change. */
export type Added = 'added' | 'replaced' | 'unchanged'

/**
 * Puts a waiver into a file, in the place of an earlier one of the same check, else at the end. Makes the file when
 * there is none; its bytes depend on nothing but the entries and their order.
 * @throws AssayError when the entry is wrong or already over, when no known run has the check, or when the file is wrong.
 */
export async function addWaiver(file: string, waiver: Waiver, options: AddWaiverOptions = {}): Promise<Added> {
  const { known, now = new Date(realNow()) } = options
  const problems = entryProblems(waiver)
  if (problems.length > 0) throw new AssayError('wrong-waiver', `this is no waiver: ${problems.join('; ')}`)
  if (isExpired(waiver, now)) {
    const today = now.toISOString().slice(0, 10)
    throw new AssayError('wrong-waiver', `a waiver until ${waiver.until} is over already: today is ${today} (UTC)`)
  }
  const check = checkId(waiver.check)
  if (known) refuseUnknown(check, known)
  if (!isNothing(file)) await sizeOf(file)
  const before = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw new AssayError('unreadable-file', `the waivers cannot be read: ${firstLine(cause)}`, { cause })
  })
  const waivers = before === undefined ? [] : [...parseWaivers(before, file)]
  const entry = { check, owner: waiver.owner, reason: waiver.reason, until: waiver.until }
  const place = waivers.findIndex((one) => one.check === check)
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

function refuseUnknown(check: string, known: readonly string[]): void {
  const ids = [...new Set(known.map(checkId))]
  if (ids.includes(check)) return
  const begins = ids.filter((id) => id.startsWith(check))
  const near = begins.length > 0 ? begins.slice(0, 3) : [nearest(check, ids)].filter((id) => id !== undefined)
  throw new AssayError('wrong-waiver', `no known run has a check ${JSON.stringify(check)}`, {
    hint:
      near.length > 0
        ? `did you mean ${near.join(' or ')}?`
        : ids.length > 0
          ? 'report.json and the report list the ids of a run'
          : 'run the checks first, so that there is a report',
  })
}
