import type { CheckResult, Subject } from './checkResult.ts'
import type { DatasetSummary, ModelSummary, NamedSubject, Problem } from './runDocument.ts'

/** Says how something is called among others. */
export type Naming = (named: NamedSubject) => string

/** How things are called beside one another: by their names, and with their sources behind those that several have. */
export function namingOf(all: Iterable<NamedSubject>): Naming {
  const sources = new Map<string, Set<string>>()
  for (const one of all) {
    if (one.source === undefined) continue
    const own = sources.get(keyOf(one)) ?? new Set()
    sources.set(keyOf(one), own.add(one.source))
  }
  return (named) => {
    const shared = named.source !== undefined && (sources.get(keyOf(named))?.size ?? 0) > 1
    return shared ? `${named.name} (${named.source})` : named.name
  }
}

const keyOf = ({ type, name }: NamedSubject): string => `${type}\n${name}`

/** What results, summaries and problems are about, references among them. */
export function namedIn(
  results: readonly Pick<CheckResult, 'subject'>[],
  datasets: readonly DatasetSummary[] = [],
  problems: readonly Problem[] = [],
): readonly NamedSubject[] {
  const references = results.flatMap(({ subject: { referenceOf } }) => (referenceOf ? [referenceOf] : []))
  return [
    ...results.map(({ subject }) => subject),
    ...problems.flatMap(({ undecided = [] }) => undecided),
    ...[...datasets, ...references].map(({ name, source }) => ({ type: 'dataset' as const, name, source })),
  ]
}

/** The results with their subjects and references called so. */
export function renamed<R extends Pick<CheckResult, 'subject'>>(results: readonly R[], naming: Naming): readonly R[] {
  return results.map((result) => {
    const subject = renamedSubject(result.subject, naming)
    return subject === result.subject ? result : { ...result, subject }
  })
}

function renamedSubject(subject: Subject, naming: Naming): Subject {
  const { reference, referenceOf } = subject
  const name = naming(subject)
  const other = referenceOf && naming({ type: 'dataset', ...referenceOf })
  // What stands behind the name, a column or a slice, stays.
  const against =
    referenceOf && reference?.startsWith(referenceOf.name)
      ? `${other}${reference.slice(referenceOf.name.length)}`
      : reference
  if (name === subject.name && against === reference) return subject
  return { ...subject, name, ...(against === undefined ? {} : { reference: against }) }
}

/** The problems with what they left undecided called so. */
export function renamedProblems(problems: readonly Problem[], naming: Naming): readonly Problem[] {
  return problems.map((problem) => {
    const { undecided } = problem
    return undecided
      ? { ...problem, undecided: undecided.map((subject) => ({ ...subject, name: naming(subject) })) }
      : problem
  })
}

/** Summaries of datasets and models, called so. */
export function renamedSummaries<S extends DatasetSummary | ModelSummary>(
  type: NamedSubject['type'],
  summaries: readonly S[],
  naming: Naming,
): readonly S[] {
  return summaries.map((summary) => ({ ...summary, name: naming({ type, ...summary }) }))
}
