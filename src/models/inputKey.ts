import { jsonText, snapshot } from './value.ts'

/** The same for inputs of the same value; what is no value is its own key. */
export function inputKey(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input
  try {
    return `\0json ${jsonText(snapshot(input, { dates: true }), { sorted: true })}`
  } catch {
    return input
  }
}
