import type { Sql } from '../sql/sql.ts'
import { arrow, type ArrowBatchLike, type ArrowTableLike } from '../formats/arrow/arrow.ts'
import { columns } from '../formats/memory/columns.ts'
import type { ArrowVectorLike } from '../formats/memory/columnValues.ts'
import { fileFormats } from '../formats/fileFormats.ts'
import { query } from './query.ts'
import { records } from '../formats/memory/records.ts'
import { remote } from '../formats/remote/remote.ts'
import { rowStream } from '../formats/memory/rowStream.ts'
import type { SourceKind } from '../formats/source.ts'
import { byteStream } from '../formats/stream/byteStream.ts'

/** Every kind of source `dataset()` opens, in the order they are tried. */
export const sources = [
  byteStream,
  remote,
  ...fileFormats,
  query,
  arrow,
  rowStream,
  records,
  columns,
] as const satisfies readonly SourceKind[]

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
