import type { Check } from '../../src/checks/check.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'

/** The one result of a check. */
export async function judge(check: Check | readonly Check[]): Promise<CheckResult> {
  const results = await evaluate(check)
  if (results.length !== 1) throw new Error(`expected one result, got ${results.length}`)
  return results[0] as CheckResult
}

/** What was thrown, as `code: message`. */
export function thrown(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return `${(error as { code?: string }).code}: ${(error as Error).message}`
  }
  return 'nothing'
}
