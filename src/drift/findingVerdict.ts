import type { Judgement } from '../checks/check.ts'
import { decimal, exactText } from '../words/text/numbers.ts'
import { boundOf } from '../stats/boundOf.ts'
import type { Compared, JudgedFinding } from './compared.ts'
import { levelsOf } from './levels.ts'
import type { DriftOptions } from './options.ts'

/**
 * What was found beside an effect that is no drift by itself; where that is one, it says what moved. Only what is surely
 * over its limit, corrected for all that was looked for in the call.
 */
export function findingsOf(found: Compared, options: DriftOptions, column: string): readonly JudgedFinding[] {
  if (found.kind !== 'compared') return []
  const { fail } = levelsOf(options, column)
  return found.adjustedP <= fail ? [] : found.findings.filter(({ adjustedP }) => adjustedP <= fail)
}

/**
 * Whether it is surely no drift: the effect is under its limit, and so is what was looked for beside it, each by a test of
 * its own (Berger 1982). What fails by itself is told by itself.
 */
export function isNoDrift(found: Compared, options: DriftOptions, column: string): boolean {
  return (
    found.kind === 'compared' && isSmall(found, options, column) && openFindings(found, options, column).length === 0
  )
}

type Measured = Extract<Compared, { kind: 'compared' }>

/** Whether the effect by itself is surely at most its limit. */
export const isSmall = ({ comparison, limit }: Measured, options: DriftOptions, column: string): boolean =>
  comparison.under(limit) <= levelsOf(options, column).pass

/** What was looked for beside the effect and is neither surely over its limit nor surely under it. */
export function openFindings({ findings }: Measured, options: DriftOptions, column: string): readonly JudgedFinding[] {
  const { pass, fail } = levelsOf(options, column)
  return findings.filter(({ adjustedP, limit, under }) => !(adjustedP <= fail || under(limit) <= pass))
}

/** What a finding states. */
export const statedBy = ({ unit, limit }: JudgedFinding): string => `${unit} at most ${exactText(limit)}`

/** The judgement of a finding: it failed. */
export function judgeFinding(
  finding: JudgedFinding,
  options: DriftOptions,
  columns: readonly [string, string],
): Judgement {
  const { unit, limit, effect, over, moved, discreetlyMoved, factor } = finding
  const level = levelsOf(options, columns[0]).fail / factor
  const least = boundOf(over, level, { inside: effect, outside: unit === 'odds ratio' ? 1 : 0, point: limit })
  const short = (value: number) => decimal(value, { significant: 2, beside: [effect, least, limit] })
  return {
    status: 'fail',
    measured: `${unit} = ${short(effect)}, at least ${short(least)}`,
    value: effect,
    message: moved,
    discreet: [{ columns, message: discreetlyMoved }],
  }
}
