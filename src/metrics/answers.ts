import type { Relation } from '../engine/engine.ts'
import type { Askers } from './askers.ts'
import type { Metric } from './metric.ts'
import type { MetricResult } from './metricResult.ts'

/** The answer to who asked for a metric, or will. */
export interface MetricAnswer {
  readonly result: Promise<MetricResult>
  /** Those who wait for it; undefined once it is there. */
  askers: Askers | undefined
}

interface AskedMetrics {
  readonly byKey: Map<string, MetricAnswer>
  /** Queries run so far. */
  scans: number
}

const all = new WeakMap<Relation, AskedMetrics>()

function of(relation: Relation): AskedMetrics {
  const known = all.get(relation)
  if (known) return known
  const answers: AskedMetrics = { byKey: new Map(), scans: 0 }
  all.set(relation, answers)
  return answers
}

/** What was asked of a relation, by what was asked. */
export const answersOf = (relation: Relation): Map<string, MetricAnswer> => of(relation).byKey

/** Counts a query run to compute metrics of the relation. */
export function countScan(relation: Relation): void {
  of(relation).scans++
}

/** Queries run so far to compute metrics of the relation. */
export function scansOf(relation: Relation): number {
  return all.get(relation)?.scans ?? 0
}

/** Keeps a value of a relation that was computed with others, for those who will ask for it. */
export function keepAnswer({ key }: Metric, relation: Relation, result: MetricResult): void {
  const answers = answersOf(relation)
  if (!answers.has(key)) answers.set(key, { result: Promise.resolve(result), askers: undefined })
}

/** The value of a metric where somebody asked for it before; undefined where nobody did, and where there is none. */
export async function valueAtHand<V>(metric: Metric<V>, relation: Relation): Promise<V | undefined> {
  const result = await all.get(relation)?.byKey.get(metric.key)?.result
  return result?.ok ? (result.value as V) : undefined
}
