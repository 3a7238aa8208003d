import type { JsonObject } from '../../schema/json.ts'

/** How likely other data of its kind is to hold a suggestion, too. */
export type Confidence = 'high' | 'medium' | 'low'

/** A constraint that the data holds and that other data of its kind is likely to hold too. */
export interface Suggestion {
  /** The column; absent for the table as a whole. */
  readonly column?: string
  /** The constraint, e.g. `minimum 0`. */
  readonly constraint: string
  /** What was seen. */
  readonly evidence: string
  readonly confidence: Confidence
  /** Why that much confidence, in plain words. */
  readonly because: string
}

/** A suggestion with what it says in a contract. */
export interface Proposal extends Suggestion {
  /** Keywords of the column, or of the root for the table. */
  readonly rules: JsonObject
}

/** What is proposed of a column, without how sure it is. */
export type ColumnRule = Pick<Proposal, 'constraint' | 'evidence' | 'rules'>

/** Values below which nothing is proposed. */
export const LEAST_VALUES = 20
