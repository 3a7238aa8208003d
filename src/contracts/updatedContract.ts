import { evaluate } from '../checks/evaluate.ts'
import type { CheckJson } from '../checks/checkJson.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { CheckResult } from '../results/checkResult.ts'
import type { Contract } from './contractModel.ts'
import { inferContract } from './inferContract.ts'
import { isObject, type Json, type JsonObject, jsonCopy, members, objectOf, own } from '../schema/json.ts'
import { heldChecks, readChecks } from '../schema/statedChecks.ts'
import { matchesSchema } from './matchesSchema.ts'

/** The keywords that a kind of check judges; what breaks them takes them out. */
const judgedBy: Readonly<Record<string, readonly string[]>> = {
  valuesBetween: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  valueLengthBetween: ['minLength', 'maxLength'],
  valuesMatching: ['pattern'],
  valuesIn: ['enum', 'const'],
}

/**
 * The contract with what no longer holds read off the data anew, and everything else as it was. Where that cannot be
 * done part by part, the contract that the data keeps now; columns that were personal stay personal.
 */
export async function updatedContract(
  contract: Contract,
  dataset: Dataset,
  broken: readonly CheckResult[],
): Promise<Contract> {
  const old = jsonCopy(contract) as JsonObject
  const fresh = (await inferContract(dataset)) as JsonObject
  const stated = readChecks(members(old, 'x-assay').checks, '#/x-assay/checks')
  const { held, isOfOne } = heldChecks(dataset, stated, broken)
  let updated = withChecks(old, held)
  for (const result of broken) if (!isOfOne(result)) updated = mended(updated, fresh, result)
  const results = await evaluate(matchesSchema(dataset, updated as Record<string, unknown>))
  return results.some(({ blocking }) => blocking) ? withChecks(withSecrets(fresh, old), held) : updated
}

/** The contract with these checks in place of those that it states. */
function withChecks(contract: JsonObject, checks: readonly CheckJson[]): JsonObject {
  const { 'x-assay': assay = {}, ...rest } = contract
  const { checks: _, ...other } = assay as JsonObject
  const said = { ...other, ...(checks.length > 0 ? { checks: checks as readonly JsonObject[] } : {}) }
  return Object.keys(said).length > 0 ? { ...rest, 'x-assay': said } : rest
}

function mended(contract: JsonObject, fresh: JsonObject, { kind, subject }: CheckResult): JsonObject {
  const properties = members(contract, 'properties')
  const required = (contract.required ?? []) as readonly string[]
  const column = subject.column ?? ''
  const property = members(properties, column)
  const now = members(members(fresh, 'properties'), column)
  const put = (changed: JsonObject): JsonObject => ({ ...contract, properties: { ...properties, [column]: changed } })
  switch (kind) {
    case 'onlyColumns': {
      const added = Object.entries(members(fresh, 'properties')).filter(([name]) => !Object.hasOwn(properties, name))
      const filled = ((fresh.required ?? []) as readonly string[]).filter((name) => added.some(([one]) => one === name))
      return { ...contract, properties: { ...properties, ...objectOf(added) }, required: [...required, ...filled] }
    }
    case 'hasColumn': {
      const { [column]: _, ...rest } = properties
      return { ...contract, properties: rest, required: required.filter((name) => name !== column) }
    }
    case 'noMissing':
      return {
        ...put({ ...property, 'x-assay': { ...members(property, 'x-assay'), present: true } }),
        required: required.filter((name) => name !== column),
      }
    case 'uniqueKey': {
      if (Object.hasOwn(properties, column) && members(property, 'x-assay').unique) {
        const { unique: _, ...assay } = members(property, 'x-assay')
        return put({ ...property, 'x-assay': assay })
      }
      const { key: _, ...assay } = members(contract, 'x-assay')
      return { ...contract, 'x-assay': assay }
    }
    case 'valuesOfType': {
      const { type: _, format: __, description: ___, ...rest } = property
      const { type, format, description } = now
      const { missing } = members(now, 'x-assay')
      const markers = missing === undefined ? {} : { 'x-assay': { ...members(property, 'x-assay'), missing } }
      const read = { type, format, description }
      return put({
        ...objectOf(Object.entries(read).filter(([, value]) => value !== undefined) as [string, Json][]),
        ...rest,
        ...markers,
      })
    }
    default: {
      const names = judgedBy[kind]
      const left = Object.entries(property).filter(([name]) => !names?.includes(name))
      return put(names ? objectOf(left) : now)
    }
  }
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
