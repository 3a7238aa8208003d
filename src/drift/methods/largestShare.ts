import { chiSquare } from '../../stats/chiSquare.ts'
import { manyChanged } from '../categoryFindings.ts'
import { categoryMethod } from '../categoryMethod.ts'
import { shareChange } from '../shareChange.ts'

/**
 * The largest change of a category's share, for text, and for booleans and numbers when asked by name: the number that
 * is said aloud ("app 12 % → 24 %"), and one whose noise does not grow with the number of categories. p is that of the
 * chi-square test.
 */
export const largestShare = categoryMethod({
  name: 'largestShare',
  unit: 'L∞',
  effect: "largest change of a category's share",
  limit: 0.1,
  most: 1,
  suits: (current, reference) => current === reference && ['string', 'mixed'].includes(current),
  measure: (rows) => ({ ...shareChange(rows), p: chiSquare(rows.here, rows.there).p }),
  findings: (table) => [manyChanged(table)],
})
