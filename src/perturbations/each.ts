import { checkedParts, formsOf, sharedBy } from './forms.ts'
import type { Perturbation } from './perturbation.ts'

/**
 * All of several changes, each by itself: an input passes when the answer to each of its forms is right. With one seed
 * after another it is several draws of one change: `perturb.each([1, 2, 3].map((seed) => perturb.names({ seed })))`.
 */
export function each(perturbations: readonly Perturbation[]): Perturbation {
  const parts = checkedParts('each', perturbations, 'perturb.each([perturb.contracted(), perturb.expanded()])')
  const names = [...new Set(parts.map(({ name }) => name))]
  return {
    name: names.length === 1 ? `${names[0]}, ${parts.length} times` : `each of ${names.join(', ')}`,
    ...sharedBy(parts),
    seed: parts.reduce((sum, { seed }) => sum * 31 + seed, 0),
    apply: (input) => (Array.isArray(input) ? undefined : parts.flatMap((one) => formsOf(one, input))),
  }
}
