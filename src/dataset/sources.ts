import { csv } from './csv.ts'
import { duckdbFile } from './duckdbFile.ts'
import { json, jsonLines } from './json.ts'
import { logLines } from './logLines.ts'
import { parquet } from './parquet.ts'
import { query } from './query.ts'
import { records } from './records.ts'
import { remote } from './remote.ts'
import type { Sql } from '../sql/sql.ts'
import type { SourceKind } from './source.ts'

/** Every kind of source `dataset()` opens, in the order they are tried. */
export const sources: readonly SourceKind[] = [
  remote,
  logLines,
  parquet,
  csv,
  json,
  jsonLines,
  duckdbFile,
  records,
  query,
]

/** What `dataset()` opens: a path or glob, a list of them, an array of records, or a query over datasets. */
export type DatasetSource = string | readonly string[] | readonly object[] | Sql
