import { editDistance } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import { type Comparator, kindOfAnswer, labelOf, show, wrongExpected } from './comparator.ts'

export interface Similar {
  readonly text: string
  readonly min: number
}

/**
 * A text that is like another: a share of at least 0.8 of it stays when letters are inserted, left out, replaced and
 * swapped to make one of the other. `{ text, min }` says another share. Capitals and white space do not count.
 */
export const similar: Comparator<Similar> = {
  prepare(expected, place) {
    const wanted = typeof expected === 'string' ? { text: expected } : expected
    const { text, min = 0.8 } = (isPlainObject(wanted) ? wanted : {}) as { text?: unknown; min?: unknown }
    if (typeof text !== 'string' || text.trim() === '' || !(typeof min === 'number' && min > 0 && min <= 1))
      throw wrongExpected(
        place,
        typeof expected === 'string' ? JSON.stringify(expected) : 'no text',
        'similar needs a text, or { text, min: 0.9 }',
      )
    return { text, min }
  },
  compare({ value }, { text, min }) {
    const label = labelOf(value)
    if (typeof label !== 'string')
      return `similar judges texts, and the answer is ${kindOfAnswer(label)}: ${show(label)}`
    return likeness(label, text) >= min
  },
  words: ({ text, min }) => `something like ${JSON.stringify(text)} (${min} of it)`,
}

/** Characters that are compared; the time grows with their square. */
const LONGEST = 5000

function likeness(own: string, other: string): number {
  const [a, b] = [own, other].map((text) => text.toLowerCase().replace(/\s+/g, ' ').trim().slice(0, LONGEST)) as [
    string,
    string,
  ]
  const longest = Math.max(a.length, b.length)
  return longest === 0 ? 1 : 1 - editDistance(a, b) / longest
}
