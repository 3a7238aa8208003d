import { types } from 'node:util'
import { firstLine } from '../../errors.ts'
import { finds } from '../finds.ts'
import { type Comparator, kindOfAnswer, labelOf, show, wrongExpected } from './comparator.ts'
import { expectedValue } from './equals.ts'

/** A text that a regular expression finds something in: a `RegExp`, or the text of one, read with flag `u`. */
export const matches: Comparator<RegExp> = {
  prepare(expected, place) {
    const regex = types.isRegExp(expected) ? expected : undefined
    const source = regex ? regex.source : expectedValue(expected, place)
    if (typeof source !== 'string' || source === '' || source === '(?:)')
      throw wrongExpected(
        place,
        regex ? '//' : JSON.stringify(show(source)),
        'matches needs a regular expression that says something, e.g. "^yes"',
      )
    if (findsInAll(source))
      throw wrongExpected(place, `/${source}/`, 'it finds something in every text: say what must be there, e.g. "^yes"')
    try {
      // Flags g and y make an expression remember where it stopped in the last text.
      return new RegExp(source, regex ? regex.flags.replace(/[gy]/g, '') : 'u')
    } catch (error) {
      throw wrongExpected(place, JSON.stringify(source), `matches needs a regular expression: ${firstLine(error)}`)
    }
  },
  compare({ value }, expected) {
    const label = labelOf(value)
    if (typeof label === 'string') return finds(expected, label)
    return `matches judges texts, and the answer is ${kindOfAnswer(label)}: ${show(label)}`
  },
  words: (expected) => `something that matches ${String(expected)}`,
}

/**
 * Whether an expression finds something in every text, at least nothing: without what looks around it (anchors, lookarounds,
 * borders of words, groups told again) it would find that anywhere, at an end too, where it has one anchor.
 */
function findsInAll(source: string): boolean {
  const inner = source.startsWith('^')
    ? source.slice(1)
    : source.endsWith('$') && !source.endsWith('\\$')
      ? source.slice(0, -1)
      : source
  const plain = inner.replace(/\\[^bBk\d]/g, 'x').replace(/\[[^\]]*\]/g, 'x')
  if (/[\^$\\|]|\(\?[=!<]/.test(plain)) return /^\^\[(?:\\s\\S|\\S\\s|\^)\]\*\$$/.test(source)
  try {
    return new RegExp(`^(?:${inner})$`, 'u').test('')
  } catch {
    return false
  }
}
