import { lexicons } from '../lexicons/lexicons.ts'
import { onText, type SeedOptions, seedOptions, swapWords } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Puts other nationalities, beliefs, orientations and ethnic groups in place of those it knows. */
export function groupTerms(options: SeedOptions = {}): Perturbation {
  const { seed } = seedOptions('groupTerms', options)
  return onText({
    name: 'other groups',
    capability: 'fairness',
    seed,
    change: (text, draw) =>
      [lexicons.nationality, lexicons.religion, lexicons.believer, lexicons.orientation, lexicons.ethnicity].reduce(
        (changed, list) => swapWords(changed, list, draw),
        text,
      ),
  })
}
