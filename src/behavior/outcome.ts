/**
 * What a judge says of a case: whether it passes; nothing where the question does not apply to it; a text where it cannot
 * be told why, which is an error of the case.
 */
export type CaseOutcome = boolean | undefined | string | Judged

/** An outcome with how much of it there is, and why. */
export interface Judged {
  readonly passed: boolean
  /** From 0 to 1. */
  readonly score?: number
  readonly reason?: string
}

export const isPassed = (outcome: CaseOutcome): boolean =>
  outcome === true || (typeof outcome === 'object' && outcome.passed)

export const isFailed = (outcome: CaseOutcome): boolean =>
  outcome === false || (typeof outcome === 'object' && !outcome.passed)

/** Several questions, or trials of one, where all must pass: a failure, else what could not be told, else what passes. */
export function allOf(outcomes: readonly CaseOutcome[]): CaseOutcome {
  return (
    outcomes.find(isFailed) ??
    outcomes.find((outcome) => typeof outcome === 'string') ??
    (outcomes.every((outcome) => outcome === undefined) ? undefined : true)
  )
}

/** What becomes of several outcomes together, later where one of them is told later. */
export function settled(
  outcomes: readonly (CaseOutcome | Promise<CaseOutcome>)[],
  together: (outcomes: readonly CaseOutcome[]) => CaseOutcome,
): CaseOutcome | Promise<CaseOutcome> {
  return outcomes.some((one) => one instanceof Promise)
    ? Promise.all(outcomes.map(async (one) => one)).then(together)
    : together(outcomes as readonly CaseOutcome[])
}
