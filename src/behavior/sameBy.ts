import { kindOf, wrongArgument } from '../errors.ts'
import type { Answer } from '../models/answer.ts'
import type { Judged } from './outcome.ts'

/** What the model was asked, before and after the change. */
export interface ChangedInput {
  readonly before: unknown
  readonly after: unknown
}

/** Whether two answers are as they should be: true or false, or that with a score and a reason, at once or later. */
export type SameBy = (
  before: Answer,
  after: Answer,
  inputs: ChangedInput,
) => boolean | Judged | Promise<boolean | Judged>

/** Throws an AssayError for what compares nothing, and for a second way to compare beside it. */
export function checkSameBy(same: unknown, others: Readonly<Record<string, unknown>>): void {
  if (same === undefined) return
  const wrong = wrongArgument('invariantTo got')
  if (typeof same !== 'function')
    throw wrong(`${kindOf(same)} as same`, 'same is a function of the answers before and after the change')
  const other = Object.keys(others).find((name) => others[name] !== undefined)
  if (other !== undefined) throw wrong(`same and ${other}`, `same compares alone: leave out ${other}`)
}
