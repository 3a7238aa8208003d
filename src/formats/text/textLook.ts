import type { WrittenCells } from '../../bytes/cellForms.ts'
import type { SourceFindings } from '../../engine/engine.ts'
import type { RecordRules } from './judgeRecord.ts'
import type { TextPlace } from './scanFile.ts'
import type { TextDialect } from './textDialect.ts'

/** What a look at every record of a text tells. */
export interface TextLook {
  /** Its lines before the first record. */
  readonly skip: number
  /** What its records end with. */
  readonly lineEnd: string
  readonly dialect: TextDialect
  readonly names: readonly string[]
  /** No line of what the engine reads has more bytes. */
  readonly longest: number
  /** The cells of the first records, for their types. */
  readonly head: readonly (readonly string[])[]
  /** How every cell of a column is written; undefined where that is not proven, for a copy and for few rows. */
  readonly proven: readonly (WrittenCells | undefined)[]
  /** How many of its records are rows. */
  readonly rows: number
  readonly findings: SourceFindings
  /** Where every so-manieth row starts. */
  readonly places: readonly TextPlace[]
  readonly rules: RecordRules
}
