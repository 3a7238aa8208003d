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

const measures: ReadonlySet<Status> = new Set(['pass', 'accepted', 'inconclusive'])

/** Whether a later run may be compared with what came to this: what failed is none, or asking again would make it pass. */
export const isMeasure = (status: Status): boolean => measures.has(status)

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
  const runs = inOrder(entries).map((entry) => ({ ...entry, byName: trendsByName(entry) }))
  return {
    of(followed) {
      const { trend } = followed
      const own = runs.filter(({ results }) => Object.hasOwn(results, trend))
      // What was ever measured in one run with it is another question, also in a run that asked that one alone.
      const isOther = (name: string): boolean => own.some(({ results }) => Object.hasOwn(results, name))
      const called = calledOf(followed)
      return runs.flatMap(({ at, commit, results, byName }): readonly PastResult[] => {
        const name = Object.hasOwn(results, trend) ? trend : byName.get(called)
        const measured = name !== undefined && (name === trend || !isOther(name)) ? results[name] : undefined
        if (measured === undefined) return []
        return [{ at, ...(commit === undefined ? {} : { commit }), status: measured[1], value: measured[2] }]
      })
    },
  }
}

/** By what questions are called, the trend of the one that is; none where several are, since nobody knows which. */
function trendsByName({ results }: Entry): ReadonlyMap<string, string> {
  const trends = new Map<string, string>()
  const several = new Set<string>()
  for (const [trend, [called]] of Object.entries(results))
    if (trends.has(called)) several.add(called)
    else trends.set(called, trend)
  for (const called of several) trends.delete(called)
  return trends
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
        hint: 'mend or remove the line, or move the file away: the next report begins a new one',
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

/**
 * The text of a history with a run in it: the latest runs, and of earlier ones what these are still compared with. What
 * was told of the same instant before stays where this run did not ask it. A line that is no run stays, at the end: what it
 * held is not forgotten behind the back of who can mend it.
 */
export function withRun(text: string, run: RunDocument): string {
  const known: Entry[] = []
  const unreadable: string[] = []
  for (const line of text.split('\n')) {
    const earlierRun = parsed(line)
    if (earlierRun) known.push(earlierRun)
    else if (line !== '') unreadable.push(line)
  }
  const earlier = known.filter(({ at }) => at === run.at).flatMap(({ results }) => Object.entries(results))
  const own = entryOf(run)
  const called = new Set(Object.values(own.results).map(([name]) => name))
  const others = earlier.filter(([trend, [name]]) => !Object.hasOwn(own.results, trend) && !called.has(name))
  const entry: Entry = { ...own, results: { ...Object.fromEntries(others), ...own.results } }
  const entries = inOrder([
    ...known.filter(({ at }) => at !== run.at),
    ...(Object.keys(entry.results).length > 0 ? [entry] : []),
  ])
  return [...latest(entries).map((one) => JSON.stringify(one)), ...unreadable].map((line) => `${line}\n`).join('')
}

const inOrder = (entries: readonly Entry[]): readonly Entry[] =>
  entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))

/** The latest runs that find room, and of those before what `stillMeasures`. */
function latest(entries: readonly Entry[]): readonly Entry[] {
  let room = MOST_TEXT
  let from = entries.length
  while (from > Math.max(0, entries.length - MOST_RUNS)) {
    room -= JSON.stringify(entries[from - 1]).length
    if (room < 0 && from < entries.length) break
    from--
  }
  const kept = entries.slice(from)
  return [...stillMeasures(entries.slice(0, from), kept), ...kept]
}

/**
 * What later runs are compared with although the run itself is too old to be kept: the last measure of what failed ever
 * since. Without it a failure would have nothing to be compared with one day, and be the measure itself on the next.
 */
function stillMeasures(gone: readonly Entry[], kept: readonly Entry[]): readonly Entry[] {
  const failing = new Set<string>()
  const measured = new Set<string>()
  for (const { results } of kept)
    for (const [trend, [called, status]] of Object.entries(results))
      for (const key of [trend, called]) (isMeasure(status) ? measured : failing).add(key)
  const rest = gone.toReversed().map(({ results, ...entry }) => {
    const own = Object.entries(results).filter(([trend, [called, status]]) => {
      const key = failing.has(trend) || measured.has(trend) ? trend : called
      if (!isMeasure(status) || !failing.has(key) || measured.has(key)) return false
      measured.add(key)
      return true
    })
    return { ...entry, results: Object.fromEntries(own) }
  })
  return rest.filter(({ results }) => Object.keys(results).length > 0).toReversed()
}
