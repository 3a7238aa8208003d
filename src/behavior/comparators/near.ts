import { isNumber, numberOf } from '../../models/value.ts'
import { type Comparator, labelOf, show, wrongExpected } from './comparator.ts'
import { expectedValue } from './equals.ts'

/** A number within a distance of another: `[3.2, 0.1]`, or the text `3.2 +- 0.1`. */
export const near: Comparator<readonly [value: number, by: number]> = {
  prepare(expected, place) {
    const value = expectedValue(expected, place)
    const parts: readonly unknown[] = Array.isArray(value)
      ? (value as readonly unknown[])
      : typeof value === 'string'
        ? value.split(/\s*(?:±|\+\/?-)\s*/)
        : []
    const [middle, by] = parts.map((part) => (typeof part === 'string' ? numberOf(part) : part))
    if (parts.length !== 2 || !isNumber(middle) || !isNumber(by) || !(by >= 0))
      throw wrongExpected(place, show(value), 'near needs a number and how far from it is right, e.g. "3.2 +- 0.1"')
    return [Number(middle), Number(by)]
  },
  compare({ value, untyped }, [middle, by]) {
    const label = labelOf(value)
    const number = untyped && typeof label === 'string' ? numberOf(label) : label
    if (!isNumber(number)) return false
    const rounding = Number.EPSILON * Math.max(Math.abs(Number(number)), Math.abs(middle))
    return Math.abs(Number(number) - middle) <= by + rounding
  },
  answers: ([middle, by]) => [middle - by, middle, middle + by],
  words: ([middle, by]) => `${middle} ± ${by}`,
}
