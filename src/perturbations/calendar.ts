import { lexicons } from '../lexicons/lexicons.ts'
import { onText, type SeedOptions, seedOptions, swapWords } from './define.ts'
import { shiftedDay } from './isoDay.ts'
import type { Perturbation } from './perturbation.ts'

/** Puts other months, weekdays and ISO dates in place of those in the text. */
export function calendar(options: SeedOptions = {}): Perturbation {
  const { seed } = seedOptions('calendar', options)
  return onText({
    name: 'other dates',
    capability: 'named entities',
    seed,
    change(text, draw) {
      const shift = 1 + Math.floor(draw.next() * 27)
      // "May" may be another word.
      const months = lexicons.month.filter((month) => month !== 'May')
      return swapWords(swapWords(text, months, draw), lexicons.weekday, draw).replace(
        /(?<!\d)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)/g,
        (date) => shiftedDay(date, shift) ?? date,
      )
    },
  })
}
