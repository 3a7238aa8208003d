import { labelScore } from './labelScore.ts'
import { mean, type Answered, type ScoreSettings } from './score.ts'
import { sumOf } from '../stats/sumOf.ts'

interface Class {
  readonly label: string
  readonly right: readonly boolean[]
  readonly scores: readonly number[]
}

/** For each class that is looked at, be it only right or only scored: whether it is right, and its score, by place. */
export function classes(
  { truth, shares = [] }: Answered,
  { positive }: Pick<ScoreSettings, 'positive'>,
): readonly Class[] {
  const labels =
    positive === undefined
      ? new Set([...shares.flatMap((one) => Object.keys(one ?? {})), ...truth.map(String)])
      : [positive]
  return Array.from(labels, (label) => ({
    label,
    right: truth.map((own) => String(own) === label),
    scores: shares.map((one) => labelScore(one, label) ?? 0),
  }))
}

/** An area of one class, of cases that count so much, or each once. */
type Area = (right: readonly boolean[], scores: readonly number[], weights?: readonly number[]) => number

/** One area of several classes, each against all others, as scikit-learn averages them. */
export function averagedArea(answered: Answered, settings: ScoreSettings, area: Area): number {
  const all = classes(answered, settings)
  const { weights } = answered
  if (settings.average === 'micro')
    return area(
      all.flatMap(({ right }) => right),
      all.flatMap(({ scores }) => scores),
      weights && all.flatMap(() => weights),
    )
  const areas = all.map(({ right, scores }) => area(right, scores, weights))
  return settings.average === 'weighted'
    ? weightedMean(
        areas,
        all.map(({ right }) => countOf(right, weights)),
      )
    : mean(areas)
}

/**
 * The mean over every two classes of the areas of the one against the other, both ways, in the cases of the two (Hand and
 * Till 2001); `weighted` by how many these are.
 */
export function pairedArea(answered: Answered, { average }: ScoreSettings, area: Area): number {
  const all = classes(answered, { positive: undefined })
  const areas: number[] = []
  const cases: number[] = []
  for (const [i, label] of all.entries())
    for (const other of all.slice(i + 1)) {
      const within = label.right.map((is, place) => is || (other.right[place] as boolean))
      const of = <T>(values: readonly T[]): T[] => values.filter((_, place) => within[place])
      areas.push((area(of(label.right), of(label.scores)) + area(of(other.right), of(other.scores))) / 2)
      cases.push(countOf(within))
    }
  return average === 'weighted' ? weightedMean(areas, cases) : mean(areas)
}

const countOf = (those: readonly boolean[], weights?: readonly number[]): number =>
  those.reduce((sum, is, i) => (is ? sum + (weights ? (weights[i] as number) : 1) : sum), 0)

const weightedMean = (values: readonly number[], weights: readonly number[]): number =>
  values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0) / sumOf(weights)
