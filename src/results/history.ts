import { readFileSync, statSync } from 'node:fs'
import { stateOfFiles } from '../bytes/fileState.ts'
import { AssayError, firstLine } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import { type CheckResult, type Status, statusOrder } from './checkResult.ts'
import { statedOf } from './resultId.ts'
import type { RunDocument } from './runDocument.ts'
import { undated } from './undated.ts'

/** What a check came to in an earlier run. */
export interface PastResult {
  /** The instant of that run. */
  readonly at: string
  readonly commit?: string
  readonly status: Status
  /** What was measured. */
  readonly value: number
}

/** What a history is asked about: a result, or a check before it has one. */
export type Followed = Pick<CheckResult, 'trend' | 'kind' | 'subject'>

/** Results of earlier runs. */
export interface History {
  /** Those of one question, the earliest run first; none where it was not asked before. */
  of(followed: Followed): readonly PastResult[]
}

/** The file beside a report that keeps what earlier runs measured, a run in each line. */
export const HISTORY_FILE = 'history.jsonl'
/** How the file begins. */
export const HISTORY_MARK = /^\{"schema":"assay\/history\/1"/
/** Runs that are kept. */
const MOST_RUNS = 200
/** Characters of a file. */
const MOST_TEXT = 8_000_000

/** A run: by trend how the question is called without its source, its worst status, and what was measured. */
interface Entry {
  readonly schema: 'assay/history/1'
  readonly at: string
  readonly commit?: string
  readonly results: Readonly<Record<string, readonly [called: string, status: Status, value: number]>>
}

/** What a question is called, whatever the file of its rows is called today, and whichever its last days are. */
function calledOf({ kind, trend, subject: { type, name, column = '', slice = '' } }: Followed): string {
  return JSON.stringify([type, name, column, undated(slice), kind, statedOf(trend)])
}

function entryOf({ at, commit, results }: RunDocument): Entry {
  const measured = new Map<string, readonly [string, Status, number]>()
  const several = new Set<string>()
  for (const result of results) {
    const { trend, value, negated } = result
    // What a test says of itself, that it fails or caught a failure, makes no measure of a number; a waiver does.
    const status = result.status === 'accepted' && !result.waiver ? 'fail' : result.status
    if (value === undefined || !Number.isFinite(value) || negated === true) continue
    const known = measured.get(trend)
    // Records of one name, whose numbers nobody could tell apart later.
    if (known && known[2] !== value) several.add(trend)
    // Asked with several limits, the question is as bad as its worst answer.
    if (known && statusOrder.indexOf(known[1]) <= statusOrder.indexOf(status)) continue
    measured.set(trend, [calledOf(result), status, value])
  }
  for (const trend of several) measured.delete(trend)
  return {
    schema: 'assay/history/1',
    at,
    ...(commit === undefined ? {} : { commit }),
    results: Object.fromEntries(measured),
  }
}

/** The history of runs that were kept. */
export function historyOf(runs: readonly RunDocument[]): History {
  return among(runs.map(entryOf))
}

function among(entries: readonly Entry[]): History {
  const inOrder = entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return {
    of(followed) {
      const called = calledOf(followed)
      return inOrder.flatMap(({ at, commit, results }): readonly PastResult[] => {
        const own = Object.hasOwn(results, followed.trend) ? results[followed.trend] : onlyOne(results, called)
        if (own === undefined) return []
        return [{ at, ...(commit === undefined ? {} : { commit }), status: own[1], value: own[2] }]
      })
    },
  }
}

/** The one result that is called so; where several are, nobody knows which of them. */
function onlyOne(results: Entry['results'], called: string): Entry['results'][string] | undefined {
  const [first, second] = Object.values(results).filter(([name]) => name === called)
  return second === undefined ? first : undefined
}

const files = new Map<string, { readonly version: string; readonly history: History }>()

/**
 * The history that a file keeps; an empty one where there is no such file yet. Throws AssayError `unreadable-file` for a
 * file that is none.
 */
export function readHistory(file: string): History {
  if (!statSync(file, { throwIfNoEntry: false })) return among([])
  const version = stateOfFiles([file])
  const known = files.get(file)
  if (version !== undefined && known?.version === version) return known.history
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new AssayError('unreadable-file', `the history ${file} cannot be read: ${firstLine(cause)}`, { cause })
  }
  const lines = text.split('\n').filter((line) => line !== '')
  const history = among(
    lines.map((line, i) => {
      const entry = parsed(line)
      if (entry) return entry
      throw new AssayError('unreadable-file', `the history ${file} cannot be read: line ${i + 1} is no run`, {
        hint: 'move it away: the next report begins a new one',
      })
    }),
  )
  if (version !== undefined) files.set(file, { version, history })
  return history
}

function parsed(line: string): Entry | undefined {
  try {
    const entry: unknown = JSON.parse(line)
    if (!isPlainObject(entry) || entry.schema !== 'assay/history/1' || typeof entry.at !== 'string') return undefined
    const results = isPlainObject(entry.results) ? Object.values(entry.results) : [undefined]
    return results.every(isMeasured) ? (entry as unknown as Entry) : undefined
  } catch {
    return undefined
  }
}

function isMeasured(result: unknown): boolean {
  if (!Array.isArray(result)) return false
  const [called, status, value] = result as readonly unknown[]
  return typeof called === 'string' && statusOrder.includes(status as Status) && typeof value === 'number'
}

/** The text of a history with a run in it: the latest runs, and what an earlier telling of the same run said is gone. */
export function withRun(text: string, run: RunDocument): string {
  const lines = text.split('\n').flatMap((line) => {
    const entry = line === '' ? undefined : parsed(line)
    return entry && entry.at !== run.at ? [{ at: entry.at, line }] : []
  })
  const own = entryOf(run)
  if (Object.keys(own.results).length > 0) lines.push({ at: run.at, line: JSON.stringify(own) })
  const kept = lines.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(-MOST_RUNS)
  while (kept.length > 1 && kept.reduce((size, { line }) => size + line.length, 0) > MOST_TEXT) kept.shift()
  return kept.map(({ line }) => `${line}\n`).join('')
}
