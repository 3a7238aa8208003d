import { numberText } from '../../words/text/numbers.ts'
import type { ColumnProfile } from '../../results/runDocument.ts'
import { shown } from '../../schema/json.ts'
import { patternOfShapes } from '../patternOfShapes.ts'
import { outward } from './outward.ts'
import type { ColumnRule } from './proposal.ts'

/** Different values that a set may have. */
export const MOST_VALUES = 30
/** A value seen that often, on average, is no accident. */
const LEAST_SEEN = 10
const RAREST = 5

/** What texts suggest: the set of their values, else what they are built like, else how long they are. */
export function textRules(
  { distinct = 0, top, lengths, empty = 0, patterns, patternCount }: ColumnProfile,
  tested: number,
): ColumnRule[] {
  const values = (top ?? []).map(({ value }) => value)
  if (
    distinct > 0 &&
    distinct <= MOST_VALUES &&
    tested >= distinct * LEAST_SEEN &&
    values.every((one) => one.length <= 100)
  ) {
    const rarest = Math.min(...(top ?? []).map(({ count }) => count))
    // A set in which some values are seen a few times only is not known whole.
    if (rarest >= RAREST) {
      const listed = [...values].sort()
      return [
        {
          constraint: `one of ${shown(listed)}`,
          evidence: `${numberText(distinct)} different values, the rarest in ${numberText(rarest)} rows`,
          rules: { enum: listed },
        },
      ]
    }
  }
  const shapes = patterns ?? []
  const pattern = shapes.length === patternCount ? patternOfShapes(shapes.map((shape) => shape.pattern)) : undefined
  if (pattern !== undefined && distinct >= LEAST_SEEN) {
    const built = shapes.map((shape) => shape.pattern).join(' or ')
    return [{ constraint: `matches ${pattern}`, evidence: `every text is built like ${built}`, rules: { pattern } }]
  }
  if (!lengths) return []
  const most = outward(lengths.max * 2, 1)
  const least = empty === 0 ? { minLength: 1 } : {}
  return [
    {
      constraint: `${empty === 0 ? '1' : '0'} to ${numberText(most)} characters`,
      evidence: `lengths from ${numberText(lengths.min)} to ${numberText(lengths.max)}, ${numberText(Math.round(lengths.mean))} on average`,
      rules: { ...least, maxLength: most },
    },
  ]
}
