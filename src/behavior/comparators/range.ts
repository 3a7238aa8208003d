import { isNumber, jsonText, numberOf } from '../../models/value.ts'
import { shown } from '../shown.ts'
import { type Comparator, labelOf, wrongExpected } from './comparator.ts'
import { expectedValue } from './equals.ts'

type Limit = number | bigint

/** A number between two limits, both inclusive: `[0.2, 0.8]`, or the text `0.2..0.8`. */
export const range: Comparator<readonly [Limit, Limit]> = {
  prepare(expected, place) {
    const parts: readonly unknown[] = Array.isArray(expected)
      ? Array.from(expected as unknown[])
      : typeof expected === 'string'
        ? expected.split('..')
        : []
    const [low, high] = parts.map(limit)
    const unlimited = low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY
    if (parts.length !== 2 || low === undefined || high === undefined || !(low <= high) || unlimited)
      throw wrongExpected(
        place,
        Array.isArray(expected) ? `[${parts.map(shown).join(', ')}]` : jsonText(expectedValue(expected, place)),
        unlimited ? 'every number lies in that range: give a limit' : 'a range is written low..high, e.g. "0.2..0.8"',
      )
    return [low, high]
  },
  compare({ value, untyped }, [low, high]) {
    const label = labelOf(value)
    const number = untyped && typeof label === 'string' ? numberOf(label) : label
    return isNumber(number) && number >= low && number <= high
  },
  answers: ([low, high]) => [low, high].filter((limit) => Math.abs(Number(limit)) < Infinity),
  words: ([low, high]) => `between ${low} and ${high}`,
}

function limit(value: unknown): Limit | undefined {
  if (isNumber(value)) return Number.isNaN(value) ? undefined : value
  if (typeof value !== 'string') return undefined
  const infinite = /^\s*([+-]?)Infinity\s*$/.exec(value)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return numberOf(value)
}
