import { REDACTED } from '../dataset/personal.ts'
import { canonical } from '../results/canonical.ts'
import { withoutQuoted } from '../results/discreet.ts'
import { breaks } from './breaks.ts'
import { isObject, type Json, type JsonObject, jsonCopy, members, own, shown, wrongSchema } from '../schema/json.ts'
import { personalIn } from '../schema/personalIn.ts'
import { readJsonSchema } from '../languages/jsonSchema/read.ts'
import type { TableSchema } from '../schema/tableSchema.ts'

/** What a change of a contract does to the people on either side of it. */
export type CompatibilityVerdict = 'identical' | 'compatible' | 'breaks readers' | 'breaks writers' | 'breaks both'

/** What changed between two contracts. */
export interface ContractComparison {
  /** In words; nothing when they say the same. */
  readonly differences: readonly string[]
  /** Why data that obeys one contract may break the other; empty lists are proofs that it cannot. */
  readonly breaks: {
    /** Data under the newer contract may surprise who relied on the older one. */
    readonly readers: readonly string[]
    /** Data that was fine under the older contract may break the newer one. */
    readonly writers: readonly string[]
  }
  readonly verdict: CompatibilityVerdict
}

/**
 * Compares what two contracts say, whatever the order of their members: columns that came, went or seem renamed, types,
 * presence, limits and keys. The verdict is one of sets: writers are not broken when everything valid under `before` is
 * valid under `after`, readers when the reverse holds. Where that cannot be decided (one pattern against another) the
 * reason says "may break" and counts. Throws AssayError `wrong-schema` for a contract that is none.
 */
export async function compareContracts(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Promise<ContractComparison> {
  const [old, now] = [jsonCopy(before) as JsonObject, jsonCopy(after) as JsonObject]
  const [oldTable, nowTable] = await Promise.all([readJsonSchema(old), readJsonSchema(now)])
  if (saysNothing(oldTable) && saysNothing(nowTable))
    throw wrongSchema('#', 'neither contract says anything of a column', 'compare contracts with "properties"')
  const differences = differencesOf(old, now)
  const readers = await breaks(now, old, 'readers')
  const writers = await breaks(old, now, 'writers')
  const verdict = verdictOf({ differences, readers, writers })
  const told = (sentences: readonly string[]) => discreetly(sentences, old, now)
  return { differences: told(differences), breaks: { readers: told(readers), writers: told(writers) }, verdict }
}

/** Sentences without the values that a contract lists of personal columns, or of rows that have some. */
function discreetly(sentences: readonly string[], old: JsonObject, now: JsonObject): readonly string[] {
  const personal = [...new Set([...personalIn(old), ...personalIn(now)])]
  if (personal.length === 0) return sentences
  const names = new Set([old, now].flatMap((contract) => Object.keys(members(contract, 'properties'))))
  return sentences.map((sentence) => {
    const column = /^(?:may break: )?column ("(?:[^"\\]|\\.)*")/.exec(sentence)?.[1]
    if (column !== undefined && !personal.some((name) => shown(name) === column)) return sentence
    const words = withoutQuoted(sentence, names)
    return /\b(enum|const|default|examples|e\.g\.)|\{/.test(sentence) ? words.replace(/\d[\d.,]*/g, REDACTED) : words
  })
}

const saysNothing = ({ columns, extraColumns, row, key, checks = [] }: TableSchema): boolean =>
  columns.length === 0 && checks.length === 0 && extraColumns === 'allow' && row === undefined && key.length === 0

function verdictOf(changes: Record<'differences' | 'readers' | 'writers', readonly string[]>): CompatibilityVerdict {
  const [readers, writers] = [changes.readers.length > 0, changes.writers.length > 0]
  if (readers && writers) return 'breaks both'
  if (readers || writers) return readers ? 'breaks readers' : 'breaks writers'
  return changes.differences.length > 0 ? 'compatible' : 'identical'
}

/** Pairs of a removed column and the added one that it seems to have become: the only one that says the same. */
export function renamed(
  removed: readonly string[],
  added: readonly string[],
  same: (removed: string, added: string) => boolean,
): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  for (const name of removed) {
    const candidates = added.filter((other) => same(name, other))
    const rivals = removed.filter((other) => candidates.length === 1 && same(other, candidates[0] as string))
    if (candidates.length === 1 && rivals.length === 1) pairs.set(name, candidates[0] as string)
  }
  return pairs
}

function differencesOf(old: JsonObject, now: JsonObject): string[] {
  const [oldColumns, nowColumns] = [members(old, 'properties'), members(now, 'properties')]
  const removed = Object.keys(oldColumns).filter((name) => !Object.hasOwn(nowColumns, name))
  const added = Object.keys(nowColumns).filter((name) => !Object.hasOwn(oldColumns, name))
  const pairs = renamed(
    removed,
    added,
    (name, other) => canonical(own(oldColumns, name) ?? {}) === canonical(own(nowColumns, other) ?? {}),
  )
  const differences: string[] = []
  for (const name of removed) {
    const other = pairs.get(name)
    differences.push(`column ${shown(name)} was removed${other === undefined ? '' : `; renamed to ${shown(other)}?`}`)
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
  return differences
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

function memberDifferences(about: string, old: JsonObject, now: JsonObject, covered: readonly string[]): string[] {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => !covered.includes(name))
  return names.flatMap((name) => {
    const [before, after] = [own(old, name), own(now, name)]
    if (before === undefined) return [`${about} now has ${name} ${shown(after)}`]
    if (after === undefined) return [`${about} no longer has ${name} ${shown(before)}`]
    return canonical(before) === canonical(after)
      ? []
      : [`${about} changed ${name} from ${shown(before)} to ${shown(after)}`]
  })
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
