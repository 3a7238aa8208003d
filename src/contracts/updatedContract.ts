import { evaluate } from '../checks/evaluate.ts'
import type { CheckJson } from '../checks/checkJson.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { CheckResult } from '../results/checkResult.ts'
import type { Contract } from './contractModel.ts'
import { inferContract } from './inferContract.ts'
import { isObject, type Json, type JsonObject, jsonCopy, members, objectOf, own } from '../schema/json.ts'
import { heldChecks, readChecks } from '../schema/statedChecks.ts'
import { schemaGroup } from './matchesSchema.ts'
import { standingOf } from './mends.ts'

/** What stands at the root of a contract and is no rule about whole rows; rules that count as one. */
const PARTS = [
  '$schema',
  '$id',
  '$defs',
  'definitions',
  'title',
  'description',
  'type',
  'properties',
  'required',
  'x-assay',
]
const CONDITION = ['if', 'then', 'else']

/**
 * The contract with what no longer holds read off the data anew, and everything else as it was; of rules about whole rows the
 * first that is broken goes, or where several are all of them. Where that is not enough, the contract that the data keeps
 * now; columns that were personal stay personal. Paths in a contract
 * count from the folder of its `file`.
 */
export async function updatedContract(
  contract: Contract,
  dataset: Dataset,
  broken: readonly CheckResult[],
  file?: string,
): Promise<Contract> {
  const old = jsonCopy(contract) as JsonObject
  const fresh = (await inferContract(dataset)) as JsonObject
  const stated = readChecks(members(old, 'x-assay').checks, '#/x-assay/checks')
  const { held, isOfOne } = heldChecks(dataset, stated, broken)
  let updated = withChecks(old, held)
  for (const result of broken) {
    if (isOfOne(result)) continue
    updated = standingOf(result.kind).mend({ contract: updated, fresh, column: result.subject.column ?? '' })
  }
  for (const candidate of [updated, ...withoutRules(updated)]) {
    const results = await evaluate(schemaGroup(dataset, candidate as Record<string, unknown>, {}, file))
    if (results.every(({ blocking }) => !blocking)) return candidate
  }
  return withChecks(withSecrets(fresh, old), held)
}

/** The contract without each of its rules about whole rows, and without all of them. */
function withoutRules(contract: JsonObject): readonly JsonObject[] {
  const isPart = ([name, value]: [string, Json]): boolean =>
    PARTS.includes(name) || (name === 'additionalProperties' && typeof value === 'boolean')
  const rules = Object.entries(contract).flatMap((entry) => (isPart(entry) ? [] : [entry[0]]))
  const single = rules.filter((name) => !CONDITION.includes(name)).map((name) => [name])
  const groups = [...single, ...(rules.length > single.length ? [CONDITION] : []), ...(rules.length > 1 ? [rules] : [])]
  return groups.map((words) =>
    objectOf(Object.entries(contract).filter(([name]) => !words.includes(name)) as [string, Json][]),
  )
}

/** The contract with these checks in place of those that it states. */
function withChecks(contract: JsonObject, checks: readonly CheckJson[]): JsonObject {
  const { 'x-assay': assay = {}, ...rest } = contract
  const { checks: _, ...other } = assay as JsonObject
  const stated = { ...other, ...(checks.length > 0 ? { checks: checks as readonly JsonObject[] } : {}) }
  return Object.keys(stated).length > 0 ? { ...rest, 'x-assay': stated } : rest
}

function withSecrets(fresh: JsonObject, old: JsonObject): JsonObject {
  const secret = (name: string): boolean => {
    const property: Json | undefined = own(members(old, 'properties'), name)
    return isObject(property) && members(property as JsonObject, 'x-assay').pii === true
  }
  const properties = Object.entries(members(fresh, 'properties')).map(([name, property]): [string, Json] => {
    const assay = members(property as JsonObject, 'x-assay')
    return [name, secret(name) ? { ...(property as JsonObject), 'x-assay': { ...assay, pii: true } } : property]
  })
  return { ...fresh, properties: objectOf(properties) }
}
