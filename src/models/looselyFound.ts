import { exactJson } from '../bytes/exactJson.ts'
import { isPlainObject } from '../options.ts'
import { textKey } from './inputKey.ts'
import { numberOf } from './value.ts'

/**
 * Finds the row of an input that went through a table on its way, where numbers, booleans and nulls become texts or texts
 * become those; nothing where rows that are alike then predict differently. A text is no other text, however its number is
 * written.
 */
export function looselyFound<R extends { readonly input?: unknown }>(
  rows: readonly R[],
  written: (row: R) => string,
): (input: unknown) => R | undefined {
  let byKey: Map<string, R[]> | undefined
  return (input) => {
    if (!byKey) {
      byKey = new Map()
      for (const row of rows) {
        const key = looseKey(row.input)
        const before = byKey.get(key)
        if (before) before.push(row)
        else byKey.set(key, [row])
      }
    }
    const alike = byKey.get(looseKey(input))?.filter((row) => isSameText(row.input, input)) ?? []
    const [first] = alike
    return first && alike.every((row) => written(row) === written(first)) ? first : undefined
  }
}

/** Of inputs of one loose key: whether what is a text in both is the same text. */
function isSameText(known: unknown, input: unknown): boolean {
  if (typeof known === 'string' && typeof input === 'string') return known === input
  const [own, cells] = [recordOf(known), recordOf(input)]
  return !own || !cells || Object.entries(own).every(([name, value]) => isSameText(value, cells[name]))
}

function looseKey(input: unknown): string {
  const record = recordOf(input)
  if (!record) return cellText(input)
  const cells = Object.entries(record).map(([name, value]) => [name, cellText(value)] as const)
  return JSON.stringify(cells.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A record, also as the JSON that a cell of a table holds of it. */
function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (isPlainObject(value)) return value
  if (typeof value !== 'string' || !value.startsWith('{')) return undefined
  try {
    const record = exactJson(value)
    return isPlainObject(record) ? record : undefined
  } catch {
    return undefined
  }
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
