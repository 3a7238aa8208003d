import type { DriftMethod } from '../drift.ts'
import { textNumberMethod } from '../text/asNumbers.ts'
import { textsOf } from '../text/texts.ts'
import { wordsIn } from '../text/words.ts'

/** How many words texts have. */
export const wordCount: DriftMethod = textNumberMethod({
  name: 'wordCount',
  unit: 'D (words)',
  effect: 'largest difference of the cumulative shares of the numbers of words',
  unitOf: ['word', 'words'],
  about: 'number of words',
  async read(...asked) {
    const { read, sql } = await textsOf(...asked)
    return { read: { numbers: Float64Array.from(read.texts, (text) => wordsIn(text).length), rows: read.rows }, sql }
  },
})
