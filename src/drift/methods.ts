import { cramersV } from './cramersV.ts'
import type { DriftMethod } from './drift.ts'
import { kolmogorovSmirnov } from './kolmogorovSmirnov.ts'

/** All drift methods; the first that suits two columns is their default. */
export const driftMethods: readonly DriftMethod[] = [kolmogorovSmirnov, cramersV]
