import type { CheckResult } from '../../src/results/index.ts'

/** Results that a section of the page shows, telling a text wherever it can, and how it is drawn where that is "plain". */
export interface SectionCase {
  results(text: string): readonly CheckResult[]
  readonly html: RegExp
}
