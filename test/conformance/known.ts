import type { Check } from '../../src/checks/check.ts'
import type { Dataset } from '../../src/dataset/dataset.ts'
import type { Metric, ValueOf } from '../../src/metrics/metric.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'

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
