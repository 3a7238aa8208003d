import { redacted, withoutQuoted } from './discreet.ts'
import { KnownPersonal, type PersonalColumns } from './personalColumns.ts'
import type { CheckResult } from './checkResult.ts'
import type { ColumnProfile, DatasetSummary, Problem } from './runDocument.ts'

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
function redactedSummary(summary: DatasetSummary, personal: readonly string[]): DatasetSummary {
  if (personal.length === 0) return summary
  return {
    ...summary,
    columns: summary.columns.map((column) => (personal.includes(column.name) ? countsOnly(column) : column)),
  }
}

/** What a run found, as it is put together. */
interface Found {
  readonly results: readonly CheckResult[]
  readonly datasets: readonly DatasetSummary[]
  readonly problems: readonly Problem[]
  readonly notes: readonly string[]
}

/** What a run found, without values of columns that were said to be personal anywhere in it, be it later or elsewhere. */
export function withoutPersonal(run: Found, personal: readonly PersonalColumns[]): Found {
  const known = new KnownPersonal(personal)
  if (known.columns.length === 0) return run
  const { results, datasets, problems, notes } = run
  const words = (text: string): string => withoutQuoted(known.text(text), known.names)
  return {
    // What an engine says may be of what the data was made of, as by a query.
    results: results.map((result) =>
      redacted(
        sourced(result, known),
        result.status === 'error' ? known.columns : known.ofAny(result.lineage.datasets),
      ),
    ),
    datasets: datasets.map((summary) => ({
      ...redactedSummary(summary, known.ofAny([summary])),
      source: known.source(summary.source),
    })),
    // What a test of its own says of data is its author's; what stands in quotes there may be a value.
    problems: problems.map((problem) => ({ ...problem, text: words(problem.text) })),
    notes: notes.map(words),
  }
}

/** A result with its sources as they may be told. */
function sourced(result: CheckResult, known: KnownPersonal): CheckResult {
  const { subject, lineage } = result
  const withSource = <T extends { readonly source?: string }>(named: T): T =>
    named.source === undefined ? named : { ...named, source: known.source(named.source) }
  return {
    ...result,
    subject: {
      ...withSource(subject),
      ...(subject.referenceOf ? { referenceOf: withSource(subject.referenceOf) } : {}),
    },
    lineage: { ...lineage, datasets: lineage.datasets.map(withSource) },
  }
}
