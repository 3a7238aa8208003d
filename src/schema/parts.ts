import type { Check } from '../checks/check.ts'
import type { RuleWords } from '../checks/forms/rowRule.ts'
import type { TextJudge } from '../checks/forms/textwise.ts'
import type { Severity } from '../results/checkResult.ts'
import type { JsonObject } from './json.ts'
import type { SchemaRowRule } from './rows/rowRule.ts'

/** How much of the values must hold, and what a failure is worth. */
export interface Tolerance {
  readonly mostly: number
  readonly severity: Severity
}

/**
 * A part of what a schema asks, by who judges it: the engine; a rule over each different text; a rule over each row; or
 * the schema's own validator, for the keywords that nobody else decides exactly as it does.
 */
export type SchemaPart =
  | { readonly by: 'engine'; readonly check: Check }
  | {
      readonly by: 'texts'
      readonly rule: RuleWords & Pick<TextJudge, 'holds'>
      readonly column: string
      readonly options: Tolerance
    }
  | { readonly by: 'rows'; readonly rule: SchemaRowRule }
  | { readonly by: 'validator'; readonly keywords: LeftKeywords }

/** The keywords of a column that only the validator judges as it does. */
export interface LeftKeywords {
  readonly name: string
  readonly keywords: readonly string[]
  readonly rules: JsonObject
  /** What the schema says of how the cells of a text file read. */
  readonly cells: JsonObject
  readonly options: Tolerance
}
