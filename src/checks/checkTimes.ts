import type { Column } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { isNumeric, isTime } from '../metrics/metric.ts'

const shown = (name: string): string => JSON.stringify(name)

/** Refuses a column that holds neither days nor times: limits that are instants say nothing of it. */
export function checkTimes(column: Column): void {
  if (isTime(column)) return
  const { name, type, native } = column
  throw new AssayError('wrong-type', `column ${shown(name)} holds ${type} values (${native}), not days and times`, {
    hint: 'give limits of what it holds, e.g. { min: 0 }',
  })
}

/** Refuses a column whose values have no order that is one of numbers or times. */
export function checkOrdered(column: Column): void {
  const { name, type, native } = column
  if (isNumeric(column) || isTime(column) || type === 'time') return
  throw new AssayError(
    'wrong-type',
    `column ${shown(name)} holds ${type} values (${native}), neither numbers nor times`,
  )
}

/** Refuses a column of days or times: its instants would be compared as milliseconds. */
export function refuseTimes(column: Column): void {
  if (!isTime(column)) return
  const { name, type, native } = column
  throw new AssayError('wrong-type', `column ${shown(name)} holds ${type} values (${native}), not numbers`, {
    hint: "limit days and times by such, where a check takes them: { min: '2026-01-01' }",
  })
}
