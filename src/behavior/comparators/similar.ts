import { editDistance } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import { integer } from '../../words/text/numbers.ts'
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
    return isLike(plain(label), plain(text), min)
  },
  words: ({ text, min }) => `something like ${JSON.stringify(text)} (${min} of it)`,
}

/** Characters that are compared beside what both begin and end with; the time grows with their square. */
const LONGEST = 5000

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim()

function isLike(own: string, other: string, min: number): boolean | string {
  const longest = Math.max(own.length, other.length)
  if (longest === 0) return true
  const apart = Math.abs(own.length - other.length)
  if (1 - apart / longest < min) return false
  const [a, b] = withoutSame(own, other)
  if (Math.max(a.length, b.length) > LONGEST)
    return `similar compares texts that differ in ${integer(LONGEST)} characters at most, and these do in ${integer(Math.max(a.length, b.length))}`
  return 1 - editDistance(a, b) / longest >= min
}

/** Two texts without what both begin and end with, which changes nothing of how far they are apart. */
function withoutSame(a: string, b: string): readonly [string, string] {
  const shortest = Math.min(a.length, b.length)
  let start = 0
  while (start < shortest && a[start] === b[start]) start++
  let end = 0
  while (end < shortest - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)]
}
