import { arrowFile } from './arrow/arrowFile.ts'
import { duckdbFile } from './duckdb/duckdbFile.ts'
import { excel } from './excel/excel.ts'
import type { FileKind } from './fileSource.ts'
import { json, jsonLines } from './json/json.ts'
import { logLines } from './lines/logLines.ts'
import type { Declared } from './option.ts'
import { parquet } from './parquet/parquet.ts'
import { csv } from './text/csv.ts'

/** Every format of files, in the order they are tried. */
export const fileFormats = [logLines, parquet, arrowFile, csv, json, jsonLines, excel, duckdbFile] as const

type Together<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer A) => void ? A : never
type OwnOptions = (typeof fileFormats)[number] extends infer K ? (K extends FileKind<infer O> ? O : never) : never

/** The options that formats of files have of their own. */
export interface FileOptions extends Together<OwnOptions> {}

export const fileOptions: Declared<FileOptions> = Object.assign({}, ...fileFormats.map(({ options }) => options))
