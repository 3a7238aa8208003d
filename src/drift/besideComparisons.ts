import type { Check, CheckInfo, Judgement } from '../checks/check.ts'
import type { Values } from '../results/resultId.ts'

/** A result beside the comparisons of parts of a dataset, of the column that parts it: `statement` tells it from others. */
export function besideComparisons(
  { kind, family, title, expected, subject, question, inputs = [] }: CheckInfo,
  column: string,
  statement: Values,
  judgement: Judgement,
): Check {
  return {
    kind,
    family,
    title,
    expected,
    inputs,
    subject: { ...subject, column },
    question: { ...question, statement: { ...question.statement, ...statement } },
    ...(judgement.blocking === false ? { remark: true as const } : {}),
    type: 'run',
    run: async () => judgement,
  }
}
