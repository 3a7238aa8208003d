import { accuracy } from './accuracy.ts'
import { answeredAccuracy } from './answeredAccuracy.ts'
import { answeredShare } from './answeredShare.ts'
import { aurc } from './aurc.ts'
import { balancedAccuracy } from './balancedAccuracy.ts'
import { bias } from './bias.ts'
import { brier } from './brier.ts'
import { coverageAtRisk } from './coverageAtRisk.ts'
import { ece } from './ece.ts'
import { f1 } from './f1.ts'
import { hitRate } from './hitRate.ts'
import { kappa } from './kappa.ts'
import { logLoss } from './logLoss.ts'
import { mae } from './mae.ts'
import { map } from './map.ts'
import { mape } from './mape.ts'
import { mcc } from './mcc.ts'
import { mce } from './mce.ts'
import { mrr } from './mrr.ts'
import { ndcg } from './ndcg.ts'
import { overconfidence } from './overconfidence.ts'
import { pinball } from './pinball.ts'
import { prAuc } from './prAuc.ts'
import { precision } from './precision.ts'
import { precisionAtK } from './precisionAtK.ts'
import { r2 } from './r2.ts'
import { recall } from './recall.ts'
import { recallAtK } from './recallAtK.ts'
import { riskAtCoverage } from './riskAtCoverage.ts'
import { rmse } from './rmse.ts'
import { rocAuc } from './rocAuc.ts'
import { topK } from './topK.ts'
import { underconfidence } from './underconfidence.ts'
import type { Score } from './score.ts'

/** The scores, by name. */
export const scores = {
  accuracy,
  balancedAccuracy,
  precision,
  recall,
  f1,
  mcc,
  kappa,
  rocAuc,
  prAuc,
  logLoss,
  brier,
  ece,
  mce,
  overconfidence,
  underconfidence,
  aurc,
  riskAtCoverage,
  coverageAtRisk,
  answeredShare,
  answeredAccuracy,
  topK,
  mae,
  rmse,
  r2,
  mape,
  pinball,
  bias,
  ndcg,
  map,
  mrr,
  recallAtK,
  precisionAtK,
  hitRate,
} satisfies Readonly<Record<string, Score>>

/** The name of a score. */
export type ScoreName = keyof typeof scores
