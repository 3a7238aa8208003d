import { evaluate } from '../../checks/evaluate.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import { derived } from '../../dataset/handle.ts'
import { relationOf } from '../../dataset/opened.ts'
import { type QueryOptions, ROW_NUMBER } from '../../engine/engine.ts'
import { profile } from '../../profile/profile.ts'
import type { JsonObject } from '../../schema/json.ts'
import { id, type Sql, sql } from '../../sql/sql.ts'
import { numberText } from '../../words/text/numbers.ts'
import type { Contract } from '../contractModel.ts'
import { matchesSchema } from '../matchesSchema.ts'
import { columnProposals, COUNTED } from './columnProposals.ts'
import type { Proposal } from './proposal.ts'
import { withRules } from './withRules.ts'
import { withShare } from './withShare.ts'

/** Rows below which none are held back. */
const LEAST_HELD_BACK = 300

/**
 * What the first four fifths of the rows suggest, held to the rest: how many of the values there break it, by column.
 * Nothing for few rows, and where the source has no order.
 */
export async function brokenWhenHeldBack(
  dataset: Dataset,
  rows: number,
  base: Contract,
  options: QueryOptions,
): Promise<ReadonlyMap<string, string>> {
  const relation = await relationOf(dataset)
  if (rows < LEAST_HELD_BACK || !relation.numbered) return new Map()
  const cut = Math.floor(rows * 0.8)
  const part = (where: Sql): Dataset => {
    const table = sql`(select * from ${relation.numbered as Sql} where ${where}) as t`
    return derived(dataset, { relation: () => Promise.resolve({ ...relation, from: table, numbered: table }) })
  }
  const [first, rest] = [part(sql`${id(ROW_NUMBER)} <= ${cut}`), part(sql`${id(ROW_NUMBER)} > ${cut}`)]
  const summary = await profile(first, { ...options, ...COUNTED })
  const proposals = await Promise.all(
    columnProposals(summary, dataset, base).map((one) => withShare(one, first, options)),
  )
  const contract = withRules(base as JsonObject, proposals)
  const results = await evaluate(matchesSchema(rest, contract as Record<string, unknown>), options)
  const proposed = new Set(proposals.map(({ column }) => column))
  return new Map(
    results.flatMap(({ subject: { column = '' }, status, counts }) =>
      status === 'fail' && proposed.has(column)
        ? [[column, `${numberText(counts?.failed ?? 0)} of ${numberText(counts?.tested ?? 0)}`] as const]
        : [],
    ),
  )
}

/** A proposal that rows held back break has low confidence. */
export function doubted(proposal: Proposal, unsure: ReadonlyMap<string, string>): Proposal {
  const broken = proposal.column === undefined ? undefined : unsure.get(proposal.column)
  if (broken === undefined) return proposal
  const because = `what the first four fifths of the rows suggest, ${broken} values of the last fifth break`
  return { ...proposal, confidence: 'low', because }
}
