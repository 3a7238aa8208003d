import { cramersV } from './cramersV.ts'
import type { DriftMethod } from './drift.ts'
import { hellinger } from './hellinger.ts'
import { hourAndWeekday } from './hourAndWeekday.ts'
import { jensenShannon } from './jensenShannon.ts'
import { kolmogorovSmirnov } from './kolmogorovSmirnov.ts'
import { kullbackLeibler } from './kullbackLeibler.ts'
import { largestShare } from './largestShare.ts'
import { psi } from './psi.ts'
import { totalVariation } from './totalVariation.ts'
import { wasserstein } from './wasserstein.ts'

/** All drift methods; the first that suits two columns is their default. */
export const driftMethods: readonly DriftMethod[] = [
  kolmogorovSmirnov,
  largestShare,
  cramersV,
  hourAndWeekday,
  wasserstein,
  psi,
  jensenShannon,
  hellinger,
  totalVariation,
  kullbackLeibler,
]
