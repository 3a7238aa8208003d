import type { Measured } from './compared.ts'
import type { DriftFinding } from './finding.ts'
import { findingLimits } from './findingLimits.ts'
import type { DriftOptions } from './options.ts'

/** A finding with its limit, and p of "it is at most the limit". */
export type FindingAtLimit = DriftFinding & { readonly limit: number; readonly p: number }

/** The findings of a comparison that are asked for. */
export function findingsWithin(measured: Measured, options: DriftOptions): readonly FindingAtLimit[] {
  const limitOf = limitsOf(measured, options)
  return (measured.comparison.findings ?? []).flatMap((finding) => {
    const limit = limitOf(finding)
    return limit === undefined ? [] : [{ ...finding, limit, p: finding.over(limit) }]
  })
}

/** The limit of each finding; undefined where it is not asked for. */
function limitsOf({ limit, method }: Measured, options: DriftOptions): (finding: DriftFinding) => number | undefined {
  const limits = findingLimits(options, limit / method.limit)
  return ({ name }) => {
    const own = limits?.[name]
    return own === false ? undefined : own
  }
}

/** The comparison without the values that it was made of, which nothing needs any more. */
export function settled(measured: Measured, options: DriftOptions): Measured {
  const limitOf = limitsOf(measured, options)
  for (const finding of measured.comparison.findings ?? [])
    finding.settle?.(limitOf(finding) ?? Number.POSITIVE_INFINITY)
  return measured
}
