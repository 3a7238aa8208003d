import { exactShare, numberText, shareText } from '../../words/text/numbers.ts'
import type { Judgement } from '../check.ts'

/** What is expected of each row, and of how many. */
export function rowExpectation(expected: string, mostly: number): string {
  return mostly < 1 ? `${expected}, in at least ${exactShare(mostly)} of the rows` : expected
}

/** Judges tested against failed rows; `vacuous` without a tested one. Throws where more failed than were tested. */
export function judgeRows(tally: {
  rows: number
  missing: number
  broken: number
  mostly: number
  nulls: 'ignore' | 'fail'
}): Judgement {
  const { rows, mostly } = tally
  const missing = tally.nulls === 'fail' ? 0 : tally.missing
  const failed = tally.broken + (tally.missing - missing)
  const tested = rows - missing
  const counts = { rows, missing, tested, failed }
  // A rule that takes missing values for broken ones: no share, and no verdict, could be believed.
  if (failed > tested) throw new Error(`${numberText(failed)} rows failed of ${numberText(tested)} tested ones`)
  if (tested === 0) return { status: 'vacuous', measured: 'nothing to judge', counts }
  const holds = tested - failed
  return {
    status: holds / tested >= mostly ? 'pass' : 'fail',
    measured:
      failed === 0
        ? `all ${numberText(tested)} tested rows`
        : `${shareText(holds / tested, [mostly])} of ${numberText(tested)} tested rows`,
    value: holds / tested,
    counts,
  }
}
