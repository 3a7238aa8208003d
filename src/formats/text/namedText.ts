import type { TextFile } from './textFile.ts'

/** A text with the name of its file. */
export interface NamedText {
  readonly file: string
  readonly text: TextFile
}
