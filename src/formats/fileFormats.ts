import { AssayError } from '../errors.ts'
import { arrowFile } from './arrow/arrowFile.ts'
import { commonOptions } from './commonOptions.ts'
import { duckdbFile } from './duckdb/duckdbFile.ts'
import { excel } from './excel/excel.ts'
import type { FileKind } from './fileSource.ts'
import { json, jsonLines } from './json/json.ts'
import { logLines } from './lines/logLines.ts'
import type { DeclaredOption, AllMembers } from './option.ts'
import { parquet } from './parquet/parquet.ts'
import type { SourceKind } from './source.ts'
import { csv } from './text/csv.ts'

/** Every format of files, in the order they are tried. */
export const fileFormats = [logLines, parquet, arrowFile, csv, json, jsonLines, excel, duckdbFile] as const

type OwnOptions = (typeof fileFormats)[number] extends infer K ? (K extends FileKind<infer O> ? O : never) : never

/** The options that formats of files have of their own. */
export interface FileOptions extends AllMembers<OwnOptions> {}

export const fileOptions: DeclaredOption<FileOptions> = Object.assign({}, ...fileFormats.map(({ options }) => options))

/** Throws an AssayError for an option of another format than the one that is read. */
export function checkOwnOptions(format: SourceKind, options: object): void {
  const strange = Object.keys(options).find(
    (name) => !Object.hasOwn(commonOptions, name) && !Object.hasOwn(format.options, name),
  )
  if (strange === undefined) return format.check?.(options)
  const owners = fileFormats.filter((other: FileKind) => Object.hasOwn(other.options, strange))
  throw new AssayError(
    'wrong-argument',
    `dataset(): ${strange} is an option of ${owners.map(({ reads }) => reads).join(', ')}, and this is ${format.reads}`,
    { hint: `leave ${strange} out` },
  )
}
