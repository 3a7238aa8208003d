import type { Dataset } from '../../dataset/dataset.ts'
import type { ColumnProfile, DatasetSummary } from '../../results/runDocument.ts'
import { type JsonObject, members } from '../../schema/json.ts'
import { numberText } from '../../words/text/numbers.ts'
import type { Contract } from '../contractModel.ts'
import { numberRules } from './numberRules.ts'
import { LEAST_VALUES, type Proposal, type Suggestion } from './proposal.ts'
import { MOST_VALUES, textRules } from './textRules.ts'

/** How data is profiled for it. Nothing is estimated: the same data gives the same suggestions. */
export const COUNTED = { top: MOST_VALUES + 1, exactUpTo: 20_000_000 }

/** What the columns suggest, each by itself; `base` is the contract that is read off the same data. */
export function columnProposals(summary: DatasetSummary, dataset: Dataset, base: Contract): Proposal[] {
  const properties = members(base as JsonObject, 'properties')
  return summary.columns.flatMap((column) => {
    // Text that is mostly of another type is no text to make patterns of.
    const { description } = members(properties, column.name)
    return column.type === 'string' && description !== undefined ? [] : aboutColumn(column, summary, dataset)
  })
}

function aboutColumn(column: ColumnProfile, { rows, keys }: DatasetSummary, dataset: Dataset): Proposal[] {
  const tested = rows - column.missing
  if (dataset.pii.includes(column.name) || tested < LEAST_VALUES) return []
  const isKey = keys?.some((key) => key.length === 1 && key[0] === column.name) ?? false
  const proposed = column.type === 'string' ? textRules(column, tested) : numberRules(column, isKey)
  return proposed.map((one) => ({ column: column.name, ...one, ...certainty(tested) }))
}

/** With none of n values against it, a share of at most 3/n breaks a constraint, with 95 % confidence. */
function certainty(tested: number): Pick<Suggestion, 'confidence' | 'because'> {
  const confidence = tested >= 3000 ? 'high' : tested >= 300 ? 'medium' : 'low'
  return {
    confidence,
    because: `none of ${numberText(tested)} values breaks it, so fewer than 1 in ${numberText(Math.max(1, Math.floor(tested / 3)))} should`,
  }
}
