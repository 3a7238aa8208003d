import { evaluate } from '../../checks/evaluate.ts'
import { valuesBetween } from '../../checks/kinds/valuesBetween.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import type { QueryOptions } from '../../engine/engine.ts'
import { members } from '../../schema/json.ts'
import { exactShare, numberText } from '../../words/text/numbers.ts'
import type { Proposal } from './proposal.ts'

/** Limits that leave outliers out hold for a share of the rows: twice as many as now may lie beyond. */
export async function withShare(proposal: Proposal, dataset: Dataset, options: QueryOptions): Promise<Proposal> {
  const { column, rules } = proposal
  if (column === undefined || members(rules, 'x-assay').mostly === undefined) return proposal
  const { minimum: min, maximum: max } = rules as { minimum: number; maximum: number }
  const [result] = await evaluate(valuesBetween(dataset.column(column), { min, max }), options)
  const { tested, failed } = result?.counts ?? { tested: 0, failed: 0 }
  const mostly = 1 - Math.max(0.001, Math.ceil((2000 * failed) / Math.max(1, tested)) / 1000)
  const share = Number(mostly.toFixed(3))
  return {
    ...proposal,
    constraint: `${proposal.constraint}, in at least ${exactShare(share)} of the rows`,
    rules: { ...rules, 'x-assay': { mostly: share } },
    because: `${numberText(failed)} of ${numberText(tested)} values lie beyond, and twice as many may`,
    confidence: proposal.confidence === 'high' ? 'medium' : 'low',
  }
}
