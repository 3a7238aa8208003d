import { wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** One change after another; those with nothing to change are left out. Of several forms the first goes on. */
export function composed(...perturbations: readonly Perturbation[]): Perturbation {
  if (perturbations.length === 0 || perturbations.some((one) => typeof one?.apply !== 'function'))
    throw wrong('composed', 'needs perturbations', 'e.g. perturb.composed(perturb.typos(), perturb.lowercase())')
  const capabilities = new Set(perturbations.map(({ capability }) => capability))
  const [capability] = capabilities
  return {
    name: perturbations.map(({ name }) => name).join(', then '),
    ...(capabilities.size === 1 && capability !== undefined ? { capability } : {}),
    seed: perturbations.reduce((sum, { seed }) => sum * 31 + seed, 0),
    apply(input) {
      let changed = input
      for (const one of perturbations) {
        const made = one.apply(changed)
        const first: unknown = Array.isArray(made) && !Array.isArray(changed) ? made[0] : made
        if (first !== undefined && first !== null) changed = first
      }
      return changed
    },
  }
}
