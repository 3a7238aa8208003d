import type { Dataset } from '../dataset/dataset.ts'
import type { Family } from '../results/checkResult.ts'
import type { Named, OptionSet, Parameters } from './parameters/parameter.ts'

/** What a kind of check looks at, and how it is judged. */
export type Form = 'row' | 'columns' | 'aggregate' | 'frequency' | 'table' | 'sequence' | 'pair' | 'run'

/** What is said of a kind of check once, and all that follows from it: its function, its matcher, its JSON, its docs. */
export interface Definition<P extends Parameters = Parameters, O = object> {
  /** The public function that makes it, e.g. `valuesBetween`. */
  readonly kind: string
  /** The matcher; default: `toHave` before the kind. */
  readonly matcher?: string
  readonly family: Family
  /** What it states, in a sentence. */
  readonly says: string
  /** An assertion of it. */
  readonly example: string
  readonly parameters: P
  readonly options: OptionSet<O>
  /** Throws an AssayError for parameters that do not go together. */
  agrees?(values: Named<P>): void
}

/** A definition, and whether a dataset is asked or one of its columns. */
export interface Declared<P extends Parameters = Parameters, O = object> extends Definition<P, O> {
  readonly matcher: string
  readonly form: Form
  readonly receiver: 'column' | 'dataset'
}

/** What was asked of a kind. */
export interface KindCall<P extends Parameters = Parameters, O = object> {
  readonly definition: Declared<P, O>
  readonly dataset: Dataset
  /** The column that was asked; undefined where the dataset was. */
  readonly column: string | undefined
  readonly values: Named<P>
  readonly options: Required<O>
}
