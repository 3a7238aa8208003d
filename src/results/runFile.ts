import { AssayError } from '../errors.ts'
import type { Block } from './blocks/index.ts'
import type { Limits } from './blocks/number.ts'
import type { Family, Group, Lineage, Severity, Since, Subject, Where } from './checkResult.ts'
import { keptColumns } from './keptColumns.ts'
import { keptEvidence } from './keptEvidence.ts'
import { keptTexts } from './keptTexts.ts'
import type { DatasetSummary, NamedSubject, RunDocument, RunResult } from './runDocument.ts'
import { idWords } from './resultId.ts'
import { interned } from './interned.ts'

/** What was asked, as far as results have it in common. */
export interface StoredCheck {
  readonly kind: string
  readonly family: Family
  readonly matcher?: string
  readonly severity: Severity
  readonly title: string
  readonly expected: string
  readonly limit?: Limits
}

/** What a result is about. */
export interface StoredSubject extends Omit<Subject, 'type' | 'name' | 'source'> {
  /** Its dataset or model: the place in `subjects`, from 0. @count */
  readonly of: number
}

/** A test that asked. */
export interface StoredPlace {
  readonly file: string
  readonly test: string
}

/** What a result comes from. */
export interface StoredOrigin {
  /** The place in `lineages`, from 0. @count */
  readonly lineage: number
  /** The test that asked: the place in `places`, from 0; its line and column in the file. @count */
  readonly place?: number
  /** @count */
  readonly line?: number
  /** @count */
  readonly column?: number
  /** The question it is a part of: the place in `groups`, from 0. @count */
  readonly group?: number
  /** Which of the run's queries it ran or shared, by their places in `queries`, from 0. @count */
  readonly queries?: readonly number[]
  /** Queries it ran or shared. @count */
  readonly scans: number
}

/** A result in a file, where results share what they have in common. */
export interface StoredResult
  extends Omit<
    RunResult,
    | 'id'
    | 'trend'
    | 'kind'
    | 'family'
    | 'matcher'
    | 'severity'
    | 'title'
    | 'expected'
    | 'limit'
    | 'subject'
    | 'lineage'
    | 'where'
    | 'group'
    | 'queries'
    | 'scans'
    | 'blocking'
    | 'evidence'
  > {
  /** From `~` on where it begins with the name, column and kind of what it is about. */
  readonly id: string
  /** From `~` on where the id begins the same, absent where it is the id. */
  readonly trend?: string
  /** What was asked: the place in `checks`, from 0. @count */
  readonly check: number
  /** What it is about: the place in `abouts`, from 0. @count */
  readonly about: number
  /** What it comes from: the place in `origins`, from 0. @count */
  readonly origin: number
  /** Absent where it does not fail its test. */
  readonly blocking?: true
  /** Absent where there is none. */
  readonly evidence?: readonly Block[]
  /** Since when it needs attention: the place in `ages`, from 0. @count */
  readonly since?: number
}

/**
 * A run document as it stands in `report.json`: results say by number what they have in common with others, and evidence
 * for which there is no room is left out, so that ten thousand take at most 5 MB. `parse` of `assay/results` reads it.
 * Published as `docs/schemas/run.schema.json`.
 */
export interface RunFile extends Omit<RunDocument, 'results'> {
  readonly results: readonly StoredResult[]
  readonly checks: readonly StoredCheck[]
  /** What results are about: columns and slices of `subjects`. */
  readonly abouts: readonly StoredSubject[]
  /** The datasets and models that results are about. */
  readonly subjects: readonly NamedSubject[]
  readonly origins: readonly StoredOrigin[]
  /** The tests that asked. */
  readonly places: readonly StoredPlace[]
  /** Questions that were asked as one. */
  readonly groups: readonly Group[]
  /** Which data, model, engine and seed back results. */
  readonly lineages: readonly Lineage[]
  /** Since when results need attention; in `since` stand those that this run did not ask. */
  readonly ages: readonly Since[]
}

/** Bytes of a file, and of each of its results where they are very many. */
const LEAST_ROOM = 5_000_000
const RESULT_ROOM = 500
/** The part of it that descriptions of columns take at most where there is too much. */
const COLUMNS_SHARE = 0.1
/** The part of it that messages, limits and queries take at most. */
const TEXTS_SHARE = 0.7
/** Bytes of a line of a file, and of the name of its evidence. */
const MARGIN = 30

/** The run with what results have in common said once, and the texts and the evidence that find room. */
export function stored(whole: RunDocument): RunFile {
  const most = Math.max(LEAST_ROOM, RESULT_ROOM * whole.results.length)
  const { run, note } = keptTexts(whole, most * TEXTS_SHARE)
  const checks = interned<StoredCheck>()
  const abouts = interned<StoredSubject>()
  const subjects = interned<NamedSubject>()
  const origins = interned<StoredOrigin>()
  const places = interned<StoredPlace>()
  const groups = interned<Group>()
  const lineages = interned<Lineage>()
  const ages = interned<Since>()
  const since = new Map(Object.entries(run.since ?? {}))
  const results = run.results.map((result): StoredResult => {
    const { id, trend, kind, family, matcher, severity, title, expected, limit, ...others } = result
    const { subject, lineage, where, group, queries, scans, blocking, evidence: _, ...own } = others
    const { type, name, source, ...about } = subject
    const short = shortTrend(trend, id)
    const age = since.get(id)
    return {
      ...own,
      id: withoutWords(id, idWords(kind, subject)),
      ...(short === undefined ? {} : { trend: short }),
      check: checks.place({ kind, family, ...present({ matcher }), severity, title, expected, ...present({ limit }) }),
      about: abouts.place({ ...about, of: subjects.place({ type, name, ...present({ source }) }) }),
      origin: origins.place({
        lineage: lineages.place(lineage),
        ...(where ? storedWhere(where, places.place) : {}),
        ...(group ? { group: groups.place(group) } : {}),
        ...present({ queries }),
        scans,
      }),
      ...(blocking ? { blocking } : {}),
      ...(age === undefined ? {} : { since: ages.place(age) }),
    }
  })
  const ids = new Set(run.results.map(({ id }) => id))
  const file = {
    ...run,
    ...(run.since ? { since: Object.fromEntries([...since].filter(([id]) => !ids.has(id))) } : {}),
    checks: checks.all,
    abouts: abouts.all,
    subjects: subjects.all,
    origins: origins.all,
    places: places.all,
    groups: groups.all,
    lineages: lineages.all,
    ages: ages.all,
  }
  const sized = (datasets: readonly DatasetSummary[]): number =>
    Buffer.byteLength(JSON.stringify({ ...file, datasets, results })) + MARGIN * (results.length + 1)
  const over = sized(run.datasets) - most
  const all = keptEvidence(run.results, -over)
  // Without evidence, all room that is left is for columns.
  const bare = (): number => sized(run.datasets.map((dataset) => ({ ...dataset, columns: [], moreColumns: 0 })))
  const least = most * COLUMNS_SHARE
  const datasets =
    all.note !== undefined
      ? keptColumns(run.datasets, least)
      : over > 0
        ? keptColumns(run.datasets, Math.max(least, most - bare()))
        : run.datasets
  const kept = datasets === run.datasets ? all : keptEvidence(run.results, most - sized(datasets))
  return {
    ...file,
    datasets,
    results: results.map((result, i) => {
      const evidence = kept.of.get(run.results[i] as RunResult) ?? []
      return evidence.length > 0 ? { ...result, evidence } : result
    }),
    notes: [...run.notes, ...[note, kept.note].filter((text) => text !== undefined)],
  }
}

/** The run that a file holds. Throws an AssayError where a result names what the file does not have. */
export function restored(file: RunFile): RunDocument {
  const { results, checks, abouts, subjects, origins, places, groups, lineages, ages, ...rest } = file
  const since = new Map<string, Since>()
  const restoredResults = results.map((result, i): RunResult => {
    const { id: short, trend, check, about, origin, blocking, evidence = [], since: age, ...own } = result
    const at = <T>(list: readonly T[], name: string, place: number): T => {
      const found = list[place]
      if (found === undefined) throw lost(i, `${name} ${place}`)
      return found
    }
    const { of, ...subject } = at(abouts, 'about', about)
    const { lineage, place, line, column, group, ...queried } = at(origins, 'origin', origin)
    const asking = at(checks, 'check', check)
    const whole = { ...at(subjects, 'subject', of), ...subject }
    const id = short.startsWith('~') ? `${idWords(asking.kind, whole)}${short}` : short
    if (age !== undefined) since.set(id, at(ages, 'age', age))
    return {
      ...own,
      id,
      trend: wholeTrend(trend, id),
      ...asking,
      subject: whole,
      lineage: at(lineages, 'lineage', lineage),
      ...queried,
      ...(place === undefined
        ? {}
        : { where: { ...at(places, 'place', place), ...present({ line, column }) } as Where }),
      ...(group === undefined ? {} : { group: at(groups, 'group', group) }),
      blocking: blocking === true,
      evidence,
    }
  })
  for (const [id, known] of Object.entries(rest.since ?? {})) since.set(id, known)
  return { ...rest, results: restoredResults, ...(rest.since ? { since: Object.fromEntries(since) } : {}) }
}

function storedWhere({ file, test, ...spot }: Where, placeOf: (place: StoredPlace) => number) {
  return { ...spot, place: placeOf({ file, test }) }
}

/** The values that are there. */
const present = <T extends object>(values: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never

function lost(result: number, what: string): AssayError {
  return new AssayError(
    'wrong-schema',
    `This run document is incomplete: result ${result} names a ${what}, which is not in it.`,
    {
      hint: 'the file was changed after it was written; run the checks again',
    },
  )
}

/** What an id begins with: the words before its last `~`. */
const wordsOf = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('~')))

/** A trend without the words that it has in common with its id; undefined where it is the id. */
function shortTrend(trend: string, id: string): string | undefined {
  return trend === id ? undefined : withoutWords(trend, wordsOf(id))
}

/** An id from its `~` on where it begins with the words. */
const withoutWords = (id: string, words: string): string => (id.startsWith(`${words}~`) ? id.slice(words.length) : id)

function wholeTrend(trend: string | undefined, id: string): string {
  if (trend === undefined) return id
  return trend.startsWith('~') ? `${wordsOf(id)}${trend}` : trend
}
