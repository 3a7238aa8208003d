import { csv } from './csv.ts'
import { json, jsonLines } from './json.ts'
import { logLines } from './logLines.ts'
import { parquet } from './parquet.ts'
import { records } from './records.ts'
import type { SourceKind } from './source.ts'

/** Every kind of source `dataset()` opens, in the order they are tried. */
export const sources: readonly SourceKind[] = [logLines, parquet, csv, json, jsonLines, records]

/** What `dataset()` opens: a path or glob, a list of them, or an array of records. */
export type DatasetSource = string | readonly string[] | readonly object[]
