import { andersonDarling } from './andersonDarling.ts'
import { bhattacharyya } from './bhattacharyya.ts'
import { chiSquare } from './chiSquare.ts'
import { classifier } from './classifier.ts'
import { cramersV } from './cramersV.ts'
import { cramerVonMises } from './cramerVonMises.ts'
import type { DriftMethod } from '../drift.ts'
import { energy } from './energy.ts'
import { eppsSingleton } from './eppsSingleton.ts'
import { fisherExact } from './fisherExact.ts'
import { gTest } from './gTest.ts'
import { hellinger } from './hellinger.ts'
import { hourAndWeekday } from './hourAndWeekday.ts'
import { jensenShannon } from './jensenShannon.ts'
import { kolmogorovSmirnov } from './kolmogorovSmirnov.ts'
import { kullbackLeibler } from './kullbackLeibler.ts'
import { largestShare } from './largestShare.ts'
import { mannWhitney } from './mannWhitney.ts'
import { permutation } from './permutation.ts'
import { proportionsZ } from './proportionsZ.ts'
import { psi } from './psi.ts'
import { studentT } from './studentT.ts'
import { outOfVocabulary } from './outOfVocabulary.ts'
import { textLength } from './textLength.ts'
import { vocabulary } from './vocabulary.ts'
import { wordCount } from './wordCount.ts'
import { totalVariation } from './totalVariation.ts'
import { wasserstein } from './wasserstein.ts'
import { cosine } from './cosine.ts'
import { euclidean } from './euclidean.ts'
import { mmd } from './mmd.ts'
import { welch } from './welch.ts'

/** All drift methods; the first that suits two columns is their default. */
export const driftMethods: readonly DriftMethod[] = [
  kolmogorovSmirnov,
  largestShare,
  cramersV,
  hourAndWeekday,
  wasserstein,
  energy,
  cramerVonMises,
  andersonDarling,
  mannWhitney,
  welch,
  studentT,
  permutation,
  eppsSingleton,
  chiSquare,
  gTest,
  fisherExact,
  proportionsZ,
  psi,
  jensenShannon,
  hellinger,
  bhattacharyya,
  totalVariation,
  kullbackLeibler,
  textLength,
  wordCount,
  vocabulary,
  outOfVocabulary,
  classifier,
  mmd,
  euclidean,
  cosine,
]
