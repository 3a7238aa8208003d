export {
  countText as plural,
  decimal,
  exactShare,
  integer,
  probability,
  shareInterval as percentInterval,
  shareText as percent,
} from '../src/words/text/numbers.ts'
export { duration, edge, instant, milliseconds } from '../src/words/text/times.ts'
export {
  sentenceList,
  shorten,
  visible as logLine,
  visible as oneLine,
  visibleText,
} from '../src/words/text/visible.ts'
import { cut as cutAt } from '../src/words/text/visible.ts'

/** Longest text of one value in a report; what is cut says so. */
const longestValue = 2000

const thinSpace = '\u202f'

/** Text in which a number stays on one line with the percent sign after it and the comparison before it. */
export function keepTogether(text: string): string {
  return text.replace(/(\d) %/g, `$1${thinSpace}%`).replace(/([≤≥<>=]) (?=[\d−-])/g, '$1\u00a0')
}

/** At most `longest` characters; a cut text ends by saying how long it was. */
export function cut(text: string, longest: number = longestValue): string {
  return cutAt(text, longest)
}
