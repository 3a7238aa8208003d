import { AssayError } from '../errors.ts'
import type { Block } from './blocks/index.ts'
import type { Family, Lineage, Severity, Subject, Where } from './checkResult.ts'
import type { NamedSubject, RunDocument, RunResult } from './runDocument.ts'

/** What results of one kind of question have in common. */
export interface StoredCheck {
  readonly kind: string
  readonly family: Family
  readonly matcher?: string
  readonly severity: Severity
}

/** A test that asked. */
export interface StoredPlace {
  readonly file: string
  readonly test: string
}

/** What a result is about; what it is of stands in `subjects`, under its name. */
export interface StoredSubject extends Omit<Subject, 'type' | 'source'> {
  /** Where several of `subjects` have the name: which of them, from 0. @count */
  readonly of?: number
}

/** Where an assertion stands. */
export interface StoredWhere extends Omit<Where, 'file' | 'test'> {
  /** The place in `places`, from 0. @count */
  readonly place: number
}

/** A result in a file, where results share what they have in common. */
export interface StoredResult
  extends Omit<
    RunResult,
    'trend' | 'kind' | 'family' | 'matcher' | 'severity' | 'subject' | 'lineage' | 'where' | 'blocking' | 'evidence'
  > {
  /** From `~` on where the id begins the same, absent where it is the id. */
  readonly trend?: string
  /** Its kind, family, matcher and severity: the place in `checks`, from 0. @count */
  readonly check: number
  readonly subject: StoredSubject
  /** The place in `lineages`, from 0. @count */
  readonly lineage: number
  readonly where?: StoredWhere
  /** Absent where it does not fail its test. */
  readonly blocking?: true
  /** Absent where there is none. */
  readonly evidence?: readonly Block[]
}

/**
 * A run document as it stands in `report.json`: results say by number what they have in common with others, so that ten
 * thousand take less than 5 MB. `parse` of `assay/results` reads it.
 * Published as `docs/schemas/run.schema.json`.
 */
export interface RunFile extends Omit<RunDocument, 'results'> {
  readonly results: readonly StoredResult[]
  readonly checks: readonly StoredCheck[]
  /** The datasets and models that results are about. */
  readonly subjects: readonly NamedSubject[]
  /** The tests that asked. */
  readonly places: readonly StoredPlace[]
  /** Which data, model, engine and seed back results. */
  readonly lineages: readonly Lineage[]
}

/** The run with what results have in common said once. */
export function stored(run: RunDocument): RunFile {
  const checks = sharing<StoredCheck>()
  const subjects = sharing<NamedSubject>()
  const places = sharing<StoredPlace>()
  const lineages = sharing<Lineage>()
  for (const { subject } of run.results) subjects.place(named(subject))
  const names = new Set<string>()
  const ambiguous = new Set<string>()
  for (const { name } of subjects.all) (names.has(name) ? ambiguous : names).add(name)
  const results = run.results.map((result): StoredResult => {
    const { trend, kind, family, matcher, severity, subject, lineage, where, blocking, evidence, ...rest } = result
    const { type: _, source: __, ...about } = subject
    const own = shortTrend(trend, rest.id)
    return {
      ...rest,
      ...(own === undefined ? {} : { trend: own }),
      check: checks.place({ kind, family, ...(matcher === undefined ? {} : { matcher }), severity }),
      subject: ambiguous.has(subject.name) ? { ...about, of: subjects.place(named(subject)) } : about,
      lineage: lineages.place(lineage),
      ...(where ? { where: storedWhere(where, places.place) } : {}),
      ...(blocking ? { blocking } : {}),
      ...(evidence.length > 0 ? { evidence } : {}),
    }
  })
  return { ...run, results, checks: checks.all, subjects: subjects.all, places: places.all, lineages: lineages.all }
}

/** The run that a file holds. Throws an AssayError where a result names what the file does not have. */
export function restored(file: RunFile): RunDocument {
  const { results, checks, subjects, places, lineages, ...rest } = file
  const byName = new Map(subjects.map((subject) => [subject.name, subject]))
  return {
    ...rest,
    results: results.map(({ trend, check, subject, lineage, where, blocking, evidence, ...result }, i): RunResult => {
      const at = <T>(list: readonly T[], name: string, place: number): T => {
        const found = list[place]
        if (found === undefined) throw lost(i, `${name} ${place}`)
        return found
      }
      const { of, ...about } = subject
      const owner = of === undefined ? byName.get(about.name) : at(subjects, 'subject', of)
      if (!owner) throw lost(i, `subject ${JSON.stringify(about.name)}`)
      const { file: testFile, test } = where ? at(places, 'place', where.place) : { file: '', test: '' }
      const { place: _, ...spot } = where ?? { place: 0 }
      return {
        ...result,
        trend: wholeTrend(trend, result.id),
        ...at(checks, 'check', check),
        subject: { ...owner, ...about },
        lineage: at(lineages, 'lineage', lineage),
        ...(where ? { where: { file: testFile, test, ...spot } } : {}),
        blocking: blocking === true,
        evidence: evidence ?? [],
      }
    }),
  }
}

function lost(result: number, what: string): AssayError {
  return new AssayError(
    'wrong-schema',
    `This run document is incomplete: result ${result} names a ${what}, which is not in it.`,
    {
      hint: 'the file was changed after it was written; run the checks again',
    },
  )
}

const named = ({ type, name, source }: Subject): NamedSubject => ({
  type,
  name,
  ...(source === undefined ? {} : { source }),
})

function storedWhere({ file, test, ...spot }: Where, placeOf: (place: StoredPlace) => number): StoredWhere {
  return { ...spot, place: placeOf({ file, test }) }
}

/** What an id begins with: the words before its last `~`. */
const wordsOf = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('~')))

/** A trend without the words that it has in common with its id; undefined where it is the id. */
function shortTrend(trend: string, id: string): string | undefined {
  const words = wordsOf(id)
  if (trend === id) return undefined
  return trend.startsWith(`${words}~`) ? trend.slice(words.length) : trend
}

function wholeTrend(trend: string | undefined, id: string): string {
  if (trend === undefined) return id
  return trend.startsWith('~') ? `${wordsOf(id)}${trend}` : trend
}

/** Values that are kept once, and the place of each. */
function sharing<T>(): { readonly all: readonly T[]; place(value: T): number } {
  const places = new Map<string, number>()
  const all: T[] = []
  return {
    all,
    place(value) {
      const key = JSON.stringify(value)
      const known = places.get(key)
      if (known !== undefined) return known
      places.set(key, all.length)
      return all.push(value) - 1
    },
  }
}
