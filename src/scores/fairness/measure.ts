/** What a model answered to the cases of one group. */
export interface FairnessGroup {
  readonly name: string
  readonly cases: number
  /** Given the positive label: of all, of those for which it is right, and of those for which it is wrong. */
  readonly selected: Share
  readonly truePositives: Share
  readonly falsePositives: Share
}

/** How often something was so, of how many; of cases with weights, of as many of one weight as tell as much. */
export interface Share {
  readonly count: number
  readonly of: number
  /** How many there are, whatever they count. */
  readonly cases: number
}

/** A number that says how alike a model treats groups. */
export interface FairnessMeasure {
  readonly name: string
  /** Whether it is the greatest difference of a rate between two groups, or the least ratio; of several rates the worst counts. */
  readonly as: 'difference' | 'ratio'
  /** What is compared, as reports name it. */
  readonly rates: readonly FairnessRate[]
}

/** A rate of a group. */
export interface FairnessRate {
  readonly name: string
  of(group: FairnessGroup): Share
}

export const selection: FairnessRate = {
  name: 'selection rate',
  of: ({ selected }) => selected,
}

export const truePositiveRate: FairnessRate = {
  name: 'true positive rate',
  of: ({ truePositives }) => truePositives,
}

export const falsePositiveRate: FairnessRate = {
  name: 'false positive rate',
  of: ({ falsePositives }) => falsePositives,
}
