/** What a model answered to the cases of one group. */
export interface FairnessGroup {
  readonly name: string
  readonly cases: number
  /** Given the positive label. */
  readonly selected: number
  /** For which the positive label is right, and those of them that were given it. */
  readonly positives: number
  readonly truePositives: number
  /** Given the positive label among those for which it is wrong. */
  readonly falsePositives: number
}

/** How often something was so, of how many. */
export interface Share {
  readonly count: number
  readonly of: number
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
  of: ({ selected, cases }) => ({ count: selected, of: cases }),
}

export const truePositiveRate: FairnessRate = {
  name: 'true positive rate',
  of: ({ truePositives, positives }) => ({ count: truePositives, of: positives }),
}

export const falsePositiveRate: FairnessRate = {
  name: 'false positive rate',
  of: ({ falsePositives, cases, positives }) => ({ count: falsePositives, of: cases - positives }),
}
