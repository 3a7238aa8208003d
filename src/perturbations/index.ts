import { typos } from './typos.ts'

export type { Perturbation } from './perturbation.ts'

/** The perturbations, by name. */
export const perturb = { typos }
