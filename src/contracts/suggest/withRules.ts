import { type Json, type JsonObject, members, objectOf, own } from '../../schema/json.ts'
import type { Proposal } from './proposal.ts'

/** A contract with what is proposed besides. */
export function withRules(base: JsonObject, proposals: readonly Proposal[]): JsonObject {
  const properties = members(base, 'properties')
  // What is little sure is a note: a constraint of it would fail by accident.
  const sure = proposals.filter(({ confidence }) => confidence !== 'low')
  const more = new Map(sure.map(({ column, rules }) => [column, rules]))
  const key = more.get(undefined)
  return {
    ...base,
    properties: objectOf(
      Object.keys(properties).map((name): [string, Json] => {
        const property = own(properties, name) as JsonObject
        const { 'x-assay': assay, ...rules } = more.get(name) ?? {}
        const both = { ...members(property, 'x-assay'), ...(assay as JsonObject | undefined) }
        return [name, { ...property, ...rules, ...(Object.keys(both).length > 0 ? { 'x-assay': both } : {}) }]
      }),
    ),
    ...(key ? { 'x-assay': { ...members(base, 'x-assay'), ...key } } : {}),
  }
}
