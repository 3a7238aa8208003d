import { isPassed, type CaseOutcome } from '../outcome.ts'
import { capabilityOf, caseExample } from '../caseExample.ts'
import { caseKey } from '../caseKey.ts'
import { labelOf, type ComparisonVerdict } from '../comparators/comparator.ts'
import type { MftCase } from '../mft.ts'
import type { Example } from '../../results/blocks/examples.ts'
import type { Failed } from '../run/definition.ts'
import { shown } from '../shown.ts'
import { EXAMPLES } from '../tally.ts'

/** A case that changed, with what both models said. */
export type Changed = Pick<Failed<MftCase>, 'unit' | 'index' | 'answers' | 'others'>

/** How many cases of a capability were compared, and how many changed. */
export interface ChangeCounts {
  cases: number
  broke: number
  fixed: number
}

/** Counts what one model broke of what another had right, and what it fixed. */
export class PairedChanges {
  readonly parts = new Map<string, ChangeCounts>()
  /** The first that were fixed. */
  readonly mended: Changed[] = []
  /** How much the cases count that changed. */
  brokeWeight = 0
  fixedWeight = 0
  /** Whether either model was right in a case. */
  anyRight = false
  private readonly other: string

  /** `other` is what the model beside it is called. */
  constructor(other: string) {
    this.other = other
  }

  get broke(): number {
    return this.sum('broke')
  }

  get fixed(): number {
    return this.sum('fixed')
  }

  /** Counts a case by the verdicts on what `is` answered and what `was`. */
  add(changed: Changed, is: ComparisonVerdict, was: ComparisonVerdict): CaseOutcome {
    if (typeof is === 'string') return is
    if (typeof was === 'string') return `${this.other}: ${was}`
    const part = this.partOf(changed.unit)
    const { weight = 1 } = changed.unit
    part.cases++
    this.anyRight ||= isPassed(was) || isPassed(is)
    if (isPassed(was) && !isPassed(is)) {
      part.broke++
      this.brokeWeight += weight
    }
    if (!isPassed(was) && isPassed(is)) {
      part.fixed++
      this.fixedWeight += weight
      if (this.mended.length < EXAMPLES) this.mended.push(changed)
    }
    return isPassed(is) || !isPassed(was)
  }

  private sum(name: 'broke' | 'fixed'): number {
    return [...this.parts.values()].reduce((all, part) => all + part[name], 0)
  }

  private partOf(testCase: MftCase): ChangeCounts {
    const name = capabilityOf(testCase)
    const own = this.parts.get(name) ?? { cases: 0, broke: 0, fixed: 0 }
    this.parts.set(name, own)
    return own
  }
}

/** A case that broke, as a report shows it: with what the other model said. */
export function changedExample(failed: Failed<MftCase>, expected: unknown): Example {
  const was = failed.others[0]?.value
  return caseExample(failed, expected, was === undefined ? {} : { before: shown(labelOf(was)) })
}

/** One that was fixed. */
export const fixedExample = (changed: Changed, expected: unknown): Example => ({
  case: caseKey(changed.unit),
  ...changedExample({ ...changed, inputs: [changed.unit.input], outcome: false }, expected),
})
