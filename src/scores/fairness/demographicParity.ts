import { type FairnessMeasure, selection } from './measure.ts'

/** The greatest difference between two groups of the share that is given the positive label, right or wrong. */
export const demographicParity: FairnessMeasure = { name: 'demographicParity', as: 'difference', rates: [selection] }

/** The least ratio of that share between two groups: at least 0.8 is the four-fifths rule (US EEOC 1978). */
export const demographicParityRatio: FairnessMeasure = {
  name: 'demographicParityRatio',
  as: 'ratio',
  rates: [selection],
}
