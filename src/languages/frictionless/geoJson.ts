import { isObject } from '../../schema/json.ts'

/** How deep the positions of each geometry lie. */
const depths: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
}

/** Whether the value is a GeoJSON object (RFC 7946): a geometry, a feature or a collection. */
export function isGeoJson(value: unknown): value is object {
  return (
    isGeometry(value) ||
    isFeature(value) ||
    (isObject(value) && value.type === 'FeatureCollection' && every(value.features, isFeature))
  )
}

function isFeature(value: unknown): boolean {
  if (!isObject(value) || value.type !== 'Feature') return false
  const { geometry, properties } = value
  return (geometry === null || isGeometry(geometry)) && (properties === null || isObject(properties))
}

function isGeometry(value: unknown): boolean {
  if (!isObject(value)) return false
  if (value.type === 'GeometryCollection') return every(value.geometries, isGeometry)
  const depth = Object.hasOwn(depths, String(value.type)) ? depths[String(value.type)] : undefined
  return depth !== undefined && isPositions(value.coordinates, depth)
}

function isPositions(value: unknown, depth: number): boolean {
  if (depth > 0) return every(value, (item) => isPositions(item, depth - 1))
  return Array.isArray(value) && value.length >= 2 && every(value, Number.isFinite)
}

const every = (value: unknown, fine: (item: unknown) => boolean): boolean => Array.isArray(value) && value.every(fine)

/** Whether the value is a TopoJSON topology. */
export function isTopoJson(value: unknown): value is object {
  return isObject(value) && value.type === 'Topology' && isObject(value.objects) && Array.isArray(value.arcs)
}
