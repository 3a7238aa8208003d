import type { Column } from '../engine/engine.ts'
import { isMeasured, isTime } from '../metrics/metric.ts'
import { wrongType } from './wrongType.ts'

/** Refuses a column that holds neither days nor times: limits that are instants say nothing of it. */
export function checkTimes(column: Column): void {
  if (!isTime(column)) throw wrongType(column, 'not days and times', 'give limits of what it holds, e.g. { min: 0 }')
}

/** Refuses a column whose values have no order that is one of numbers or times. */
export function checkOrdered(column: Column): void {
  if (isMeasured(column) || column.type === 'time') return
  throw wrongType(column, 'neither numbers nor times')
}

/** Refuses a column of days or times: its instants would be compared as milliseconds. */
export function refuseTimes(column: Column): void {
  if (!isTime(column)) return
  throw wrongType(
    column,
    'not numbers',
    "limit days and times by such, where a check takes them: { min: '2026-01-01' }",
  )
}
