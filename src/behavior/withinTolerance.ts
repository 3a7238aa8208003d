import { alike, equal, isNumber, numberOf, type AnswerValue } from '../models/value.ts'
import { isScored, labelOf } from './comparators/comparator.ts'

/**
 * Whether two answers are the same: by value, names in any order. With a tolerance numbers may differ by it, also those
 * in lists, in objects and in the scores beside a label; texts, booleans and labels never. Without one, the label is
 * what is compared of an answer with scores, also with one that is a label alone. `untyped` answers are cells of a text table: numbers where both write one.
 */
export function sameAnswer(
  before: AnswerValue,
  after: AnswerValue,
  tolerance: number | undefined,
  untyped: boolean,
): boolean {
  if (tolerance === undefined) return equal(labelOf(before), labelOf(after))
  if (tolerance === 0) return equal(before, after)
  if (untyped && typeof before === 'string' && typeof after === 'string') {
    const [one, other] = [numberOf(before), numberOf(after)]
    if (one !== undefined && other !== undefined) return within(one, other, tolerance)
  }
  return near(before, after, tolerance)
}

function near(before: AnswerValue, after: AnswerValue, tolerance: number): boolean {
  if (isNumber(before) && isNumber(after)) return within(before, after, tolerance)
  if (isScored(before) && isScored(after) && !equal(before.label, after.label)) return false
  return equal(before, after) || alike(before, after, (one, other) => near(one, other, tolerance))
}

function within(before: number | bigint, after: number | bigint, tolerance: number): boolean {
  if (typeof before === 'bigint' && typeof after === 'bigint')
    return (before < after ? after - before : before - after) <= tolerance
  const [one, other] = [Number(before), Number(after)]
  // 0.4 - 0.3 is more than 0.1 in binary: the last place of the greater number is given.
  const rounding = Number.EPSILON * Math.max(Math.abs(one), Math.abs(other))
  return equal(before, after) || Math.abs(one - other) <= tolerance + rounding
}
