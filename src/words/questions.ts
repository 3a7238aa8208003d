import { type CheckResult, type Group, statusOrder } from '../results/checkResult.ts'
import { tallyText } from '../results/tally.ts'
import { statusGlyph } from './status.ts'
import { integer } from './text/numbers.ts'
import { visible } from './text/visible.ts'

/** Results of what was asked as one: a schema, drift of all columns, a check of each segment; or one result alone. */
export interface QuestionWords {
  readonly group?: Group
  readonly results: readonly [CheckResult, ...CheckResult[]]
}

/** Results by what was asked, each question where its first result stands. One that was asked in two places is two. */
export function questionsOf(results: readonly CheckResult[]): readonly QuestionWords[] {
  const questions = new Map<
    string | CheckResult,
    QuestionWords & { readonly results: [CheckResult, ...CheckResult[]] }
  >()
  for (const result of results) {
    const { group, where } = result
    const key = group ? JSON.stringify([group.id, where?.file, where?.line, where?.column]) : result
    const question = questions.get(key)
    if (question) question.results.push(result)
    else questions.set(key, { ...(group ? { group } : {}), results: [result] })
  }
  return [...questions.values()]
}

/** Whether it was judged in parts, so that a line which counts them says more than a part does. */
export function isParted({ group, results }: QuestionWords): boolean {
  return group !== undefined && results.length > 1 && !results.some(({ negated }) => negated)
}

/** What a question is about: its dataset or model, with the column where all parts are about that one. */
export function questionSubject({ results }: QuestionWords): string {
  const [{ subject }] = results
  const same = (own: (result: CheckResult) => string | undefined): string | undefined =>
    results.every((result) => own(result) === own(results[0])) ? own(results[0]) : undefined
  const column = same((result) => result.subject.column)
  const slice = same((result) => result.subject.slice)
  return `${subject.name}${column === undefined ? '' : `.${column}`}${slice === undefined ? '' : ` where ${slice}`}`
}

/** What is stated as a whole, and what became of the parts: `rows that hold to the schema (3 of 24 checks fail)`. */
export function questionText({ group, results }: QuestionWords): string {
  return `${group?.title ?? results[0].title} (${tallyText(results, { number: integer })})`
}

/** The question on one line: `✗ orders: rows that hold to the schema (3 of 24 checks fail)`. */
export function questionLine(question: QuestionWords): string {
  const worst = statusOrder.find((status) => question.results.some((result) => result.status === status)) ?? 'pass'
  return `${statusGlyph[worst]} ${visible(questionSubject(question))}: ${visible(questionText(question))}`
}
