import { csv } from './csv.ts'
import { parquet } from './parquet.ts'
import { records } from './records.ts'
import type { SourceKind } from './source.ts'
import { textStream } from './textStream.ts'

/** Every kind of source `dataset()` opens, in the order they are tried. */
export const sources: readonly SourceKind[] = [textStream, parquet, csv, records]

/** What `dataset()` opens: a path or glob, a list of them, an array of records, or a stream of delimited text. */
export type DatasetSource = string | readonly string[] | readonly object[] | AsyncIterable<string | Uint8Array>
