import { type Bounds, checkedBounds, inWords, within } from '../../checks/bounds.ts'
import { firstLine } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import { type Comparator, isScored, refuseKeyTwice, show, wrongExpected } from './comparator.ts'
import { expectedValue } from './equals.ts'

type Limits = Readonly<Record<string, Bounds>>

/** Limits by label, with the label or without. */
export type Expected = Limits | { readonly label: string; readonly scores: Limits }

const partsOf = (expected: Expected) =>
  isScored(expected)
    ? { label: expected.label as string, limits: expected.scores as unknown as Limits }
    : { label: undefined, limits: expected as Limits }

/**
 * Scores of labels within limits: `{ positive: { min: 0.8 } }`, a number with how far from it is right
 * (`{ positive: [0.9, 0.05] }`), and the label with them: `{ label: 'positive', scores: { positive: { min: 0.8 } } }`.
 */
export const scores: Comparator<Expected> = {
  prepare(expected, place) {
    const value = expectedValue(expected, place)
    const wrong = (hint: string) => wrongExpected(place, show(value), hint)
    const hint = 'scores needs limits by label, e.g. {"positive": {"min": 0.8}}'
    let read: unknown = value
    if (typeof value === 'string') {
      try {
        read = JSON.parse(value)
      } catch {
        throw wrong(hint)
      }
      refuseKeyTwice(value, place)
    }
    const [label, limits] = isScored(read) ? [read.label, read.scores as unknown] : [undefined, read]
    if (label !== undefined && typeof label !== 'string') throw wrong('a label is a text')
    if (!isPlainObject(limits) || Object.keys(limits).length === 0) throw wrong(hint)
    const checked: Limits = Object.fromEntries(
      Object.entries(limits).map(([name, limit]) => {
        if (Array.isArray(limit)) {
          const [middle, by] = limit as unknown[]
          if (limit.length !== 2 || typeof middle !== 'number' || !(typeof by === 'number' && by >= 0))
            throw wrong('a score is [number, how far from it is right] or has limits')
          const rounding = Number.EPSILON * Math.max(1, Math.abs(middle))
          return [name, { min: middle - by - rounding, max: middle + by + rounding }]
        }
        try {
          return [name, checkedBounds(limit, name)]
        } catch (error) {
          throw wrong(firstLine(error))
        }
      }),
    )
    return label === undefined ? checked : { label, scores: checked }
  },
  compare({ value }, expected) {
    const { label, limits } = partsOf(expected)
    if (!isScored(value) || typeof value.scores !== 'object' || value.scores === null)
      return 'scores judges answers of the form { label, scores }'
    if (label !== undefined && value.label !== label) return false
    const own = value.scores as Readonly<Record<string, unknown>>
    for (const [name, bounds] of Object.entries(limits)) {
      const score = Object.hasOwn(own, name) ? own[name] : undefined
      if (typeof score !== 'number') return `it has no score of ${JSON.stringify(name)}`
      if (!within(score, bounds)) return { passed: false, reason: `the score of ${JSON.stringify(name)} is ${score}` }
    }
    return true
  },
  words(expected) {
    const { label, limits } = partsOf(expected)
    return [
      ...(label === undefined ? [] : [label]),
      ...Object.entries(limits).map(([name, bounds]) => `score of ${name} ${inWords(bounds)}`),
    ].join(', ')
  },
}
