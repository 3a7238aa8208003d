import { decimal, numberText } from '../words/text/numbers.ts'
import type { Judgement } from '../checks/check.ts'
import { undecided } from '../checks/undecided.ts'
import { AssayError } from '../errors.ts'
import type { DriftEvidence } from '../results/checkResult.ts'
import { type Compared, levelsOf } from './comparePairs.ts'
import type { DriftOptions } from './options.ts'

/**
 * Drift when the effect is above the limit with certainty and p is evidence, none when it is under it with certainty,
 * else too little evidence. Throws an AssayError for columns that cannot be compared where `alone`: no column was.
 */
export function judgeDrift(
  found: Compared,
  options: DriftOptions,
  { alone, columns }: { readonly alone: boolean; readonly columns: readonly string[] },
): Judgement {
  if (found.kind === 'error') throw found.error
  if (found.kind === 'undecided') {
    const { reason, hint } = found.why
    if (alone) throw new AssayError('wrong-type', `no column can be compared: ${reason}`, { hint })
    return undecided({ measured: 'not compared', message: `${reason}\n  hint: ${hint}`, sql: found.sql }, options)
  }
  const { comparison, method, limit, adjustedP, current, reference, sql } = found
  const { effect, interval, p, leastDetectable, rowsToDecide, moved, discreetlyMoved, charts } = comparison
  const { confidence, alpha } = levelsOf(options)
  const [lower, upper] = interval
  const status = lower > limit && adjustedP < alpha ? 'fail' : upper <= limit ? 'pass' : 'inconclusive'
  const drift: DriftEvidence = {
    method: method.name,
    effect,
    unit: method.unit,
    meaning: method.effect,
    interval,
    confidence,
    limit,
    p,
    adjustedP,
    rows: current.rows,
    referenceRows: reference.rows,
    missing: current.missing,
    referenceMissing: reference.missing,
    leastDetectable,
    ...(status !== 'inconclusive' || rowsToDecide === undefined ? {} : { rowsToDecide }),
    moved,
  }
  const short = (value: number) => decimal(value, { significant: 2, beside: [effect, lower, upper, limit] })
  const measured = `${method.unit} = ${short(effect)} [${short(lower)}, ${short(upper)}]`
  const evidence = { value: effect, drift, charts, sql }
  const discreet = (message?: string): Pick<Judgement, 'discreet'> => ({
    discreet: [{ columns, moved: discreetlyMoved, ...(message === undefined ? {} : { message }), without: ['charts'] }],
  })
  if (status === 'fail') return { status, measured, message: moved, ...evidence, ...discreet(discreetlyMoved) }
  if (status === 'pass') return { status, measured, ...evidence, ...discreet() }
  const more =
    rowsToDecide === undefined
      ? 'the effect is so near the limit that no feasible number of rows decides'
      : `about ${numberText(rowsToDecide)} rows on each side would decide`
  const rows = `${numberText(current.rows)} against ${numberText(reference.rows)} rows`
  const little = `too little evidence in ${rows}: ${more}`
  const both = { ...evidence, ...discreet(`${little}; ${discreetlyMoved}`) }
  return undecided({ measured, message: `${little}; ${moved}`, ...both }, options)
}
