import type { Dataset } from '../dataset/dataset.ts'
import { relationOf } from '../dataset/opened.ts'
import { outliving } from '../engine/lost.ts'
import { AssayError, discreetMessage, firstLine, hasCode } from '../errors.ts'
import type { Judgement } from './check.ts'
import type { JudgingContext } from './judgingContext.ts'

/** What was thrown as a judgement: our sentence first, the engine's words after it. */
export function judgementOf(error: unknown): Judgement {
  const message =
    error instanceof AssayError
      ? error.message
      : `unexpected ${error instanceof Error ? error.name : 'error'}: ${firstLine(error)}`
  // What was not asked for want of money shows nothing, whatever too little evidence may mean elsewhere.
  return {
    ...(hasCode(error, 'spent-budget')
      ? { status: 'inconclusive', blocking: true, measured: 'not asked' }
      : { status: 'error', measured: 'could not run' }),
    message,
    discreet: [{ columns: 'any', message: discreetMessage(error) }],
  }
}

/** A query that failed says which file cannot be read, where that is why. */
export async function withSource(
  judgement: Judgement,
  error: unknown,
  datasets: readonly Dataset[],
  { signal }: JudgingContext,
): Promise<Judgement> {
  if (!hasCode(error, 'query-failed')) return judgement
  for (const dataset of datasets) {
    const relation = await outliving(() => relationOf(dataset)).catch(() => undefined)
    const why = await relation?.diagnose?.({ signal }).catch(() => undefined)
    if (why !== undefined) return { ...judgement, message: why }
  }
  return judgement
}
