import { type FairnessMeasure, truePositiveRate } from './measure.ts'

/** The greatest difference between two groups of the share given the positive label where it is right (Hardt et al. 2016). */
export const equalOpportunity: FairnessMeasure = {
  name: 'equalOpportunity',
  as: 'difference',
  rates: [truePositiveRate],
}

/** The least ratio of that share between two groups. */
export const equalOpportunityRatio: FairnessMeasure = {
  name: 'equalOpportunityRatio',
  as: 'ratio',
  rates: [truePositiveRate],
}
