import { demandWords, type Escape } from './escapes.ts'
import { type JsonObject, members, shown, textOf } from '../schema/json.ts'
import { typesOf } from '../schema/reading.ts'
import type { Witness } from './witness.ts'

/** Whom a sentence is for: readers of data that obeys the newer contract, or writers who obey the older one. */
export type ContractSide = 'readers' | 'writers'

/** Why data may break a demand, e.g. `column "a" must now hold to maximum 5 (before: maximum 10), e.g. 6`. */
export function breakWords(
  { path, keyword, demand, before }: Escape,
  { before: root, side, witness }: { before: JsonObject; side: ContractSide; witness: Witness | undefined },
): string {
  const words = path.length === 0 ? tableWords({ keyword, demand, before, path }, root, side) : columnWords()
  const example = witness?.value === undefined ? '' : `, e.g. ${shown(witness.value)}`
  return witness ? `${words}${example}` : `may break: ${words}`
  function columnWords(): string {
    const [column, ...deeper] = path
    const place = deeper.length > 0 ? ` at ${deeper.join('/')}` : ''
    const about = column === '*' ? `other columns${place}` : `column ${shown(column)}${place}`
    const [want, have] = [
      demandWords(keyword, demand),
      before === undefined ? 'anything' : demandWords(keyword, before),
    ]
    if (keyword === 'required')
      return side === 'writers' ? `${about} must now have ${shown(demand)}` : `${about} may now lack ${shown(demand)}`
    if (keyword === 'type') {
      const [was, is] = [demand, before].map((type) => typesOf({ type: type ?? [] })?.join(' or ') || 'anything')
      return side === 'writers'
        ? `${about} must now be ${was} (before: ${is})`
        : `${about} may now be ${is} (before: ${was})`
    }
    return side === 'writers'
      ? `${about} must now hold to ${want} (before: ${have})`
      : `${about} no longer holds to ${want} (now: ${have})`
  }
}

function tableWords({ keyword, demand }: Escape, from: JsonObject, side: ContractSide): string {
  const name = shown(demand)
  if (keyword === 'required') {
    const known = Object.hasOwn(members(from, 'properties'), textOf(demand))
    if (side === 'writers')
      return known
        ? `column ${name} must now have a value in every row`
        : `column ${name} is new and must have a value in every row`
    return known ? `column ${name} may now have missing values` : `column ${name} was removed`
  }
  if (keyword === 'additionalProperties') {
    if (typeof demand === 'string')
      return side === 'writers' ? `column ${name} is no longer allowed` : `column ${name} may now be there`
    return side === 'writers' ? 'extra columns are no longer allowed' : 'extra columns may now be there'
  }
  const words = demandWords(keyword, demand)
  return side === 'writers' ? `rows must now hold to ${words}` : `rows no longer hold to ${words}`
}
