import { isDeepStrictEqual } from 'node:util'
import { AssayError } from '../errors.ts'

/** How a prediction is compared with what a case expects. */
export type Comparison = 'equals' | 'oneOf' | 'range' | 'contains' | 'matches'

interface Comparing {
  /** What the case keeps, from what its row says; throws an AssayError that names the place. */
  prepare(expected: unknown, place: string): unknown
  holds(prediction: unknown, expected: unknown): boolean
  /** What is expected, in words. */
  words(expected: unknown): string
}

/** The part of a prediction that is compared: the label, where there are scores beside it. */
export function answerOf(prediction: unknown): unknown {
  if (typeof prediction === 'object' && prediction !== null && 'label' in prediction && 'scores' in prediction)
    return prediction.label
  return prediction
}

/** Labels are compared exactly; a number or boolean also equals the text that writes it, as in a CSV file. */
function equals(prediction: unknown, expected: unknown): boolean {
  if (prediction === expected) return true
  if (typeof prediction === 'number' && typeof expected === 'string')
    return expected.trim() !== '' && Number(expected) === prediction
  if (typeof prediction === 'boolean' && typeof expected === 'string')
    return expected.toLowerCase() === String(prediction)
  if (typeof prediction === 'object' && typeof expected === 'string' && /^\s*[[{]/.test(expected)) {
    try {
      return isDeepStrictEqual(prediction, JSON.parse(expected))
    } catch {
      return false
    }
  }
  return typeof prediction === 'object' && isDeepStrictEqual(prediction, expected)
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function wrong(place: string, expected: unknown, hint: string): AssayError {
  return new AssayError('wrong-cases', `mft(): ${place} expects ${JSON.stringify(expected)}`, { hint })
}

export const comparisons: Readonly<Record<Comparison, Comparing>> = {
  equals: { prepare: (expected) => expected, holds: equals, words: show },
  oneOf: {
    prepare: (expected, place) => {
      const values = Array.isArray(expected)
        ? expected
        : typeof expected === 'string'
          ? expected.split('|').map((one) => one.trim())
          : []
      if (values.length === 0) throw wrong(place, expected, 'oneOf needs values parted by |, e.g. "positive|neutral"')
      return values
    },
    holds: (prediction, expected) => (expected as unknown[]).some((one) => equals(prediction, one)),
    words: (expected) => `one of ${(expected as unknown[]).map(show).join(', ')}`,
  },
  range: {
    prepare: (expected, place) => {
      const parts = Array.isArray(expected)
        ? expected.map(Number)
        : String(expected)
            .split('..')
            .map((one) => (one.trim() === '' ? Number.NaN : Number(one)))
      const [low, high] = parts
      if (parts.length !== 2 || !((low as number) <= (high as number)))
        throw wrong(place, expected, 'a range is written low..high, e.g. "0.2..0.8"')
      return [low, high]
    },
    holds: (prediction, expected) => {
      const [low, high] = expected as [number, number]
      return typeof prediction === 'number' && prediction >= low && prediction <= high
    },
    words: (expected) => `between ${(expected as number[]).join(' and ')}`,
  },
  contains: {
    prepare: (expected) => expected,
    holds: (prediction, expected) =>
      Array.isArray(prediction)
        ? prediction.some((one) => equals(one, expected))
        : String(prediction).includes(String(expected)),
    words: (expected) => `something with ${show(expected)}`,
  },
  matches: {
    prepare: (expected, place) => {
      if (expected instanceof RegExp) return expected
      try {
        return new RegExp(String(expected), 'u')
      } catch (error) {
        throw wrong(place, expected, `matches needs a regular expression: ${(error as Error).message}`)
      }
    },
    holds: (prediction, expected) => (expected as RegExp).test(String(prediction)),
    words: (expected) => `something that matches ${String(expected)}`,
  },
}

export function isComparison(name: unknown): name is Comparison {
  return typeof name === 'string' && Object.hasOwn(comparisons, name)
}
