import { blockOf } from './blocks/index.ts'
import type { CheckResult } from './checkResult.ts'
import { clockNotes } from './clock.ts'
import { namedIn, namingOf, renamed, renamedProblems, renamedSummaries } from './names.ts'
import { distinctResults } from './occurrences.ts'
import { sharedQueries } from './sharedQueries.ts'
import type { DatasetSummary, ModelSummary, RunDocument } from './runDocument.ts'

/** What a run hands over, before it is one document. */
export interface Collected {
  readonly at: string
  readonly title: string
  readonly durationMs: number
  readonly environment: RunDocument['environment']
  readonly commit?: string | undefined
  readonly branch?: string | undefined
  readonly results: readonly CheckResult[]
  readonly datasets: readonly DatasetSummary[]
  readonly outcome: RunDocument['outcome']
  readonly problems: RunDocument['problems']
  readonly tests: RunDocument['tests']
  readonly notes: readonly string[]
  /** It is put together of runs that were before. */
  readonly isMerged?: boolean
}

/**
 * Puts a run together: a dataset that several files used appears once, models come from the results, and each is called
 * so that no two are called alike.
 */
export function runDocument(collected: Collected): RunDocument {
  const { datasets, commit, branch, isMerged = false, ...rest } = collected
  const results = distinctResults(collected.results)
  const described = new Map<string, DatasetSummary>()
  for (const dataset of datasets) {
    const key = JSON.stringify([dataset.name, dataset.source, dataset.fingerprint])
    if (!described.has(key)) described.set(key, dataset)
  }
  const naming = namingOf(namedIn(results, [...described.values()], rest.problems))
  return {
    schema: 'assay/run/1',
    ...rest,
    ...(commit ? { commit } : {}),
    ...(branch ? { branch } : {}),
    datasets: renamedSummaries('dataset', [...described.values()], naming),
    models: renamedSummaries('model', modelsOf(results), naming),
    ...sharedQueries(renamed(results, naming)),
    problems: renamedProblems(rest.problems, naming),
    notes: [...(isMerged ? [] : clockNotes(rest.at)), ...rest.notes],
  }
}

function modelsOf(results: readonly CheckResult[]): ModelSummary[] {
  const models = new Map<string, ModelSummary>()
  for (const result of results) {
    const { subject, lineage } = result
    if (subject.type !== 'model') continue
    const { name, source } = subject
    const key = JSON.stringify([name, source])
    const before = models.get(key)
    const fingerprint = lineage.model?.fingerprint ?? before?.fingerprint
    models.set(key, {
      name,
      ...(source === undefined ? {} : { source }),
      ...(fingerprint ? { fingerprint } : {}),
      predictions: (before?.predictions ?? 0) + (blockOf(result, 'rates')?.overall.cases ?? 0),
    })
  }
  return [...models.values()]
}
