import type { Validate } from '../schema/drafts.ts'
import type { Finding } from '../schema/findings.ts'
import type { Escape, Whole } from './escapes.ts'
import { type Json, type JsonObject, members, own, pointer, textOf } from '../schema/json.ts'
import { tellingValues } from './valueSet.ts'

const MOST_ROUNDS = 80
const extra = (names: readonly string[]): string => {
  let name = 'another column'
  while (names.includes(name)) name += '_'
  return name
}

/** For each escape the value of a row that is valid under `from` and broken under `to` there. */
export async function witnessesOf(
  escapes: readonly Escape[],
  from: JsonObject,
  to: JsonObject,
  whole: Whole,
): Promise<readonly (Witness | undefined)[]> {
  if (escapes.length === 0) return []
  const [obeys, judges] = [await whole.compile(from, 'from'), await whole.compile(to, 'to')]
  const base = exampleOf(from, to, obeys)
  return escapes.map((escape) => {
    for (const [row, value] of candidates(escape, base, from, to)) {
      if (obeys(row)) continue
      if (judges(row)?.some((finding) => points(finding, escape))) return { value }
    }
    return undefined
  })
}

export interface Witness {
  /** The telling value; undefined where the absence or presence of a column tells. */
  readonly value: Json | undefined
}

/** A row that obeys the schema, if trying finds one; every column that may be there is. */
function exampleOf(from: JsonObject, to: JsonObject, obeys: Validate): Readonly<Record<string, Json>> {
  const names = [...new Set([...Object.keys(members(from, 'properties')), ...((from.required ?? []) as string[])])]
  const pool = new Map(
    names.map((name) => [
      name,
      tellingValues(own(members(from, 'properties'), name), own(members(to, 'properties'), name)),
    ]),
  )
  const places = new Map(names.map((name) => [name, 0]))
  const row = (): Record<string, Json> =>
    Object.fromEntries(
      [...places].flatMap(([name, i]) => {
        const values = pool.get(name) as readonly Json[]
        return i < values.length ? [[name, values[i] as Json] as const] : []
      }),
    )
  for (let round = 0; round < MOST_ROUNDS * 2; round++) {
    const wrong = new Set((obeys(row()) ?? []).map(({ path, property }) => columnAt(path) ?? property))
    let moved = false
    for (const name of wrong) {
      const place = name === undefined ? undefined : places.get(name)
      if (place === undefined || place >= (pool.get(name as string) as readonly Json[]).length) continue
      places.set(name as string, place + 1)
      moved = true
    }
    if (!moved) break
  }
  return row()
}

const columnAt = (path: string): string | undefined =>
  path === '' ? undefined : (path.split('/')[1] as string).replaceAll('~1', '/').replaceAll('~0', '~')

function* candidates(
  { path, keyword, demand }: Escape,
  base: Readonly<Record<string, Json>>,
  from: JsonObject,
  to: JsonObject,
): Generator<readonly [Readonly<Record<string, Json>>, Json | undefined]> {
  const [column] = path
  if (column === undefined) {
    if (keyword === 'required') {
      const { [textOf(demand)]: _, ...without } = base
      yield [without, undefined]
    }
    const name = typeof demand === 'string' && keyword === 'additionalProperties' ? demand : extra(Object.keys(base))
    const values = tellingValues(own(members(from, 'properties'), name), from.additionalProperties)
    for (const value of values) yield [{ ...base, [name]: value }, undefined]
    return
  }
  const name = column === '*' ? extra(Object.keys(base)) : column
  const inner = column === '*' ? 'additionalProperties' : undefined
  const schemas = [from, to].map((one) =>
    inner ? one[inner] : (own(members(one, 'properties'), name) ?? one.additionalProperties),
  )
  for (const value of tellingValues(...schemas)) yield [{ ...base, [name]: value }, value]
}

function points({ keyword, path, property }: Finding, escape: Escape): boolean {
  if (keyword !== escape.keyword && keyword !== 'false schema' && !inWords(escape.keyword, keyword)) return false
  const place = escape.path.includes('*') ? '' : escape.path.reduce<string>((at, step) => pointer(at, step), '')
  if (!path.startsWith(place)) return false
  return escape.path.length > 0 || escape.keyword !== 'required' || property === escape.demand
}

/** Keywords whose findings ajv reports under another name. */
function inWords(keyword: string, reported: string): boolean {
  return (
    ['allOf', 'anyOf', 'oneOf', 'if', '$ref', 'not', 'dependentSchemas', 'patternProperties'].includes(keyword) &&
    reported !== 'required'
  )
}
