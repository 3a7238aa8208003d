import { evaluate } from '../../checks/evaluate.ts'
import { checkedDataset, checkSignal } from '../../checks/receiver.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import type { QueryOptions } from '../../engine/engine.ts'
import { readSchema } from '../../languages/readSchema.ts'
import { tableCode } from '../../languages/table/tableSource.ts'
import { ownOptions } from '../../options.ts'
import { profile } from '../../profile/profile.ts'
import type { JsonObject } from '../../schema/json.ts'
import type { Contract } from '../contractModel.ts'
import { inferContract } from '../inferContract.ts'
import { matchesSchema } from '../matchesSchema.ts'
import { readAsContract } from '../missingNotes.ts'
import { columnProposals, COUNTED } from './columnProposals.ts'
import { brokenWhenHeldBack, doubted } from './heldBack.ts'
import { keyProposals } from './keyProposals.ts'
import type { Suggestion } from './proposal.ts'
import { withRules } from './withRules.ts'
import { withShare } from './withShare.ts'

/**
 * Suggestions for a dataset, and the contract that those with more than low confidence make together with what
 * `inferContract` reads off the data.
 */
export interface Suggestions {
  readonly dataset: string
  readonly rows: number
  readonly suggestions: readonly Suggestion[]
  readonly contract: Contract
  /** The same as TypeScript with `table({ … })`. */
  readonly code: string
}

/**
 * Proposes constraints that next month's data is likely to hold: limits with head room, sets of values, patterns,
 * lengths, a key; each with its evidence. They hold for this data; whether they should hold is yours to say. What the
 * first four fifths of the rows suggest is tried on the rest: what breaks there has low confidence, and is a note only. The same
 * data gives the same suggestions. Nothing is proposed about the values of columns tagged `pii`. Throws AssayError for a
 * dataset without rows.
 */
export async function suggest(dataset: Dataset, options?: QueryOptions): Promise<Suggestions> {
  checkedDataset(dataset, 'suggest')
  const query = ownOptions('suggest', options, ['signal'])
  checkSignal(query.signal, 'suggest')
  const base = await inferContract(dataset)
  const read = await readAsContract(dataset, base)
  const summary = await profile(read, { ...query, ...COUNTED })
  let proposals = [...columnProposals(summary, dataset, base), ...keyProposals(summary, dataset)]
  proposals = await Promise.all(proposals.map((one) => withShare(one, read, query)))
  const unsure = await brokenWhenHeldBack(read, summary.rows, base, query)
  proposals = proposals.map((one) => doubted(one, unsure))
  let contract = withRules(base as JsonObject, proposals)
  // What the data itself breaks is no suggestion: asked of the contract as a whole, as it will be.
  const broken = (await evaluate(matchesSchema(dataset, contract as Record<string, unknown>), query)).filter(
    ({ blocking }) => blocking,
  )
  if (broken.length > 0) {
    const names = broken.map(({ subject }) => subject.column)
    proposals = proposals.filter(({ column }) => column !== undefined && !names.includes(column))
    contract = withRules(base as JsonObject, proposals)
  }
  return {
    dataset: dataset.name,
    rows: summary.rows,
    suggestions: proposals.map(({ rules: _, ...suggestion }) => suggestion),
    contract,
    code: tableCode(await readSchema(contract), dataset.name),
  }
}
