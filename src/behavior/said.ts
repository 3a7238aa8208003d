import { textOf } from '../errors.ts'
import { isPlainObject, isThenable } from '../options.ts'
import type { Judged } from './outcome.ts'

type Verdict = boolean | string | Judged

/**
 * What a function of a test's author says of an answer, at once or later: true or false, or `{ passed, score, reason }`.
 * Anything else, and what it throws, is a text that says so, which is an error of the case. `who` names the function.
 */
export function saidBy(judge: () => unknown, who: string): Verdict | Promise<Verdict> {
  const threw = (error: unknown): string => `${who} threw ${textOf(error)}`
  try {
    const reply = judge()
    return isThenable(reply)
      ? Promise.resolve(reply).then((later) => verdictOf(later, who), threw)
      : verdictOf(reply, who)
  } catch (error) {
    return threw(error)
  }
}

function verdictOf(reply: unknown, who: string): Verdict {
  if (typeof reply === 'boolean') return reply
  if (!isPlainObject(reply) || typeof reply.passed !== 'boolean')
    return `${who} said ${textOf(reply)}, not true or false`
  const { passed, score, reason } = reply
  return {
    passed,
    ...(typeof score === 'number' ? { score } : {}),
    ...(reason === undefined ? {} : { reason: textOf(reason) }),
  }
}
