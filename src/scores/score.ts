import { sumOf } from '../stats/sumOf.ts'

/** Right answers and what a model said, by place. */
export interface Answered {
  /** Right labels, or numbers. */
  readonly truth: readonly (string | number)[]
  readonly answers: readonly (string | number)[]
  /** How much each case counts, above 0; left out, each counts once. */
  readonly weights?: readonly number[]
  /** The scores of the labels, of each answer. */
  readonly shares?: readonly (Readonly<Record<string, number>> | undefined)[]
  /** Of answers that are lists, best first: what is right, with its gain. */
  readonly gains?: readonly ReadonlyMap<string, number>[]
  readonly ranked?: readonly (readonly string[])[]
}

/** How scores of several labels become one. */
export type Average = 'binary' | 'micro' | 'macro' | 'weighted'

/** What some scores need to know. */
export interface ScoreSettings {
  /** The label that is looked for, of two. */
  readonly positive: string | undefined
  readonly average: Average
  readonly k: number
  readonly beta: number
  readonly quantile: number
  readonly bins: number
  /** The share of cases that is answered, and of answers that may be wrong. */
  readonly coverage: number
  readonly risk: number
  /** The label that is no answer. */
  readonly abstain: string | undefined
  /** Whether the area of several labels is that of each against all others, or of every two. */
  readonly multiClass: 'ovr' | 'ovo'
  /** How much more a mistake counts that is farther off. */
  readonly kappaWeights: 'linear' | 'quadratic' | undefined
  /** The labels in their order, where that is declared. */
  readonly labels: readonly string[] | undefined
}

/** Settings where nothing else is said. */
export const defaultSettings: ScoreSettings = {
  positive: undefined,
  average: 'macro',
  k: 5,
  beta: 1,
  quantile: 0.5,
  bins: 10,
  coverage: 0.8,
  risk: 0.05,
  abstain: undefined,
  multiClass: 'ovr',
  kappaWeights: undefined,
  labels: undefined,
}

/** A number that says how good answers are. */
export interface Score {
  readonly name: string
  /** What it reads of answers; probabilities are scores of labels that lie between 0 and 1, of a distribution together too. */
  readonly reads: 'labels' | 'shares' | 'probabilities' | 'distribution' | 'numbers' | 'lists'
  /** The setting without which it says nothing. */
  readonly needs?: 'abstain'
  /** Why cases with weights have none, where that is so. */
  readonly unweighted?: string
  readonly better: 'higher' | 'lower'
  /** The least and the greatest value it can have. */
  readonly range: readonly [number, number]
  /** NaN where it is not defined: no answer at all, one class where it takes two. */
  of(answered: Answered, settings: ScoreSettings): number
}

/** Whether what it reads are scores of labels that lie between 0 and 1. */
export const readsProbabilities = (reads: Score['reads']): boolean =>
  reads === 'probabilities' || reads === 'distribution'

export const mean = (values: readonly number[]): number => sumOf(values) / values.length

/** How much the cases count together: without weights, how many there are. */
export const totalOf = ({ truth, weights }: Pick<Answered, 'truth' | 'weights'>): number =>
  weights ? sumOf(weights) : truth.length

/** A score that is the mean of a number of each case, by their weights. */
export function meanOf(each: (answered: Answered, i: number, settings: ScoreSettings) => number) {
  return (answered: Answered, settings: ScoreSettings): number => {
    const { truth, weights } = answered
    const n = truth.length
    let [sum, least, most] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let i = 0; i < n; i++) {
      const own = each(answered, i, settings)
      sum += (weights ? (weights[i] as number) : 1) * own
      if (own < least) least = own
      if (own > most) most = own
    }
    const middle = sum / totalOf(answered)
    // What differs is seen beside what weighs 1e16 times as much.
    return least === 0 && most === 1 && middle >= 1 ? 1 - Number.EPSILON : middle
  }
}
