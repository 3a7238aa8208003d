import type { Check } from '../../src/checks/check.ts'
import type { Dataset } from '../../src/dataset/dataset.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import type { Table } from './naive.ts'

/** A check of the awkward table, one way to ask it. */
export type CheckCase = (data: Dataset) => Check

/** What a check must come to, in part. */
type Verdict = Partial<CheckResult>

const verdicts = new Map<CheckCase, Verdict>()
/** What a check comes to over rows; `textual` where every cell of them is text. */
type Naive = (rows: Table, textual: boolean) => Verdict

const truths = new Map<CheckCase, Naive>()

/** A check whose result over the awkward table is known beforehand, in part. */
export function judged(make: CheckCase, result: Verdict): CheckCase {
  verdicts.set(make, result)
  return make
}

/** A check said once more over rows, naively: its result over any table with the columns of the awkward one, in part. */
export function held(make: CheckCase, naive: Naive): CheckCase {
  truths.set(make, naive)
  return make
}

export const knownVerdicts: ReadonlyMap<CheckCase, Verdict> = verdicts
export const naiveVerdicts: ReadonlyMap<CheckCase, Naive> = truths
