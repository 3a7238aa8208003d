import type { CheckResult, NamedSubject } from '../../src/results/index.ts'
import type { AssayMeta } from '../../src/results/transport.ts'

/** An assertion that began, as the worker noted it. */
type Begun = NamedSubject & { readonly matcher: string }

/** Assertions of a test that began and have no verdict. */
export function begunOf(meta: AssayMeta | undefined): Begun[] {
  return (meta?.begun ?? []).map((entry) => JSON.parse(entry) as Begun)
}

/**
 * What a test that failed or never ended left undecided: it began to judge it, or opened it and asked nothing of it. A
 * test that a check ended may have opened data for that check.
 */
export function undecidedBy(meta: AssayMeta | undefined, results: readonly CheckResult[]): NamedSubject[] {
  const checked = results.some(({ blocking }) => blocking)
  const opened = (checked ? [] : (meta?.opened ?? []))
    .map((entry) => JSON.parse(entry) as NamedSubject)
    .filter(({ type, name }) =>
      results.every(({ subject }) => !(subject.type === type && subject.name === name) && subject.reference !== name),
    )
  return distinct([...begunOf(meta), ...opened])
}

/** Subjects, each once. */
export function distinct(subjects: readonly NamedSubject[]): NamedSubject[] {
  const seen = new Map(subjects.map(({ type, name }) => [`${type}\n${name}`, { type, name }]))
  return [...seen.values()]
}
