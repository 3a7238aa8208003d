import { drawing, keyOf, type SeedOptions, seedOptions, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** One of several changes for each input, drawn at random. */
export function oneOf(perturbations: readonly Perturbation[], options: SeedOptions = {}): Perturbation {
  const { seed = 1 } = seedOptions('oneOf', options)
  if (
    !Array.isArray(perturbations) ||
    perturbations.length === 0 ||
    perturbations.some((one) => typeof one?.apply !== 'function')
  )
    throw wrong('oneOf', 'needs perturbations', 'e.g. perturb.oneOf([perturb.typos(), perturb.keyboard()])')
  return {
    name: `one of ${perturbations.map(({ name }) => name).join(', ')}`,
    seed,
    apply: (input) =>
      drawing(`${seed} ${keyOf(input)}`)
        .pick(perturbations)
        .apply(input),
  }
}
