import { canonical, isObject, type Json, type JsonObject, jsonCopy, own, shown } from './json.ts'

/** What changed between two contracts, in words; nothing when they say the same. */
export interface ContractComparison {
  readonly differences: readonly string[]
}

/**
 * Compares what two contracts say, whatever the order of their members: columns that came, went or seem renamed, types,
 * presence, limits and keys.
 */
export function compareContracts(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): ContractComparison {
  const [old, now] = [jsonCopy(before) as JsonObject, jsonCopy(after) as JsonObject]
  const [oldColumns, nowColumns] = [members(old, 'properties'), members(now, 'properties')]
  const removed = Object.keys(oldColumns).filter((name) => !Object.hasOwn(nowColumns, name))
  const added = Object.keys(nowColumns).filter((name) => !Object.hasOwn(oldColumns, name))
  const differences: string[] = []
  for (const name of removed) {
    const same = added.filter(
      (other) => canonical(own(nowColumns, other) ?? {}) === canonical(own(oldColumns, name) ?? {}),
    )
    const renamed = removed.length === 1 && same.length === 1 ? `; it may have become ${shown(same[0])}` : ''
    differences.push(`column ${shown(name)} was removed${renamed}`)
  }
  for (const name of added) differences.push(`column ${shown(name)} was added${typeWords(own(nowColumns, name))}`)
  for (const name of Object.keys(oldColumns)) {
    if (!Object.hasOwn(nowColumns, name)) continue
    const about = `column ${shown(name)}`
    differences.push(...columnDifferences(about, own(oldColumns, name) as Json, own(nowColumns, name) as Json))
    const [was, is] = [isRequired(old, name), isRequired(now, name)]
    if (was && !is) differences.push(`${about} may now have missing values`)
    if (!was && is) differences.push(`${about} must now have a value in every row`)
  }
  differences.push(...rest(old, now))
  return { differences }
}

function columnDifferences(about: string, before: Json, after: Json): string[] {
  if (!isObject(before) || !isObject(after))
    return canonical(before) === canonical(after) ? [] : [`${about} changed from ${shown(before)} to ${shown(after)}`]
  const [old, now] = [before as JsonObject, after as JsonObject]
  const out: string[] = []
  const [oldTypes, nowTypes] = [types(old), types(now)]
  const bare = (list: readonly string[]): string => list.filter((type) => type !== 'null').join(' or ') || 'any type'
  if (bare(oldTypes) !== bare(nowTypes)) out.push(`${about} changed type from ${bare(oldTypes)} to ${bare(nowTypes)}`)
  const [wasNull, isNull] = [oldTypes.includes('null'), nowTypes.includes('null')]
  if (!wasNull && isNull) out.push(`${about} may now be null`)
  if (wasNull && !isNull) out.push(`${about} may no longer be null`)
  out.push(...memberDifferences(about, old, now, ['type', 'x-assay']))
  return [...out, ...memberDifferences(about, members(old, 'x-assay'), members(now, 'x-assay'), [])]
}

/** Differences of the root: extra columns, key and whole-row keywords. */
function rest(old: JsonObject, now: JsonObject): string[] {
  const out: string[] = []
  const [was, is] = [old.additionalProperties === false, now.additionalProperties === false]
  if (was && !is) out.push('extra columns are now allowed')
  if (!was && is) out.push('extra columns are no longer allowed')
  out.push(...memberDifferences('the table', members(old, 'x-assay'), members(now, 'x-assay'), []))
  const told = ['$schema', 'title', 'type', 'properties', 'required', 'additionalProperties', 'x-assay']
  return [...out, ...memberDifferences('the table', old, now, told)]
}

function memberDifferences(about: string, old: JsonObject, now: JsonObject, told: readonly string[]): string[] {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => !told.includes(name))
  return names.flatMap((name) => {
    const [before, after] = [own(old, name), own(now, name)]
    if (before === undefined) return [`${about} now has ${name} ${shown(after)}`]
    if (after === undefined) return [`${about} no longer has ${name} ${shown(before)}`]
    return canonical(before) === canonical(after)
      ? []
      : [`${about} changed ${name} from ${shown(before)} to ${shown(after)}`]
  })
}

function members(object: JsonObject, name: string): JsonObject {
  const found = own(object, name)
  return isObject(found) ? (found as JsonObject) : {}
}

function isRequired({ required }: JsonObject, name: string): boolean {
  return Array.isArray(required) && required.includes(name)
}

function types({ type }: JsonObject): readonly string[] {
  return type === undefined ? [] : ([type].flat() as string[]).sort()
}

function typeWords(property: Json | undefined): string {
  const found = isObject(property) ? types(property as JsonObject).join(' or ') : ''
  return found === '' ? '' : ` (${found})`
}
