import type { CheckResult, NamedSubject, Subject } from '../../src/results/index.ts'
import type { AssayMeta } from '../../src/results/transport.ts'

/** An assertion that began, as the worker noted it. */
type Begun = NamedSubject & { readonly matcher: string }

/** Assertions of a test that began and have no verdict. */
export function begunOf(meta: AssayMeta | undefined): Begun[] {
  return (meta?.begun ?? []).map((entry) => JSON.parse(entry) as Begun)
}

/**
 * What a test that failed or never ended left undecided: it began to judge it, or opened it and asked nothing of it. A
 * test that a check ended may have opened data for that check. What a file opened its tests may have judged: `others`.
 */
export function undecidedBy(
  meta: AssayMeta | undefined,
  results: readonly CheckResult[],
  others: readonly CheckResult[] = [],
): NamedSubject[] {
  const checked = results.some(({ blocking }) => blocking)
  const opened = (checked ? [] : (meta?.opened ?? []))
    .map((entry) => JSON.parse(entry) as NamedSubject)
    .filter((named) =>
      [...results, ...others].every(({ subject }) => !isSame(subject, named) && !isReferenceOf(subject, named)),
    )
  return distinct([...begunOf(meta), ...opened])
}

/** Subjects, each once. */
export function distinct(subjects: readonly NamedSubject[]): NamedSubject[] {
  const seen = new Map(
    subjects.map(({ type, name, source }) => [
      JSON.stringify([type, name, source]),
      { type, name, ...(source === undefined ? {} : { source }) },
    ]),
  )
  return [...seen.values()]
}

const isSame = (a: NamedSubject, b: NamedSubject): boolean =>
  a.type === b.type && a.name === b.name && a.source === b.source

function isReferenceOf({ reference, referenceOf }: Subject, subject: NamedSubject): boolean {
  return referenceOf ? isSame({ type: 'dataset', ...referenceOf }, subject) : reference === subject.name
}
