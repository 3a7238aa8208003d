import { isObject, type JsonObject } from '../../schema/json.ts'
import type { ValueForm } from '../../schema/tableSchema.ts'
import { type FieldFormat, type FieldType, form, json, never, oneOf, readAs, reader } from './fieldType.ts'
import { isGeoJson, isTopoJson } from './geoJson.ts'

/** Fields of places, by the standard's names. */
export const geoFields = {
  geopoint(field: FieldFormat): FieldType {
    const { format } = field
    oneOf(field, { default: {}, array: {}, object: {} })
    const rules: JsonObject = format === 'default' ? { type: 'string' } : { type: format }
    return {
      rules,
      form: form(format === 'default' ? 'geopoint' : `geopoint in the format ${format}`, pointIn(format)),
    }
  },
  geojson(field: FieldFormat): FieldType {
    const { topojson } = oneOf(field, { default: {}, topojson: { topojson: true } })
    const fine = topojson ? isTopoJson : isGeoJson
    const read = reader((text) => [json(text)].find(fine), fine)
    return { rules: { type: 'object' }, form: form(topojson ? 'TopoJSON' : 'GeoJSON', read) }
  },
}

/** How points of the format are read: two numbers, the longitude first. */
function pointIn(format: string): ValueForm['read'] {
  const inside = (lon: unknown, lat: unknown): boolean =>
    typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90
  const number = '[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?'
  const pair = new RegExp(`^(${number}), ?(${number})$`)
  const parsed = (native: unknown): unknown => (typeof native === 'string' ? json(native) : native)
  if (format === 'default') {
    return reader((text) => {
      const [, lon, lat] = pair.exec(text) ?? []
      return lon !== undefined && inside(Number(lon), Number(lat)) ? text : undefined
    }, never)
  }
  return (native) => {
    const point = parsed(native)
    const fine =
      format === 'array'
        ? Array.isArray(point) && point.length === 2 && inside(point[0], point[1])
        : isObject(point) && Object.keys(point).length === 2 && inside(point.lon, point.lat)
    return fine ? readAs(point) : undefined
  }
}
