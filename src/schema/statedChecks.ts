import { aboutDataset, type Check } from '../checks/check.ts'
import { checkedJson, checkFromJSON, type CheckJson } from '../checks/checkJson.ts'
import { kindNamed } from '../checks/catalogue.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import type { CheckResult } from '../results/checkResult.ts'
import { canonical } from '../results/canonical.ts'
import { type Json, type JsonObject, pointer, shown, wrongSchema } from './json.ts'
import type { TableSchema } from './tableSchema.ts'

/** What is asked of a schema's checks that do not say it themselves. */
interface Defaults {
  readonly mostly: number
  readonly severity: 'error' | 'warn'
  readonly allowEmpty: boolean
}

/** The checks that a schema states by their kinds. Throws AssayError `wrong-schema` that names the place. */
export function readChecks(checks: Json | undefined, at: string): readonly CheckJson[] {
  if (checks === undefined) return []
  if (!Array.isArray(checks)) throw wrongSchema(at, `found ${shown(checks)}, but it is a list of checks`)
  return checks.map((json: Json, i) => {
    try {
      return checkedJson(json)
    } catch (error) {
      if (!(error instanceof AssayError)) throw error
      throw wrongSchema(pointer(at, i), error.message.split('\n', 1)[0] as string, error.hint)
    }
  })
}

/**
 * The checks of a dataset that a schema states, with the folder that their paths count from; an error in the place of one
 * that cannot be asked of this dataset.
 */
export function statedChecks(
  dataset: Dataset,
  { checks = [], folder }: Pick<TableSchema, 'checks' | 'folder'>,
  defaults: Defaults,
): readonly Check[] {
  return checks.map((json) => {
    const complete = withDefaults(json, defaults)
    try {
      return checkFromJSON(dataset, complete, folder === undefined ? {} : { folder })
    } catch (error) {
      if (!(error instanceof AssayError)) throw error
      const { kind, column } = json
      return {
        type: 'run',
        kind,
        family: kindNamed(kind).family,
        ...aboutDataset(dataset, typeof column === 'string' ? [column] : [], { statement: { json } }),
        title: `the check ${kind}`,
        expected: 'a question that can be asked',
        inputs: [dataset],
        run: () => Promise.reject(error),
      }
    }
  })
}

function withDefaults(json: CheckJson, defaults: Defaults): CheckJson {
  const known = kindNamed(json.kind).options.list
  const more = known.flatMap(({ name, absent }) => {
    const value = (defaults as unknown as Record<string, Json>)[name]
    return value === undefined || value === absent || Object.hasOwn(json, name) ? [] : [[name, value] as const]
  })
  return { ...json, ...Object.fromEntries(more) }
}

/** Those that no result says are broken, and whether a result is of one of them. */
export function heldChecks(
  dataset: Dataset,
  checks: readonly CheckJson[],
  broken: readonly CheckResult[],
): { readonly held: readonly CheckJson[]; isOfOne(result: CheckResult): boolean } {
  const stated = statedChecks(dataset, { checks }, { mostly: 1, severity: 'error', allowEmpty: false })
  const isOf = (check: Check | undefined, { kind, title, expected, subject }: CheckResult): boolean =>
    check !== undefined &&
    check.kind === kind &&
    check.title === title &&
    check.expected === expected &&
    check.subject.column === subject.column
  return {
    held: checks.filter((_, i) => !broken.some((result) => isOf(stated[i], result))),
    isOfOne: (result) => stated.some((check) => isOf(check, result)),
  }
}

/** The checks of one schema that another does not state, in words; what only warns binds nobody. */
export function moreChecks(from: JsonObject, to: JsonObject): readonly string[] {
  const binding = ({ checks = [] }: JsonObject) =>
    (checks as readonly JsonObject[]).filter(({ severity }) => severity !== 'warn')
  const known = new Set(binding(from).map((one) => canonical(one)))
  return binding(to)
    .filter((one) => !known.has(canonical(one)))
    .map((one) => checkWords(one as CheckJson))
}

/** A check as a schema states it, in few words. */
export function checkWords({ kind, ...members }: CheckJson): string {
  return Object.keys(members).length > 0 ? `the check ${kind} ${shown(members)}` : `the check ${kind}`
}
