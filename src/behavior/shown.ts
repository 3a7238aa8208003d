import { inspect } from 'node:util'
import { described, jsonText, snapshot } from '../models/value.ts'

const LONGEST = 500

/** A value of a case or an answer as text, cut; whatever it is. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : textOfValue(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

function textOfValue(value: unknown): string {
  try {
    return jsonText(snapshot(value, { dates: true }))
  } catch {
    try {
      return inspect(value, { depth: 3, breakLength: Number.POSITIVE_INFINITY, maxStringLength: LONGEST })
    } catch {
      return described(value)
    }
  }
}
