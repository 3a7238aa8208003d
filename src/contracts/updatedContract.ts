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

/**
 * The contract with what no longer holds read off the data anew, and everything else as it was. Where that cannot be
 * done part by part, the contract that the data keeps now; columns that were personal stay personal. Paths in a contract
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
  const results = await evaluate(schemaGroup(dataset, updated as Record<string, unknown>, {}, file))
  return results.some(({ blocking }) => blocking) ? withChecks(withSecrets(fresh, old), held) : updated
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
