import { REDACTED, withoutLiterals } from '../dataset/personal.ts'
import { anyPersonal } from '../dataset/sliceWords.ts'
import type { BehaviorExample, CheckResult, Sample } from './checkResult.ts'
import type { ColumnProfile, DatasetSummary, Problem } from './runDocument.ts'

/** What a result says instead, where columns that its words tell values of are personal. */
export interface Discreet {
  /** The columns; `any` for words that may hold a value of whichever column. */
  readonly columns: readonly string[] | 'any'
  readonly title?: string
  readonly expected?: string
  readonly measured?: string
  readonly message?: string
  readonly slice?: string
  readonly reference?: string
  readonly examples?: readonly BehaviorExample[]
  /** Keys of the failing cases. */
  readonly failing?: readonly string[]
  /** What moved, of a drift. */
  readonly moved?: string
  /** Columns of the sample that hold text of whole records. */
  readonly cells?: readonly string[]
  /** What is left out. */
  readonly without?: readonly ('value' | 'limit' | 'charts')[]
}

/** Where a result on its way keeps what it says instead; no JSON has it. */
export const discreetly: unique symbol = Symbol.for('assay.discreet')

/** A result on its way, with what it says where columns are personal. */
export type Telling = CheckResult & { readonly [discreetly]?: readonly Discreet[] }

/**
 * The result as it may leave the process: no value of a personal column in its cells, words, charts, examples and
 * queries. What checks say of themselves goes first; texts in quotes are hidden from whatever words are left about such
 * a column. Nothing is changed where no column is personal.
 */
export function redacted(result: Telling, personal: readonly string[]): Telling {
  if (personal.length === 0) return result
  const secret = new Set(personal)
  const said = (result[discreetly] ?? []).filter(({ columns }) => columns === 'any' || anyPersonal(columns, personal))
  const told = said.reduce(replaced, result)
  const about = isAbout(told, secret)
  const names = namesOf(told)
  // What a check says instead is said on purpose; other words about such a column lose what stands in quotes.
  const words = (word: 'title' | 'expected' | 'measured' | 'message'): Partial<CheckResult> => {
    const text = told[word]
    const left = text === undefined || !about || said.some((one) => one[word] !== undefined)
    return left ? {} : { [word]: withoutQuoted(text, names) }
  }
  const { sample, sql, charts, ...rest } = told
  return {
    ...rest,
    ...words('title'),
    ...words('expected'),
    ...words('measured'),
    ...words('message'),
    ...(sample ? { sample: withoutCells(sample, secret) } : {}),
    ...(sql ? { sql: sql.map(withoutLiterals) } : {}),
    ...(charts && !about ? { charts } : {}),
  }
}

/** Whether the result is about values of such a column. */
function isAbout({ subject: { column } }: CheckResult, secret: ReadonlySet<string>): boolean {
  if (column === undefined) return false
  return [...secret].some((name) => column === name || `, ${column}, `.includes(`, ${name}, `))
}

/** Names may be told: of datasets, columns, models. */
function namesOf({ subject, sample, lineage }: CheckResult): ReadonlySet<string> {
  const { name, column, reference, capability } = subject
  return new Set(
    [
      name,
      column,
      reference,
      capability,
      ...(column?.split(', ') ?? []),
      ...(sample?.columns ?? []),
      ...lineage.datasets.flatMap((dataset) => [dataset.name, dataset.source]),
    ].filter((one) => one !== undefined),
  )
}

/** Words without texts in quotes that are no names. */
export function withoutQuoted(text: string, names: ReadonlySet<string>): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*(?:"|$)|(?<!\w)'[^'\n]*(?:'(?!\w)|$)/gm, (quoted) =>
    names.has(quoted.slice(1, -1).replace(/\\(.)/g, '$1')) ? quoted : REDACTED,
  )
}

function replaced(result: Telling, discreet: Discreet): Telling {
  const { columns: _, slice, reference, examples, failing, moved, cells, without = [], ...words } = discreet
  const { sample, drift, behavior } = result
  const left = Object.fromEntries(Object.entries(result).filter(([name]) => !without.includes(name as never)))
  return {
    ...(left as unknown as Telling),
    ...words,
    subject: {
      ...result.subject,
      ...(slice === undefined ? {} : { slice }),
      ...(reference === undefined ? {} : { reference }),
    },
    ...(drift && moved !== undefined ? { drift: { ...drift, moved } } : {}),
    ...(behavior && examples ? { behavior: { ...behavior, examples, ...(failing ? { failing } : {}) } } : {}),
    ...(sample && cells ? { sample: withoutCells(sample, new Set(cells)) } : {}),
  }
}

function withoutCells({ values, counted, ...sample }: Sample, secret: ReadonlySet<string>): Sample {
  const told = values && !sample.marked.some((i) => secret.has(sample.columns[i] as string))
  return {
    ...sample,
    ...(told ? { values, ...(counted === undefined ? {} : { counted }) } : {}),
    rows: sample.rows.map((row) =>
      row.map((cell, i) => (cell !== null && secret.has(sample.columns[i] as string) ? REDACTED : cell)),
    ),
  }
}

/** A column's profile of which only counts are told. */
function countsOnly({ name, type, missing, distinct, approximate, constant, whole }: ColumnProfile): ColumnProfile {
  return {
    name,
    type,
    missing,
    ...(distinct === undefined ? {} : { distinct }),
    ...(approximate ? { approximate } : {}),
    ...(constant ? { constant } : {}),
    ...(whole ? { whole } : {}),
  }
}

/** A dataset's description without values of personal columns. */
export function redactedSummary(summary: DatasetSummary, personal: readonly string[]): DatasetSummary {
  if (personal.length === 0) return summary
  return {
    ...summary,
    columns: summary.columns.map((column) => (personal.includes(column.name) ? countsOnly(column) : column)),
  }
}

/** Which columns of a dataset were said to be personal, for whoever puts a run together. */
export interface PersonalColumns {
  readonly name: string
  readonly source: string
  readonly columns: readonly string[]
}

/** What a run found, as it is put together. */
interface Found {
  readonly results: readonly CheckResult[]
  readonly datasets: readonly DatasetSummary[]
  readonly problems: readonly Problem[]
}

/** What a run found, without values of columns that were said to be personal anywhere in it, be it later or elsewhere. */
export function withoutPersonal({ results, datasets, problems }: Found, said: readonly PersonalColumns[]): Found {
  const columnsOf = (all: readonly { readonly name: string; readonly source: string }[]): readonly string[] => [
    ...new Set(
      said
        .filter(({ name, source }) => all.some((one) => one.name === name || one.source === source))
        .flatMap(({ columns }) => columns),
    ),
  ]
  const names = new Set(said.flatMap(({ name, source, columns }) => [name, source, ...columns]))
  return {
    results: results.map((result) => redacted(result, columnsOf(result.lineage.datasets))),
    datasets: datasets.map((summary) => redactedSummary(summary, columnsOf([summary]))),
    // What a test of its own says of data is its author's; what stands in quotes there may be a value.
    problems: said.length === 0 ? problems : problems.map((one) => ({ ...one, text: withoutQuoted(one.text, names) })),
  }
}
