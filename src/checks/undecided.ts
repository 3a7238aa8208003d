import type { Severity } from '../results/checkResult.ts'
import type { Judgement } from './check.ts'

/** What too little evidence is: a warning, a failure, or good enough. */
export type OnInconclusive = 'warn' | 'fail' | 'pass'

/** The judgement of a check with too little evidence: the same for drift, models and whatever else measures. */
export function undecided(
  judgement: Omit<Judgement, 'status' | 'blocking'>,
  { onInconclusive = 'warn', severity }: { readonly onInconclusive?: OnInconclusive; readonly severity?: Severity },
): Judgement {
  if (onInconclusive === 'pass') return { ...judgement, status: 'pass', measured: `${judgement.measured}, undecided` }
  return { ...judgement, status: 'inconclusive', blocking: onInconclusive === 'fail' && severity !== 'warn' }
}
