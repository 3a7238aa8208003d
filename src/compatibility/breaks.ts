import { breakWords, type ContractSide } from './breakWords.ts'
import { compile, draftOf } from '../schema/drafts.ts'
import type { Finding } from '../schema/findings.ts'
import { escapes, type Whole } from './escapes.ts'
import { canonical } from '../results/canonical.ts'
import { isObject, type Json, type JsonObject, members, objectOf, own, shown } from '../schema/json.ts'
import { moreChecks } from '../schema/statedChecks.ts'
import { typesOf } from '../schema/reading.ts'
import { witnessesOf } from './witness.ts'

/**
 * Why data that obeys `from` may break `to`, in words; nothing when that is impossible. A row that shows it is given as
 * an example; where none was found the sentence starts with "may break".
 */
export async function breaks(from: JsonObject, to: JsonObject, side: ContractSide): Promise<string[]> {
  const [older, wanted] = [binding(from), binding(to)]
  const whole = wholeOf(older, wanted)
  const found = await escapes(older, wanted, whole)
  const witnesses = await witnessesOf(found, older, wanted, whole)
  const words = found.map((escape, i) => breakWords(escape, { before: older, side, witness: witnesses[i] }))
  return [...new Set([...words, ...tableBreaks(from, to, side)])]
}

/** The schema without what only warns: a broken constraint that fails nothing binds nobody. */
function binding(root: JsonObject): JsonObject {
  const properties = Object.entries(members(root, 'properties'))
  const warned = properties.filter(([, property]) => assay(property).severity === 'warn').map(([name]) => name)
  const bound = properties.map(([name, property]): [string, Json] => {
    if (!isObject(property)) return [name, property]
    const { 'x-assay': _, ...rules } = property as JsonObject
    return [name, warned.includes(name) ? true : rules]
  })
  const required = ((root.required ?? []) as readonly string[]).filter((name) => !warned.includes(name))
  const { 'x-assay': _, type: _type, ...rest } = root
  return { ...rest, type: 'object', properties: objectOf(bound), required }
}

function wholeOf(from: JsonObject, to: JsonObject): Whole {
  const defs = ({ $defs = {}, definitions = {} }: JsonObject): JsonObject => ({ $defs, definitions })
  const references = [...JSON.stringify([from, to]).matchAll(/"\$(?:ref|dynamicRef|recursiveRef)":"([^"]*)"/g)]
  const near = references.every(([, target]) => /^#\/(\$defs|definitions)\//.test(target as string))
  const plain = !/"\$(id|anchor|dynamicAnchor|recursiveAnchor)":/.test(JSON.stringify([defs(from), defs(to)]))
  const sameRefs = near && plain && draftOf(from) === draftOf(to) && canonical(defs(from)) === canonical(defs(to))
  return {
    sameRefs,
    async compile(schema, side) {
      const root = side === 'from' ? from : to
      // A part that means nothing without the rest: any value may obey it, and any value may break it.
      const guess = side === 'from' ? undefined : [unknown]
      const part = isObject(schema) ? { ...defs(root), ...(schema as JsonObject) } : schema ? {} : { not: {} }
      const judge = await compile(part, draftOf(root)).catch(() => () => guess)
      return (value) => {
        try {
          return judge(value)
        } catch {
          // ajv 8 crashes on some rows under patternProperties beside anyOf.
          return guess
        }
      }
    },
  }
}

const unknown: Finding = { keyword: 'not', message: 'cannot be judged apart', path: '' }

/** What only the table can break: keys, unique values, columns that must be there, shares. */
function tableBreaks(from: JsonObject, to: JsonObject, side: ContractSide): string[] {
  const out: string[] = []
  const say = (writers: string, readers: string): void => void out.push(side === 'writers' ? writers : readers)
  const [older, wanted] = [tableOf(from), tableOf(to)]
  for (const words of moreChecks(assay(from), assay(to)))
    say(`rows must now hold to ${words}`, `rows may no longer hold to ${words}`)
  const key = wanted.key
  if (key.length > 0 && !(key.every((name) => older.filled.has(name)) && older.isUnique(key)))
    say(`rows must now differ in the key ${shown(key)}`, `rows may no longer differ in the key ${shown(key)}`)
  for (const [name, property] of Object.entries(members(to, 'properties'))) {
    const { unique, key: own, present, mostly = 1, severity } = assay(property)
    if (severity === 'warn') continue
    const about = `column ${shown(name)}`
    if ((unique || own) && !older.isUnique([name]))
      say(`${about} must now have unique values`, `${about} may no longer have unique values`)
    if (present && !older.present.has(name)) say(`${about} must now be there`, `${about} may no longer be there`)
    const { mostly: share = 1, severity: other } = assay(columnOf(from, name))
    if (share === 1 || other === 'warn' || !judges(property)) continue
    if ((mostly as number) > (share as number))
      say(
        `${about} must now hold in ${shown(mostly)} of the rows (before: ${shown(share)})`,
        `${about} may now hold in ${shown(share)} of the rows only (before: ${shown(mostly)})`,
      )
    else if (canonical(rulesOf(property)) !== canonical(rulesOf(columnOf(from, name))))
      out.push(`may break: ${about} holds only in a share of the rows, and its constraints differ`)
  }
  return out
}

const columnOf = (root: JsonObject, name: string): Json | undefined => own(members(root, 'properties'), name)
const judges = (property: Json | undefined): boolean => property === false || Object.keys(rulesOf(property)).length > 0

function rulesOf(property: Json | undefined): JsonObject {
  if (!isObject(property)) return property === false ? { not: {} } : {}
  const { 'x-assay': _, ...rules } = property as JsonObject
  return rules
}

/** What a contract makes sure of for the table as a whole. */
function tableOf(root: JsonObject) {
  const bound = Object.entries(members(root, 'properties')).filter(([, one]) => assay(one).severity !== 'warn')
  const warned = Object.entries(members(root, 'properties')).filter(([, one]) => assay(one).severity === 'warn')
  const required = ((root.required ?? []) as readonly string[]).filter((name) => !warned.some(([one]) => one === name))
  const listed = assay(root).key
  const key = listed === undefined ? [] : ([listed].flat() as string[])
  const unique = bound.filter(([, one]) => assay(one).unique || assay(one).key).map(([name]) => [name])
  const sets = [...(key.length > 0 ? [key] : []), ...unique]
  return {
    key,
    /** Columns with a value, and no null, in every row. */
    filled: new Set([
      ...key,
      ...required.filter((name) => {
        const property = columnOf(root, name)
        return (
          isObject(property) &&
          typesOf(property as JsonObject)?.includes('null') === false &&
          (assay(property).mostly ?? 1) === 1
        )
      }),
    ]),
    present: new Set([...required, ...key, ...bound.filter(([, one]) => assay(one).present).map(([name]) => name)]),
    isUnique: (names: readonly string[]) => sets.some((set) => set.every((name) => names.includes(name))),
  }
}

function assay(schema: Json | undefined): JsonObject {
  return isObject(schema) ? members(schema as JsonObject, 'x-assay') : {}
}
