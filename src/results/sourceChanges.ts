import { nameAlone } from './pairResults.ts'
import { bareName } from './resultId.ts'
import type { RunDocument } from './runDocument.ts'

/** What backs verdicts and is another now. */
export interface SourceChange {
  readonly type: 'dataset' | 'model'
  readonly name: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** What backs the verdicts of two runs and differs: datasets first, then models. */
export function sourceChanges(before: RunDocument, after: RunDocument): SourceChange[] {
  return [...datasetChanges(before, after), ...modelChanges(before, after)]
}

type Prints = Map<string, Set<string>>

/** Datasets whose content is another: those of one name by their source, where a run has several. */
function datasetChanges(before: RunDocument, after: RunDocument): SourceChange[] {
  const [old, now] = [datasetsOf(before), datasetsOf(after)]
  const changes: SourceChange[] = []
  for (const [name, sources] of now) {
    const others = old.get(name) ?? new Map()
    const alone = sources.size === 1 && others.size === 1
    for (const [source, prints] of sources) {
      const was = alone ? [...others.values()][0] : others.get(source)
      if (was !== undefined && differ(was, prints))
        changes.push({
          type: 'dataset',
          name: alone ? name : `${name} (${source})`,
          before: [...was],
          after: [...prints],
        })
    }
  }
  return changes
}

function datasetsOf({ datasets, results }: RunDocument): Map<string, Prints> {
  const byName = new Map<string, Prints>()
  const add = (name: string, source: string, fingerprint: string | undefined): void => {
    const sources: Prints = byName.get(name) ?? new Map()
    byName.set(name, sources)
    const prints = sources.get(source) ?? new Set()
    sources.set(source, fingerprint === undefined ? prints : prints.add(fingerprint))
  }
  for (const { lineage } of results)
    for (const { name, source, fingerprint } of lineage.datasets) add(name, source, fingerprint)
  const judged = new Set(byName.keys())
  for (const summary of datasets) {
    const name = nameAlone(summary)
    if (!judged.has(name)) add(name, summary.source, summary.fingerprint)
  }
  return byName
}

/** Models whose content is another, and those that another version stands for. */
function modelChanges(before: RunDocument, after: RunDocument): SourceChange[] {
  const [old, now] = [modelsOf(before), modelsOf(after)]
  const changes: SourceChange[] = []
  for (const [name, prints] of now) {
    const was = old.get(name)
    if (was !== undefined) {
      if (differ(was, prints)) changes.push({ type: 'model', name, before: [...was], after: [...prints] })
      continue
    }
    const versions = (of: Prints, others: Prints): string[] =>
      [...of.keys()].filter((one) => bareName(one) === bareName(name) && !others.has(one))
    const [left, right] = [versions(old, now), versions(now, old)]
    if (left.length === 1 && right.length === 1)
      changes.push({ type: 'model', name: bareName(name), before: left, after: right })
  }
  return changes
}

function modelsOf({ models, results }: RunDocument): Prints {
  const byName: Prints = new Map()
  const add = (name: string, fingerprint: string | undefined): void => {
    const prints = byName.get(name) ?? new Set()
    byName.set(name, fingerprint === undefined ? prints : prints.add(fingerprint))
  }
  for (const model of models) add(nameAlone(model), model.fingerprint)
  for (const { lineage } of results) if (lineage.model) add(lineage.model.name, lineage.model.fingerprint)
  return byName
}

function differ(was: ReadonlySet<string>, is: ReadonlySet<string>): boolean {
  if (was.size === 0 || is.size === 0) return false
  return was.size !== is.size || [...was].some((print) => !is.has(print))
}
