import { textOf } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import type { Judged } from './outcome.ts'

type Verdict = boolean | string | Judged

/**
 * What a function of a test's author says of an answer, at once or later: true or false, or `{ passed, score, reason }`.
 * Anything else, and what it throws, is a text that says so, which is an error of the case. `who` names the function.
 */
export function saidBy(judge: () => unknown, who: string): Verdict | Promise<Verdict> {
  const threw = (error: unknown): string => `${who} threw ${textOf(error)}`
  try {
    const said = judge()
    return isThenable(said) ? Promise.resolve(said).then((later) => verdictOf(later, who), threw) : verdictOf(said, who)
  } catch (error) {
    return threw(error)
  }
}

export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'

function verdictOf(said: unknown, who: string): Verdict {
  if (typeof said === 'boolean') return said
  if (!isPlainObject(said) || typeof said.passed !== 'boolean') return `${who} said ${textOf(said)}, not true or false`
  const { passed, score, reason } = said
  return {
    passed,
    ...(typeof score === 'number' ? { score } : {}),
    ...(reason === undefined ? {} : { reason: textOf(reason) }),
  }
}
