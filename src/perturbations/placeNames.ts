import { lexicons } from '../lexicons/lexicons.ts'
import { onText, type SeedOptions, seedOptions, swapWords } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Puts other cities and countries in place of those it knows. */
export function placeNames(options: SeedOptions = {}): Perturbation {
  const { seed } = seedOptions('placeNames', options)
  return onText({
    name: 'other places',
    capability: 'named entities',
    seed,
    change: (text, draw) =>
      [lexicons.city, lexicons.country].reduce((changed, list) => swapWords(changed, list, draw), text),
  })
}
