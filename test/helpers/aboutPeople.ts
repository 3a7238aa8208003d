import type { CheckResult } from '../../src/results/checkResult.ts'
import { result } from './runDocument.ts'

/** A value of a personal column, and how it may stand in what is told. */
export const TEXT = 'canary-7391826'
export const NUMBER = '7391826'
export const spellings = /canary|7391826/

/** A failed check of the column `mail` of the dataset `people`. */
export const about = (more: Partial<CheckResult>): CheckResult =>
  result({
    status: 'fail',
    subject: { type: 'dataset', name: 'people', column: 'mail' },
    lineage: { datasets: [{ name: 'people', source: 'people.csv' }] },
    ...more,
  })
