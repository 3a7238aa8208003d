import type { Family, Severity } from '../../results/checkResult.ts'
import type { Values } from '../../results/resultId.ts'
import type { Validate } from '../drafts.ts'
import type { Finding } from '../findings.ts'
import type { RowValidator } from '../rowValidator.ts'
import type { Row, WantedColumn } from './readings.ts'
import type { JudgedRow } from './tally.ts'

/** A statement about rows that the engine cannot judge. */
export interface SchemaRowRule {
  readonly kind: 'schemaKeyword' | 'rowSchema' | 'noMissing' | 'valuesOfType' | 'rowsSatisfy'
  readonly title: string
  readonly expected: string
  /** What it says instead of a title and an expectation that hold values, where a column it is about is personal. */
  readonly discreet?: { readonly title?: string; readonly expected: string }
  /** What kind of question it is; a schema's where nothing else is said. */
  readonly family?: Family
  /** It is about whole rows: a failure names the columns that are at fault. */
  readonly ofRows?: boolean
  /** The columns it reads. */
  readonly columns: readonly WantedColumn[]
  readonly judging: RuleJudging
  readonly mostly: number
  readonly severity: Severity
  readonly subject: readonly string[]
  /** What is asked, and the limits of it: all that the judge goes by. */
  readonly statement: Values
  readonly limits: Values
}

export type RuleJudging = OfJson | OfJs | JointRules

/** Rows are read as JSON values. */
export interface OfJson {
  readonly values: 'json'
  /** An explicit null of a record is a missing value. */
  readonly nullIsMissing: boolean
  judge(row: Row): JudgedRow
}

/** Rows are read as JavaScript's own values. */
export interface OfJs {
  readonly values: 'js'
  readonly judge: RowValidator['judge']
}

/** One validator judges rows for the rules of several columns, which share the object `by`. */
export interface JointRules {
  readonly values: 'together'
  readonly by: SharedJudge
  readonly column: string
  /** Whether what was found wrong with the column's value is the rule's to tell. */
  owns(finding: Finding): boolean
  /** Judges the column's value for this rule only, where the shared judge stumbles over another's. */
  alone(): Promise<Validate>
}

export interface SharedJudge {
  /** Whose work it is. */
  readonly title: string
  readonly validate: Validate
  readonly nullIsMissing: boolean
}
