import type { CheckResult } from './checkResult.ts'
import type { RunDocument } from './runDocument.ts'

/** A check in two runs; `before` is undefined for a new one, `after` for one that is gone. */
export interface CheckChange {
  readonly id: string
  readonly before?: CheckResult
  readonly after?: CheckResult
  /** What is expected changed, so the two measurements were judged differently. */
  readonly limitChanged?: boolean
}

/** What backs verdicts and is another now. */
export interface SourceChange {
  readonly type: 'dataset' | 'model'
  readonly name: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** What changed from one run to another: each check is in one list, or in none when nothing about it changed. */
export interface RunComparison {
  /** Fails now and did not before, or was not asked before. */
  readonly newlyFailing: readonly CheckChange[]
  readonly stillFailing: readonly CheckChange[]
  readonly fixed: readonly CheckChange[]
  /** Not asked before, and holds. */
  readonly added: readonly CheckChange[]
  /** Not asked any more. */
  readonly gone: readonly CheckChange[]
  /** Holds in both, with another measurement, status or limit. */
  readonly changed: readonly CheckChange[]
  /** Datasets and models whose fingerprints differ. */
  readonly sources: readonly SourceChange[]
}

/** Compares two runs by the ids of their checks. A check fails when it fails its test: a warning or an accepted failure does not. */
export function compareRuns(before: RunDocument, after: RunDocument): RunComparison {
  const old = new Map(before.results.map((result) => [result.id, result]))
  const now = new Set(after.results.map(({ id }) => id))
  const changes = after.results.map((result) => changeOf(old.get(result.id), result))
  const fails = (result: CheckResult | undefined): boolean => result?.blocking ?? false
  return {
    newlyFailing: changes.filter((change) => fails(change.after) && !fails(change.before)),
    stillFailing: changes.filter((change) => fails(change.after) && fails(change.before)),
    fixed: changes.filter((change) => !fails(change.after) && fails(change.before)),
    added: changes.filter((change) => !fails(change.after) && change.before === undefined),
    gone: before.results.filter(({ id }) => !now.has(id)).map((result) => ({ id: result.id, before: result })),
    changed: changes.filter(
      (change) => change.before !== undefined && !fails(change.after) && !fails(change.before) && differs(change),
    ),
    sources: sourceChanges(before, after),
  }
}

function changeOf(before: CheckResult | undefined, after: CheckResult): CheckChange {
  const limitChanged = before !== undefined && before.expected !== after.expected
  return { id: after.id, ...(before ? { before } : {}), after, ...(limitChanged ? { limitChanged } : {}) }
}

function differs({ before, after, limitChanged }: CheckChange): boolean {
  return (limitChanged ?? false) || before?.status !== after?.status || before?.measured !== after?.measured
}

function sourceChanges(before: RunDocument, after: RunDocument): SourceChange[] {
  const [old, now] = [sourcesOf(before), sourcesOf(after)]
  const changes: SourceChange[] = []
  for (const [key, { type, name, prints }] of now) {
    const was = old.get(key)?.prints
    if (was === undefined || was.size === 0 || prints.size === 0) continue
    if (was.size === prints.size && [...was].every((print) => prints.has(print))) continue
    changes.push({ type, name, before: [...was], after: [...prints] })
  }
  return changes
}

interface Source {
  readonly type: 'dataset' | 'model'
  readonly name: string
  readonly prints: Set<string>
}

function sourcesOf({ datasets, models, results }: RunDocument): Map<string, Source> {
  const found = new Map<string, Source>()
  const add = (type: Source['type'], name: string, fingerprint: string | undefined): void => {
    const key = `${type}\n${name}`
    const source = found.get(key) ?? { type, name, prints: new Set() }
    found.set(key, source)
    if (fingerprint !== undefined) source.prints.add(fingerprint)
  }
  for (const { name, fingerprint } of datasets) add('dataset', name, fingerprint)
  for (const { name, fingerprint } of models) add('model', name, fingerprint)
  for (const { lineage } of results) {
    for (const { name, fingerprint } of lineage.datasets) add('dataset', name, fingerprint)
    if (lineage.model) add('model', lineage.model.name, lineage.model.fingerprint)
  }
  return found
}
