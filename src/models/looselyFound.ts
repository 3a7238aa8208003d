import { isPlainObject } from '../options.ts'
import { textKey } from './inputKey.ts'
import { numberOf } from './value.ts'

/**
 * Finds the row of an input that went through a table on its way, where numbers, booleans and nulls become texts or texts
 * become those; nothing where rows that are alike then predict differently.
 */
export function looselyFound<R extends { readonly input?: unknown }>(
  rows: readonly R[],
  written: (row: R) => string,
): (input: unknown) => R | undefined {
  let byKey: Map<string, R | undefined> | undefined
  return (input) => {
    if (!byKey) {
      byKey = new Map()
      for (const row of rows) {
        const key = looseKey(row.input)
        const before = byKey.get(key)
        const unlike = byKey.has(key) && (before === undefined || written(before) !== written(row))
        byKey.set(key, unlike ? undefined : row)
      }
    }
    return byKey.get(looseKey(input))
  }
}

function looseKey(input: unknown): string {
  if (!isPlainObject(input)) return `${cellText(input)}`
  const cells = Object.entries(input).map(([name, value]) => [name, cellText(value)] as const)
  return JSON.stringify(cells.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A value as a cell of a table holds it, numbers written in one way. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') {
    const number = numberOf(value)
    if (number !== undefined) return String(number)
    return /^(true|false)$/i.test(value) ? value.toLowerCase() : value
  }
  return textKey(value) ?? ''
}
