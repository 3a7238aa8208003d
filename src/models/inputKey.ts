import { jsonText, snapshot } from './value.ts'

/** The same for inputs of the same value; what is no value is its own key. */
export const inputKey = (input: unknown): unknown => keyOf(input, true)

/** The same for inputs that are written alike, names in their order: a model may heed it. */
export const writtenKey = (input: unknown): unknown => keyOf(input, false)

function keyOf(input: unknown, sorted: boolean): unknown {
  if (typeof input !== 'object' || input === null) return input
  try {
    return `\0json ${jsonText(snapshot(input, { dates: true }), { sorted })}`
  } catch {
    return input
  }
}

/** Equal for inputs that are one JSON value, names in any order; undefined for what is none. */
export const jsonKey = (input: unknown): string | undefined =>
  typeof input === 'string' ? JSON.stringify(input) : textKey(input)

/** Equal for inputs that a table writes alike: text as it is, other values as JSON with sorted names. */
export function textKey(input: unknown): string | undefined {
  if (typeof input === 'string') return input
  try {
    return jsonText(snapshot(input, { dates: true }), { sorted: true })
  } catch {
    return undefined
  }
}
