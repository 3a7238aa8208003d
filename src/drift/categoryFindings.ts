import { balancedV, debiasedV, vAtMost } from '../stats/balancedV.ts'
import { grownByAtMost, MISSED, noneChangedBy } from '../stats/largestShare.ts'
import { shareChangedBy } from '../stats/oddsChange.ts'
import { oddsAtMost, smoothedOdds } from '../stats/oddsRatio.ts'
import { outsideAtLeast } from '../stats/outsideRange.ts'
import type { Sizes } from '../stats/shareDifference.ts'
import { shareText } from '../words/text/numbers.ts'
import type { Category } from './categoryTable.ts'
import { asMeasured, type DriftFinding } from './finding.ts'
import { categoriesMoved, shareMoved } from './moved.ts'

/** What is found in categories beside the largest change of a share. */
export function categoryFindings(table: readonly Category[], sizes: Sizes): readonly DriftFinding[] {
  return [...unseen(table, sizes), ...odds(table, sizes)]
}

/** Many small changes at once, which the largest one does not see. */
export function manyChanged(table: readonly Category[]): DriftFinding {
  const balanced = balancedV(
    table.map(({ current }) => current),
    table.map(({ reference }) => reference),
  )
  const effect = debiasedV(balanced)
  return {
    name: 'many',
    unit: 'V',
    effect,
    over: (limit) => vAtMost(balanced, limit),
    under: asMeasured(effect),
    moved: `many shares moved: ${categoriesMoved(table, false)}`,
    discreetlyMoved: `many shares moved: ${categoriesMoved(table, true)}`,
  }
}

const MOST_BY_CHANCE = 5
/** Of many categories some are over a limit as measured, by chance: a pass is withheld where p says that it likely is more. */
const unlessLikely =
  (over: DriftFinding['over']): DriftFinding['under'] =>
  (limit) =>
    over(limit) <= 0.05 ? 1 : 0

/**
 * Rows of categories that the other side lacks. A sample lacks some by chance: about as many as it has categories of a
 * single row, which are unseen among its other rows (Good 1953).
 */
function unseen(table: readonly Category[], { n, m }: Sizes): readonly DriftFinding[] {
  const sum = (list: readonly Category[], side: 'current' | 'reference') =>
    list.reduce((total, category) => total + category[side], 0)
  const alone = (side: 'current' | 'reference') => table.filter((category) => category[side] === 1).length
  const of = (mine: 'current' | 'reference', theirs: 'current' | 'reference', words: string): DriftFinding => {
    const list = table.filter((category) => category[theirs] === 0)
    const [size, other] = mine === 'current' ? [n, m] : [m, n]
    const [rows, chance] = [sum(list, mine), Math.min(other, alone(theirs))]
    const share = rows / size
    const discreet = `${shareText(share)} of the rows ${words}`
    const names = list
      .toSorted((a, b) => b[mine] - a[mine])
      .slice(0, 3)
      .map(({ name }) => name)
      .join(', ')
    const effect = Math.max(0, share - chance / other)
    const over = (limit: number) => grownByAtMost([rows, chance], { n: size, m: other }, limit)
    return {
      name: 'unseen',
      unit: mine === 'current' ? 'share of new values' : 'share of lost values',
      effect,
      over,
      // Where chance leaves many, how many is itself an estimate.
      under:
        chance > MOST_BY_CHANCE ? unlessLikely(over) : (limit) => outsideAtLeast(rows, size, limit + chance / other),
      moved: `${discreet}: ${names}`,
      discreetlyMoved: discreet,
    }
  }
  return [
    of('current', 'reference', 'hold values that the reference lacks'),
    of('reference', 'current', 'of the reference held values that are lost'),
  ]
}

/** Smaller changes of a share are none, however large the ratio. */
const LEAST_CHANGE = 0.01
/** Of so many, two values and missing ones, each is bounded by itself. */
const FEW_CATEGORIES = 3
/** More categories cannot hold that share on either side. */
const MOST_CATEGORIES = 2 / LEAST_CHANGE

function odds(table: readonly Category[], sizes: Sizes): readonly DriftFinding[] {
  const { n, m } = sizes
  const candidates = table
    .filter(({ current, reference }) => Math.abs(current / n - reference / m) > LEAST_CHANGE)
    .map((category) => {
      const ratio = smoothedOdds(category.current, n, category.reference, m)
      return { ...category, ratio: Math.max(ratio, 1 / ratio) }
    })
    // Of two categories one rises as the other falls: the rarer one is the news.
    .toSorted((a, b) =>
      Math.abs(b.ratio / a.ratio - 1) > 1e-9 ? b.ratio - a.ratio : a.current + a.reference - b.current - b.reference,
    )
  // Of a constant there are no odds.
  const few = table.length > 1 && table.length <= FEW_CATEGORIES
  const [most] = candidates.length === 0 && few ? table.map((category) => ({ ...category, ratio: 1 })) : candidates
  if (!most) return []
  const tests = Math.min(table.length, MOST_CATEGORIES)
  const over = (limit: number): number => {
    if (limit < 1) return 1
    const ps = candidates
      .filter(({ ratio }) => ratio > limit)
      .map(({ current, reference }) => {
        const change = Math.abs(current / n - reference / m)
        const changed = noneChangedBy([[current, reference]], sizes, change, LEAST_CHANGE, MISSED / tests)
        const grown = current / n > reference / m
        const ratio = grown ? oddsAtMost(current, n, reference, m, limit) : oddsAtMost(reference, m, current, n, limit)
        // Either way, and both must be over.
        return Math.max(changed, Math.min(1, 2 * ratio))
      })
    return Math.min(1, tests * Math.min(1, ...ps))
  }
  const under = (limit: number): number =>
    Math.max(
      ...table.map(({ current, reference }) =>
        shareChangedBy(current, reference, sizes, { odds: limit, share: LEAST_CHANGE }),
      ),
    )
  const moved = (secret: boolean) =>
    `${secret && most.name.startsWith('"') ? 'a category' : most.name} ${shareMoved(most.reference / m, most.current / n)}`
  return [
    {
      name: 'odds',
      unit: 'odds ratio',
      effect: most.ratio,
      over,
      under: few ? under : unlessLikely(over),
      moved: moved(false),
      discreetlyMoved: moved(true),
    },
  ]
}
