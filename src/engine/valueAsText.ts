/**
 * The text of a JavaScript value: text as it is, other scalars as `String` writes them, objects as JSON in which
 * bigints, non-finite numbers and invalid dates are text, sets and typed arrays arrays, and maps arrays of pairs.
 */
export function valueAsText(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value)
  return JSON.stringify(value, replace) ?? 'null'
}

function replace(this: unknown, key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (value === null && (this as Record<string, unknown>)[key] instanceof Date) return 'Invalid Date'
  if (value instanceof Set || value instanceof Map) return [...value]
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array)
  return value
}
