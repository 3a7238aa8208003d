import type { Dataset } from '../dataset/dataset.ts'
import type { SourceFinding } from '../engine/engine.ts'
import { countText, numberText } from '../words/text/numbers.ts'
import { aboutDataset, type RunCheck } from './check.ts'
import type { Severity } from '../results/checkResult.ts'
import { checkedDataset } from './receiver.ts'
import { knownOptions } from './rowCheck.ts'
import { SAMPLE_ROWS } from './samples.ts'
import { relationOf, rootOf } from '../dataset/opened.ts'

/** What a check of a whole source can be told. */
export interface WellFormedOptions {
  /**
   * `warn` reports without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}

const shown = ['line', 'column', 'reason', 'text', 'file'] as const

/**
 * All of the source could be read: every record has the cells its header says, every quote its end, every byte its
 * character. Evidence is where what could not be read stands, and why. A dataset in memory is always well-formed.
 * Every assertion about a source that is not adds this result by itself, since its numbers leave something out.
 */
export function wellFormed(dataset: Dataset, options?: WellFormedOptions): RunCheck {
  const root = rootOf(checkedDataset(dataset, 'wellFormed'))
  const { severity } = knownOptions<WellFormedOptions>(options, 'wellFormed', ['severity'])
  return {
    type: 'run',
    kind: 'wellFormed',
    family: 'schema',
    ...aboutDataset(root, [], { limits: { severity } }),
    title: 'well-formed source',
    expected: 'all of it can be read',
    severity: severity ?? 'error',
    datasets: [root],
    async run({ signal }) {
      const { findings } = await relationOf(root)
      const found = await findings?.({ signal })
      if (!found || found.total === 0) return { status: 'pass', measured: 'all of it was read' }
      const lost = found.rowsLost > 0 ? `, ${numberText(found.rowsLost)} records are left out` : ''
      const rows = found.first.slice(0, SAMPLE_ROWS)
      const columns = shown.filter((name) => rows.some((finding) => finding[name] !== undefined))
      const cell = (finding: SourceFinding, name: (typeof shown)[number]): string | null =>
        finding[name] === undefined ? null : String(finding[name])
      return {
        status: severity === undefined && found.severity === 'warn' ? 'warn' : 'fail',
        measured: `${countText(found.total, 'finding')}${lost}`,
        value: found.total,
        sample: {
          columns,
          rows: rows.map((finding) => columns.map((name) => cell(finding, name))),
          marked: [columns.indexOf('reason')],
          total: found.total,
        },
        discreet: [{ columns: 'any', cells: ['text'] }],
      }
    },
  }
}
