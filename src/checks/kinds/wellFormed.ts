import type { Dataset } from '../../dataset/model.ts'
import type { QueryOptions, SourceFinding, SourceFindings } from '../../engine/engine.ts'
import type { Severity } from '../../results/checkResult.ts'
import { sql } from '../../sql/sql.ts'
import { countText } from '../../words/text/numbers.ts'
import { runCheck } from '../forms/run.ts'
import { severity } from '../parameters/options.ts'
import { options } from '../parameters/parameter.ts'
import { SAMPLE_ROWS } from '../rows/sampleRows.ts'
import { relationOf, rootOf } from '../../dataset/opened.ts'

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
export const wellFormed = runCheck<WellFormedOptions>({
  kind: 'wellFormed',
  matcher: 'toBeWellFormed',
  family: 'schema',
  says: 'All of the source could be read.',
  example: 'await expect(orders).toBeWellFormed()',
  parameters: [],
  // Where nobody says, what was found says how much it weighs.
  options: options({ ...severity, absent: undefined }),
  input: rootOf,
  words: () => ({ title: 'well-formed source', expected: 'all of it can be read' }),
  async run({ dataset, options: settings }, { signal }) {
    const summary = await unreadOf(dataset, { signal })
    if (!summary) return { status: 'pass', measured: 'all of it was read' }
    const lost =
      summary.rowsLost > 0
        ? `, ${countText(summary.rowsLost, 'record')} ${summary.rowsLost === 1 ? 'is' : 'are'} left out`
        : ''
    const rows = summary.first.slice(0, SAMPLE_ROWS)
    const columns = shown.filter((name) => rows.some((finding) => finding[name] !== undefined))
    const cell = (finding: SourceFinding, name: (typeof shown)[number]): string | null =>
      finding[name] === undefined ? null : String(finding[name])
    return {
      status: settings.severity === undefined && summary.severity === 'warn' ? 'warn' : 'fail',
      measured: `${countText(summary.total, 'finding')}${lost}`,
      value: summary.total,
      ...((await isNoneLeft(dataset, summary, signal)) ? { message: NONE_LEFT } : {}),
      evidence: [
        {
          kind: 'rows',
          columns,
          // What stands around a place in a file may be a value of any column.
          of: columns.map((name) => (name === 'text' ? 'any' : [])),
          rows: rows.map((finding) => columns.map((name) => cell(finding, name))),
          marked: [columns.indexOf('reason')],
          total: summary.total,
        },
      ],
    }
  },
})

/** What to try where no record of a text file has the cells that its first one has. */
export const NONE_LEFT =
  'no record has as many cells as the first: if that one does not hold the names, say skip: 1, with header: false where no line does'

/** Whether a source has records, and none of them could be read for its number of cells. */
export async function isNoneLeft(
  dataset: Dataset,
  { rowsLost, first }: SourceFindings,
  signal?: AbortSignal,
): Promise<boolean> {
  if (rowsLost === 0 || !first.every(({ kind }) => kind === 'cells')) return false
  const { engine, from } = await relationOf(dataset)
  const [[count] = []] = await engine.query(sql`select count(*) from ${from}`, { signal })
  return Number(count) === 0
}

/** What of a source could not be read; undefined where all of it was. */
export async function unreadOf(dataset: Dataset, options: QueryOptions): Promise<SourceFindings | undefined> {
  const { findings } = await relationOf(dataset)
  const summary = await findings?.(options)
  return summary && summary.total > 0 ? summary : undefined
}
