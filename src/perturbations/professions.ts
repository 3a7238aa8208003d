import { lexicons } from '../lexicons/lexicons.ts'
import { onText, type SeedOptions, seedOptions, swapWords } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Puts other professions in place of those it knows. */
export function professions(options: SeedOptions = {}): Perturbation {
  const { seed } = seedOptions('professions', options)
  return onText({
    name: 'other professions',
    capability: 'fairness',
    seed,
    change: (text, draw) => [lexicons.profession].reduce((changed, list) => swapWords(changed, list, draw), text),
  })
}
