import type { Sql } from '../sql/sql.ts'
import { arrow, type ArrowBatchLike, type ArrowTableLike } from './arrow.ts'
import { arrowFile } from './arrowFile.ts'
import { type ArrowVectorLike, columns } from './columns.ts'
import { csv } from './csv.ts'
import { duckdbFile } from './duckdbFile.ts'
import { excel } from './excel.ts'
import { json, jsonLines } from './json.ts'
import { logLines } from './logLines.ts'
import { parquet } from './parquet.ts'
import { query } from './query.ts'
import { records } from './records.ts'
import { remote } from './remote.ts'
import { rowStream } from './rowStream.ts'
import type { SourceKind } from './source.ts'
import { textStream } from './textStream.ts'

/** Every kind of source `dataset()` opens, in the order they are tried. */
export const sources: readonly SourceKind[] = [
  textStream,
  remote,
  logLines,
  parquet,
  arrowFile,
  csv,
  json,
  jsonLines,
  excel,
  duckdbFile,
  query,
  arrow,
  rowStream,
  records,
  columns,
]

/**
 * What `dataset()` opens: a path or glob, a URL, a list of them, an array of records, an object of columns (arrays, typed
 * arrays, Arrow vectors), an Arrow table or record batch, rows that arrive one by one (streams, iterables), a stream of
 * delimited text, or a query over datasets.
 */
export type DatasetSource =
  | string
  | URL
  | readonly (string | URL)[]
  | readonly object[]
  | Readonly<Record<string, ArrayLike<unknown> | ArrowVectorLike>>
  | ArrowTableLike
  | ArrowBatchLike
  | AsyncIterable<object | string>
  | Iterator<object>
  | Sql
