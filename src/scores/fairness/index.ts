import { demographicParity, demographicParityRatio } from './demographicParity.ts'
import { equalizedOdds, equalizedOddsRatio } from './equalizedOdds.ts'
import { equalOpportunity, equalOpportunityRatio } from './equalOpportunity.ts'
import type { FairnessMeasure } from './measure.ts'

/** The measures of fairness, by name. */
export const fairness = {
  demographicParity,
  demographicParityRatio,
  equalOpportunity,
  equalOpportunityRatio,
  equalizedOdds,
  equalizedOddsRatio,
} satisfies Readonly<Record<string, FairnessMeasure>>

/** The name of a measure of fairness. */
export type FairnessName = keyof typeof fairness
