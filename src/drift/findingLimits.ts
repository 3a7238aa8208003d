import { type FindingLimits, usualFindings } from './finding.ts'
import type { DriftOptions } from './options.ts'

/**
 * The limits of what is looked for beside the effect. Who allows an effect several times the usual one allows as much
 * more of what comes with it, unless limits are given.
 */
export function findingLimits({ findings = {}, compat }: DriftOptions, times: number): FindingLimits | undefined {
  if (findings === false || compat !== undefined) return undefined
  const { missing, unseen, spread, odds, many } = usualFindings as Record<keyof FindingLimits, number>
  const share = (limit: number) => Math.min(0.99, limit * times)
  return {
    missing: share(missing),
    unseen: share(unseen),
    spread: spread * times,
    odds: odds ** times,
    many: share(many),
    ...findings,
  }
}
