import type { CheckInfo } from '../checks/check.ts'
import type { PastResult } from '../results/history.ts'
import { shareText } from '../words/text/numbers.ts'
import type { Compared } from './compared.ts'
import type { LevelSpending } from './levels.ts'

const DAY = 86_400_000
/** Days that share a level. */
const YEAR = 365
/** Days that a run stands for at most, and the first one: what came before is not known. */
const MOST_DAYS = 30

/**
 * The share of a year's level that a run may spend: that of the days since the run before. Over any 365 days runs then
 * spend the level at most, be they many or few: the first of those days' runs at most 30 days, the others the days that
 * passed, of 395. That some run is wrong is no more likely than all of that together, however runs depend on each other,
 * as those against one reference do (Bonferroni's inequality; alpha spending, Lan and DeMets 1983).
 */
export function shareOfYear(now: Date, before: Date | undefined): number {
  const days = before === undefined ? MOST_DAYS : Math.min(MOST_DAYS, (now.getTime() - before.getTime()) / DAY)
  return days / (YEAR + MOST_DAYS)
}

/**
 * What a run may spend. Where no history is kept nobody knows when the run before was: it spends a day, so that the budget
 * holds of daily runs, rather than a first run's month each time.
 */
export function spendingOf(
  columns: readonly FollowedColumn[],
  context: { readonly now: Date; readonly keepsHistory: boolean; past(check: CheckInfo): readonly PastResult[] },
): LevelSpending {
  const { now, keepsHistory } = context
  const before = keepsHistory ? runBefore(columns, context) : new Date(now.getTime() - DAY)
  const share = shareOfYear(now, before)
  const words = `this run may spend ${shareText(share)} of a year's level`
  if (!keepsHistory) return { share, words: `no history of runs is kept: ${words}, as one of daily runs` }
  return { share, words: before === undefined ? `${words}, as the first one that is known` : words }
}

/** A column that was compared, with what its check says of itself. */
export interface FollowedColumn {
  readonly compared: Compared
  readonly info: CheckInfo
}

/**
 * The latest run before this one that looked at other data: where every column came to what it comes to now the question
 * was the same, and asking it again costs nothing and changes no verdict.
 */
function runBefore(
  columns: readonly FollowedColumn[],
  { now, past }: { readonly now: Date; past(check: CheckInfo): readonly PastResult[] },
): Date | undefined {
  const instants = columns.flatMap(({ compared, info }) => {
    if (compared.kind !== 'compared') return []
    const { effect } = compared.comparison
    const other = past(info).findLast(
      ({ at, value }) => Date.parse(at) < now.getTime() && Math.abs(value - effect) > 1e-12 * Math.abs(effect),
    )
    return other ? [Date.parse(other.at)] : []
  })
  return instants.length === 0 ? undefined : new Date(Math.max(...instants))
}
