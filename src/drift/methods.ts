import { cramersV } from './cramersV.ts'
import type { DriftMethod } from './drift.ts'
import { hourAndWeekday } from './hourAndWeekday.ts'
import { kolmogorovSmirnov } from './kolmogorovSmirnov.ts'
import { largestShare } from './largestShare.ts'

/** All drift methods; the first that suits two columns is their default. */
export const driftMethods: readonly DriftMethod[] = [kolmogorovSmirnov, largestShare, cramersV, hourAndWeekday]
