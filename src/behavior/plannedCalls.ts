import type { Check } from '../checks/check.ts'

/**
 * How often checks ask their models at most, all together, before anything is spent; undefined where one of them cannot
 * tell before it has read its inputs, which a `budget` mends. An answer that serves several checks is asked once.
 * @example plannedCalls([passMft(support, mft('cases.csv'), { repeats: 10 })])
 */
export function plannedCalls(checks: Check | readonly Check[]): number | undefined {
  let sum = 0
  for (const check of Array.isArray(checks) ? (checks as readonly Check[]) : [checks as Check]) {
    if (check.type !== 'run' || check.calls === undefined) return undefined
    sum += check.calls
  }
  return sum
}
