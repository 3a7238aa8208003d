import type { CheckResult } from '../../src/results/checkResult.ts'
import type { Markup } from '../html/template.ts'

/** How a block is drawn in reports. */
export interface BlockDrawing<B> {
  /**
   * On the page, under the line of a finding, in about so many elements; nothing where a section of its own shows it.
   */
  html?(block: B, result: CheckResult, room: number): Markup | undefined
  /** Whether it stands beside the sentences of a finding, not under them. */
  readonly beside?: true
  /** In Markdown, as lines of a table or a list; nothing where a section of its own shows it. */
  markdown?(block: B, text: (value: string, longest?: number) => string, result: CheckResult): string | undefined
}
