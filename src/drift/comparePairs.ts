import { AssayError } from '../errors.ts'
import type { Compared, Uncorrected, Work } from './compared.ts'
import { comparePair } from './comparePair.ts'
import { corrected } from './corrected.ts'
import type { Plan } from './planPairs.ts'
import { reusedLists } from './reusedLists.ts'

/**
 * Compares the pairs one after the other, so that only one column's numbers are in memory. Fails are corrected over
 * all pairs that can be compared, those of calls made together too: Holm's procedure on "the effect is at most the limit". Passes are not: "no column
 * drifted" is said when every column's own test says so, an intersection-union test, which errs no more often than each
 * of them (Berger 1982). A fifth of the level belongs to what is looked for beside the effects, by Holm's procedure too.
 */
export async function comparePairs(
  plans: readonly Plan[],
  work: Work,
  /** What is compared beside the columns, and corrected with them. */
  more: readonly Uncorrected[] = [],
): Promise<readonly Compared[]> {
  const all: Uncorrected[] = []
  const lists = reusedLists()
  for (const plan of plans) {
    try {
      all.push(await comparePair(plan, work, lists))
    } catch (error) {
      if (!(error instanceof AssayError)) throw error
      all.push({ kind: 'error', error })
    } finally {
      lists.free()
    }
  }
  return corrected([...all, ...more], work)
}
