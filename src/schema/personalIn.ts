import { type JsonObject, members } from './json.ts'

/** The columns that a contract says are personal. */
export function personalIn(contract: JsonObject): readonly string[] {
  const properties = members(contract, 'properties')
  return Object.keys(properties).filter((name) => members(members(properties, name), 'x-assay').pii === true)
}
