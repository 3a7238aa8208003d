import type { OnInconclusive } from '../checks/undecided.ts'
import type { Severity } from '../results/checkResult.ts'
import type { ByColumn } from './byColumn.ts'
import type { DriftChunks } from './compat/chunks.ts'
import type { PeerName } from './compat/index.ts'
import type { FindingLimits } from './finding.ts'
import type { DriftRoles } from './roles.ts'
import type { DriftWindows } from './windows.ts'

/** What a drift check can be told. */
export interface DriftOptions {
  /**
   * The largest effect that is no drift, for all columns or by column (`'*'`: the others); default: that of the method
   * (0.1).
   * @example { limit: { '*': 0.1, country: 0.2 } }
   */
  readonly limit?: ByColumn<number>
  /**
   * Name of the method, for all columns or by column (`'*'`: the others); default: by the columns' type.
   * @example { method: { country: 'cramersV' } }
   */
  readonly method?: ByColumn<string>
  /**
   * Judges as another library does: its numbers and thresholds, by its default method for each column or by its own name
   * for one (`method: 'psi'`). Without bounds: its false alarms are its own. Findings and corrections are left out.
   * @example { compat: 'evidently' }
   */
  readonly compat?: PeerName
  /**
   * With `compat: 'nannyml'`: its thresholds, three standard deviations over the mean of the chunks of the reference, in place
   * of its fixed ones. The current data is one chunk; `windows` cuts it.
   * @example { compat: 'nannyml', chunks: { number: 10 } }
   */
  readonly chunks?: DriftChunks
  /**
   * What else fails beside the effect of the method, which is blind to tails, spread and rare events: limits for the
   * share of missing values, unseen values, spread, odds and many small changes; false for none of one, or of all.
   * @example { findings: { missing: 0.01, spread: false } }
   */
  readonly findings?: Partial<FindingLimits> | false
  /**
   * The columns to compare; default: all shared columns.
   * @example { columns: ['age', 'country'] }
   */
  readonly columns?: readonly string[]
  /**
   * Columns to leave out.
   * @example { except: ['id'] }
   */
  readonly except?: readonly string[]
  /**
   * What columns are for: the label and the prediction of a model are named in their results, times are compared by hour
   * and weekday, ignored columns are left out. The datasets' keys always are, unless `columns` names them.
   * @example { roles: { label: 'churned', time: 'created_at', ignore: ['note'] } }
   */
  readonly roles?: DriftRoles
  /**
   * The largest share of columns that may drift: the dataset is judged by it, and its columns only warn.
   * @example { driftedShare: 0.3 }
   */
  readonly driftedShare?: number
  /**
   * Compares the rows of each value of a column with those of the reference, corrected over all of them.
   * @example { segmentBy: 'country' }
   */
  readonly segmentBy?: string
  /**
   * Compares each window of time of the current data by itself, with the reference or with the window before it, corrected
   * over all of them.
   * @example { windows: { time: 'created_at', every: 'week' } }
   */
  readonly windows?: DriftWindows
  /**
   * The column that says which rows belong together and may be alike, like those of a session: they weigh as much as
   * independent rows would that vary as their clusters do. Without it rows are taken to be independent. The column itself
   * is not compared; a row without a value in it belongs to no other.
   * @example { clusterBy: 'session_id' }
   */
  readonly clusterBy?: string
  /**
   * The columns that say which rows of both sides are the same: each column is then judged by the share of those rows
   * whose values differ (limit 0.01), as features of a model do between training and serving. Numbers that differ by a
   * billionth of themselves are alike. The columns themselves are not compared, nor are rows that one side lacks; an error
   * for a key that occurs twice on a side.
   * @example { joinBy: 'id' }
   */
  readonly joinBy?: string | readonly string[]
  /**
   * Compares all columns together, too: how much better than by chance (AUC − ½, limit 0.07) a classifier tells from which
   * side a row is, learned from up to 5,000 rows of each. It sees what each column by itself does not show, as a
   * correlation that turned round. It is one more result, corrected with those of the columns.
   * @example { multivariate: true }
   */
  readonly multivariate?: boolean | { readonly limit: number }
  /**
   * How sure a verdict is, for all columns or by column (`'*'`: the others): a pass is wrong for at most 1 - confidence
   * of the columns that drifted, and some fail of the call is wrong in at most that share of calls; from 0.5, default 0.95.
   * @example { confidence: 0.99 }
   */
  readonly confidence?: ByColumn<number>
  /**
   * The largest adjusted p that is evidence of drift; default 1 - confidence.
   * @example { alpha: 0.01 }
   */
  readonly alpha?: number
  /**
   * Spreads the level of fails over a year of runs, by the time since the run before: some fail of a year without drift is
   * then as unlikely as one of a single run is otherwise (5 %). Needs the history that stands beside the report: the first
   * run that is known counts as one a month after another. Where no history is kept, a run counts as one of daily runs, and its
   * results say so.
   * @example { acrossRuns: true }
   */
  readonly acrossRuns?: boolean
  /**
   * Whether too little evidence fails the test, is only reported (default), or counts as passed; for all columns or by
   * column (`'*'`: the others).
   * @example { onInconclusive: { '*': 'warn', amount: 'fail' } }
   */
  readonly onInconclusive?: ByColumn<OnInconclusive>
  /**
   * `warn` reports drift without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}
