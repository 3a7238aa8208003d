import type { Check } from '../../src/checks/check.ts'
import type { Dataset } from '../../src/dataset/dataset.ts'
import type { Metric, ValueOf } from '../../src/metrics/metric.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'

declare global {
  interface ImportMeta {
    /** Vite's: the modules that a glob names, by path. */
    glob(pattern: string, options: { eager: true; import: string }): Record<string, unknown>
  }
}

/** A check of the awkward table, one way to ask it. */
export type CheckCase = (data: Dataset) => Check

const values = new Map<Metric, unknown>()
const verdicts = new Map<CheckCase, Partial<CheckResult>>()

/** A metric whose value over the awkward table is known beforehand. */
export function known<M extends Metric>(metric: M, value: ValueOf<M>): M {
  values.set(metric, value)
  return metric
}

/** A check whose result over the awkward table is known beforehand, in part. */
export function judged(make: CheckCase, result: Partial<CheckResult>): CheckCase {
  verdicts.set(make, result)
  return make
}

export const knownValues: ReadonlyMap<Metric, unknown> = values
export const knownVerdicts: ReadonlyMap<CheckCase, Partial<CheckResult>> = verdicts

/** One file for each metric. */
export const metricCases = byName<Metric>(import.meta.glob('./metrics/*.ts', { eager: true, import: 'default' }))
/** One file for each check. */
export const checkCases = byName<CheckCase>(import.meta.glob('./checks/*.ts', { eager: true, import: 'default' }))

function byName<T>(modules: Record<string, unknown>): Readonly<Record<string, readonly T[]>> {
  const named = Object.entries(modules).map(
    ([file, cases]) => [file.replace(/^.*\/|\.ts$/g, ''), cases as T[]] as const,
  )
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)))
}
