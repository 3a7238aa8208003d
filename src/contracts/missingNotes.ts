import { isMissingMarker, missingOption } from '../cells/missingMarkers.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { retyped } from '../cells/retyped.ts'
import { derived } from '../dataset/handle.ts'
import { typeOfTexts } from '../cells/lexical.ts'
import type { Relation } from '../engine/engine.ts'
import type { LogicalType } from '../sql/dialect.ts'
import type { DatasetSummary } from '../results/runDocument.ts'
import type { Contract } from './contractModel.ts'
import { type JsonObject, members } from '../schema/json.ts'
import { provenType } from './provenType.ts'
import { relationOf } from '../dataset/opened.ts'
import { quoted } from '../words/text/quoted.ts'

/** Which texts of a column only mark a missing value. */
export type Markers = ReadonlyMap<string, readonly string[]>

/** What a contract that was read off data names as missing. */
export function markersIn(contract: Contract): Markers {
  const markers = Object.entries(members(contract as JsonObject, 'properties')).map(([name, property]) => {
    const { missing = [] } = members(property as JsonObject, 'x-assay') as { missing?: readonly string[] }
    return [name, missing.filter((text) => text !== '')] as const
  })
  return new Map(markers.filter(([, texts]) => texts.length > 0))
}

/** The same of a profiled dataset: of its columns of text or of several types, those whose frequent values are of another type. */
export async function markersBeside(dataset: Dataset, { columns }: DatasetSummary): Promise<Markers> {
  const relation = await relationOf(dataset)
  const markers = await Promise.all(
    columns.map(async ({ name, type, top = [] }) => {
      const column = relation.columns.find((one) => one.name === name)
      const values = top.map(({ value }) => value).filter((value) => !isMissingMarker(value))
      const able = column && (column.type === 'mixed' || column.guessed)
      if (!able || !['string', 'mixed'].includes(type) || typeOfTexts(values).type === 'string')
        return [name, []] as const
      return [name, (await provenType(relation, column, true)).missing ?? []] as const
    }),
  )
  return new Map(markers.filter(([, texts]) => texts.length > 0))
}

/** What to tell of them; nothing where there is none. */
export function missingNote(markers: Markers, relation: Relation): string | undefined {
  if (markers.size === 0) return undefined
  const texts = [...new Set([...markers.values()].flat())]
  const names = [...markers.keys()].map((name) => JSON.stringify(name))
  const shown = names.length > 8 ? [...names.slice(0, 8), `${names.length - 8} more`] : names
  return `${quoted(texts)} in ${shown.join(', ')} ${texts.length > 1 ? 'seem' : 'seems'} to stand for missing values; say so: ${missingOption(texts, relation)}`
}

/** The dataset with the columns whose markers a contract names read as it does. */
export async function readAsContract(dataset: Dataset, contract: Contract): Promise<Dataset> {
  const markers = markersIn(contract)
  if (markers.size === 0) return dataset
  const relation = await relationOf(dataset)
  const properties = members(contract as JsonObject, 'properties')
  const readings = relation.columns.map(({ name, type }) => {
    const missing = markers.get(name)
    const { type: named, format } = members(properties, name)
    if (!missing) return { type }
    const numeric = named === 'integer' || named === 'number' || named === 'boolean'
    const read: LogicalType = numeric ? named : format === 'date' ? 'date' : type
    return { type: read, missing }
  })
  const seen = retyped(relation, readings)
  return derived(dataset, { relation: () => Promise.resolve(seen) })
}
