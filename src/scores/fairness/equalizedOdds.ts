import { type FairnessMeasure, falsePositiveRate, truePositiveRate } from './measure.ts'

/**
 * The greatest difference between two groups of the share given the positive label, where it is right or where it is
 * wrong, whichever is greater (Hardt et al. 2016).
 */
export const equalizedOdds: FairnessMeasure = {
  name: 'equalizedOdds',
  as: 'difference',
  rates: [truePositiveRate, falsePositiveRate],
}

/** The least ratio of these shares between two groups. */
export const equalizedOddsRatio: FairnessMeasure = {
  name: 'equalizedOddsRatio',
  as: 'ratio',
  rates: [truePositiveRate, falsePositiveRate],
}
