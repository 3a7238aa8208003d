import { drawing, keyOf, shuffled, type SeedOptions, seedOptions } from './define.ts'
import { checkedParts, formsOf, sharedBy } from './forms.ts'
import type { Perturbation } from './perturbation.ts'

/** One of several changes for each input, drawn at random from those that change it. */
export function oneOf(perturbations: readonly Perturbation[], options: SeedOptions = {}): Perturbation {
  const { seed = 1 } = seedOptions('oneOf', options)
  const parts = checkedParts('oneOf', perturbations, 'perturb.oneOf([perturb.typos(), perturb.keyboard()])')
  return {
    name: `one of ${parts.map(({ name }) => name).join(', ')}`,
    ...sharedBy(parts),
    seed,
    apply(input) {
      for (const place of shuffled(parts.length, drawing(`${seed} ${keyOf(input)}`))) {
        const forms = formsOf(parts[place] as Perturbation, input)
        if (forms.length > 0) return Array.isArray(input) || forms.length === 1 ? forms[0] : forms
      }
      return undefined
    },
  }
}
