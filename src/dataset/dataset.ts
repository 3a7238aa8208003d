import { statSync } from 'node:fs'
import path from 'node:path'
import { sizeOfSync } from '../bytes/regularFile.ts'
import type { Relation } from '../engine/engine.ts'
import { AssayError, kindOf } from '../errors.ts'
import { ownOptions } from '../options.ts'
import { checkedOptions, type DatasetOptions, datasetOptionNames } from './datasetOptions.ts'
import { Handle } from './handle.ts'
import { located } from './located.ts'
import type { Dataset } from './model.ts'
import { nameOf } from './naming.ts'
import { OpenTable, Root } from './root.ts'
import { commonOptions } from '../formats/commonOptions.ts'
import { checkOwnOptions } from '../formats/fileFormats.ts'
import type { SourceKind } from '../formats/source.ts'
import { type DatasetSource, sources } from './sources.ts'
import type { ColumnsOf, RecordsDataset } from './typedRecords.ts'

export { type Dataset, type DatasetColumn, isDataset, isDatasetColumn } from './model.ts'

export type { DatasetSource } from './sources.ts'

/**
 * Opens a dataset. Nothing is read until it is used. Throws an AssayError at once for what no source reads, and for an
 * option that is not known or cannot be.
 */
export function dataset<R extends object>(source: readonly R[], options?: DatasetOptions): RecordsDataset<ColumnsOf<R>>
export function dataset(source: DatasetSource, options?: DatasetOptions): Dataset
export function dataset(source: DatasetSource, options?: DatasetOptions): Dataset {
  const checked = checkedOptions('dataset()', options)
  const place = located(source)
  const kind = kindOfSource(place, checked)
  if (!kind) throw unsupported(place, checked.format)
  const format = kind.formatOf?.(place, checked) ?? kind
  checkOwnOptions(format, checked)
  return new Handle(new Root(place, kind, checked.name ?? nameOf(place, checked.table), checked))
}

const kindOfSource = (place: unknown, options: DatasetOptions): SourceKind | undefined =>
  sources.find((candidate: SourceKind) => candidate.accepts(place, options))

/** The options that what reads a source takes; undefined where nothing reads it. */
export function optionsTakenBy(source: string, asked: DatasetOptions): readonly string[] | undefined {
  const kind = kindOfSource(source, asked)
  return kind && datasetOptionNames.filter((name) => takes(kind, name))
}

const takes = ({ options }: SourceKind, name: string): boolean =>
  Object.hasOwn(commonOptions, name) || Object.hasOwn(options, name)

/** A dataset over a relation that is open already, e.g. a table of another engine. */
export function datasetOf(relation: Relation, options: DatasetOptions & { name: string; source?: string }): Dataset {
  const { source, ...rest } = ownOptions('datasetOf()', options, [...datasetOptionNames, 'source'])
  const checked = checkedOptions('datasetOf()', rest)
  if (checked.name === undefined) throw new AssayError('wrong-argument', 'datasetOf() got no name')
  return new Handle(
    new OpenTable(relation, { ...checked, name: checked.name, ...(source === undefined ? {} : { source }) }),
  )
}

/** Addresses and files of databases that the engine does not open: their drivers do. */
const ofDatabase =
  /^(?:postgres(?:ql)?|mysql|mariadb|mssql|sqlserver|oracle|bigquery|snowflake|redshift|clickhouse|trino|databricks|mongodb(?:\+srv)?|sqlite|jdbc):|\.(?:sqlite3?|db3|mdb|accdb)$/i

function unsupported(source: unknown, format: string | undefined): AssayError {
  const isDatabase = typeof source === 'string' && ofDatabase.test(source)
  const kinds = `dataset() opens ${sources.map(({ reads }) => reads).join(', ')}; a file of another ending with its format, e.g. 'csv'`
  const hint = isDatabase
    ? "ask the database by its driver, and hand over the rows or a stream of them: dataset(rows, { name: 'orders' }), or a file of Parquet that it writes"
    : kinds
  if (typeof source === 'string') {
    // What is no file, or not there, is told as such.
    if (!isDatabase && (isFolder(source) || path.extname(source) === '')) sizeOfSync(source)
    return new AssayError(
      'unsupported-source',
      `dataset(${JSON.stringify(source)}): no source reads ${format === undefined ? JSON.stringify(path.extname(source) || source) : `the format ${JSON.stringify(format)}`}`,
      { hint },
    )
  }
  return new AssayError('unsupported-source', `dataset() got ${kindOf(source)}`, { hint })
}

function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory()
  } catch {
    return false
  }
}
