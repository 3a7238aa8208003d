import { AssayError, kindOf } from '../errors.ts'
import type { Answer } from '../models/answer.ts'
import { isNumber, numberOf, type AnswerValue } from '../models/value.ts'
import { textOf } from '../errors.ts'
import { labelOf } from './comparators/comparator.ts'
import { lent } from './lent.ts'

/** Which number of an answer is meant: the score of a label, a number by its name, or what a function reads of it, beside the answer before a change. */
export type ScoreOf = string | ((answer: Answer, before: Answer) => number)

/** Throws an AssayError for what names no score. */
export function checkScore(score: unknown, asker: string): void {
  if (score === undefined || typeof score === 'function' || (typeof score === 'string' && score !== '')) return
  throw new AssayError('wrong-argument', `${asker} got ${kindOf(score)} as score`, {
    hint: "name the label whose score is meant, e.g. score: 'positive', or give a function of the answer",
  })
}

/** The number that is meant, in an answer without error; a text says why there is none. */
export function scoreIn(
  answer: Answer,
  score: ScoreOf | undefined,
  untyped: boolean,
  before: Answer = answer,
): number | string {
  if (typeof score === 'function') {
    try {
      const read: unknown = score(lent(answer), lent(before))
      return typeof read === 'number' && Number.isFinite(read) ? read : `score() gave ${textOf(read)}`
    } catch (error) {
      return `score() threw ${textOf(error)}`
    }
  }
  if (score !== undefined) return named(answer, score)
  const value = labelOf(answer.value as AnswerValue)
  const read = untyped && typeof value === 'string' ? numberOf(value) : value
  if (isNumber(read)) return Number(read)
  return 'has no number: say which score is meant'
}

function named({ value, scores }: Answer, score: string): number | string {
  if (scores && Object.hasOwn(scores, score)) return scores[score] as number
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, score)) {
    const own = (value as { readonly [name: string]: AnswerValue })[score]
    if (isNumber(own)) return Number(own)
  }
  return `has no score ${JSON.stringify(score)}`
}

/** Whether the number is one of the scores of labels, which lie between 0 and 1. */
export function isShare({ scores }: Answer, score: ScoreOf | undefined, number: number): boolean {
  if (scores === undefined || score === undefined) return false
  const all = Object.values(scores)
  const isOne = typeof score === 'string' ? Object.hasOwn(scores, score) : all.includes(number)
  return isOne && all.every((one) => one >= 0 && one <= 1)
}
