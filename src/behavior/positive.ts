import { AssayError, nearestHint } from '../errors.ts'
import type { AnswerValue } from '../models/value.ts'
import { labelOf, show } from './comparators/comparator.ts'
import { isPersonal, type MftCase } from './caseRows.ts'

/**
 * Throws an AssayError for a label that no case expects: every model would be fair with it, and one that never answers it
 * would be calibrated.
 */
export function checkPositive(positive: string | undefined, cases: readonly MftCase[], asker: string): void {
  if (positive === undefined) return
  const labels = new Set(cases.map(({ expected }) => show(labelOf(expected as AnswerValue))))
  if (labels.has(positive)) return
  const tellable = cases.some(isPersonal) ? [] : [...labels].slice(0, 1000)
  throw new AssayError('wrong-argument', `${asker} got positive: ${JSON.stringify(positive)}, which no case expects`, {
    hint: nearestHint(positive, tellable, 'it is the label that is looked for', String),
  })
}
