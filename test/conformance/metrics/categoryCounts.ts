import { createHash } from 'node:crypto'
import { categoryCounts } from '../../../src/drift/categoryCounts.ts'
import { email, text } from '../awkward.ts'
import { metricCase, present } from '../naive.ts'

/** A text as a key: a long one by its start and a hash. */
function keyOf(value: string): string {
  const letters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(value)]
  if (letters.length <= 200) return value
  return `${value.slice(0, 200)} ${createHash('md5').update(value).digest('hex')}`
}

export default [text, email].map((name) =>
  metricCase(categoryCounts(name), (rows) => {
    const counts = new Map<string, number>()
    for (const value of present(rows, name)) {
      const key = keyOf(value as string)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    return { counts, unreadable: 0, truncated: false }
  }),
)
