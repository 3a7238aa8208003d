import type { CheckResult } from './checkResult.ts'
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
}

/** Puts a run together: a dataset that several files used appears once, models come from the results. */
export function runDocument(collected: Collected): RunDocument {
  const { datasets, commit, branch, results, ...rest } = collected
  const described = new Map<string, DatasetSummary>()
  for (const dataset of datasets) {
    const key = JSON.stringify([dataset.name, dataset.source, dataset.fingerprint])
    if (!described.has(key)) described.set(key, dataset)
  }
  return {
    schema: 'assay/run/1',
    ...rest,
    ...(commit ? { commit } : {}),
    ...(branch ? { branch } : {}),
    datasets: [...described.values()],
    models: modelsOf(results),
    results: distinctIds(results),
  }
}

function modelsOf(results: readonly CheckResult[]): ModelSummary[] {
  const models = new Map<string, ModelSummary>()
  for (const { subject, lineage, behavior } of results) {
    if (subject.type !== 'model') continue
    const before = models.get(subject.name)
    const fingerprint = lineage.model?.fingerprint ?? before?.fingerprint
    models.set(subject.name, {
      name: subject.name,
      ...(fingerprint ? { fingerprint } : {}),
      predictions: (before?.predictions ?? 0) + (behavior?.overall.cases ?? 0),
    })
  }
  return [...models.values()]
}

/** The same check asked in two places gets an id of its own for each: `…~1a2b3c4d`, `…~1a2b3c4d-2`. */
function distinctIds(results: readonly CheckResult[]): CheckResult[] {
  const seen = new Map<string, number>()
  // What a source's every assertion says of it by itself is said once.
  const unread = new Set<string>()
  const once = results.filter(({ kind, id }) => {
    if (kind !== 'wellFormed') return true
    return !unread.has(id) && unread.add(id)
  })
  return once.map((result) => {
    const times = (seen.get(result.id) ?? 0) + 1
    seen.set(result.id, times)
    return times === 1 ? result : { ...result, id: `${result.id}-${times}` }
  })
}
