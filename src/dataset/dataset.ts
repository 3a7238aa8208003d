import path from 'node:path'
import type { Engine, Relation, Value } from '../engine/engine.ts'
import { ROW_NUMBER } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { describeFilter, type Filter, filterSql } from './filter.ts'
import { fileFingerprint, fileRead } from './files.ts'
import { kept } from './kept.ts'
import type { DatasetOptions, OpenedSource, SourceKind } from './source.ts'
import { type DatasetSource, sources } from './sources.ts'
import { withMissing } from './withMissing.ts'

const datasetBrand: symbol = Symbol.for('assay.dataset')
const columnBrand: symbol = Symbol.for('assay.column')

/** A column of a dataset, by name. Whether it exists is found out when it is used. */
export interface DatasetColumn {
  readonly dataset: Dataset
  readonly name: string
}

/** A named relation, opened at first use. */
export interface Dataset {
  readonly name: string
  /** Where the rows come from, in words. */
  readonly source: string
  /** The slice in words; undefined for all rows. */
  readonly slice: string | undefined
  /** The dataset that a slice was cut from; the dataset itself when it is no slice. */
  readonly root: Dataset
  readonly key: readonly string[]
  readonly pii: readonly string[]
  column(name: string): DatasetColumn
  /** The rows that match; filters of a slice of a slice all apply. */
  where(filter: Filter): Dataset
  /** All rows as objects: bigints for 64-bit integers in files, text for what JavaScript has no type for. */
  rows(): Promise<Record<string, Value>[]>
  /** A fingerprint of the content, whatever the file is called. */
  fingerprint(): Promise<string>
  /** The open relation of this slice. */
  relation(): Promise<Relation>
  /** The records as handed over, with the slice's rows only when there is no slice; undefined for other sources. */
  records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined>
}

export type { DatasetSource } from './sources.ts'

/** Opens a dataset. Nothing is read until it is used. */
export function dataset(source: DatasetSource, options: DatasetOptions = {}): Dataset {
  const kind = sources.find((candidate) => candidate.accepts(source, options))
  if (!kind) throw unsupported(source)
  const name = options.name ?? nameOf(source)
  return new Root(source, kind, name, options)
}

/** The file's name without its endings; of a list, the first file's. */
function nameOf(source: DatasetSource): string {
  const first = Array.isArray(source) ? (source as readonly unknown[])[0] : source
  if (typeof first !== 'string') return 'records'
  const name = path.basename(first).replace(/\.(gz|zst)$/i, '')
  return path.parse(name).name
}

/** A dataset over a relation that is open already, e.g. a table of another engine. */
export function datasetOf(relation: Relation, options: DatasetOptions & { name: string; source?: string }): Dataset {
  const root = new Root(undefined, tableKind(options.source ?? options.name), options.name, options)
  root.given = relation
  return root
}

const tableKind = (label: string): SourceKind => ({
  name: 'table',
  accepts: () => false,
  reads: 'tables',
  label: () => label,
  files: () => [],
  open: () => Promise.reject(new AssayError('unsupported-source', 'a table is open already')),
})

function unsupported(source: unknown): AssayError {
  const hint = `dataset() opens ${sources.map(({ reads }) => reads).join(', ')}`
  if (typeof source === 'string')
    return new AssayError(
      'unsupported-source',
      `dataset(${JSON.stringify(source)}): no source reads ${JSON.stringify(path.extname(source) || source)}`,
      { hint },
    )
  const found =
    source === null ? 'null' : typeof source === 'object' ? (source.constructor?.name ?? 'object') : typeof source
  return new AssayError('unsupported-source', `dataset() got ${found}`, { hint })
}

/** Whether the value is a dataset of this or another copy of the package. */
export function isDataset(value: unknown): value is Dataset {
  return typeof value === 'object' && value !== null && datasetBrand in value
}

/** Whether the value is a column of a dataset. */
export function isDatasetColumn(value: unknown): value is DatasetColumn {
  return typeof value === 'object' && value !== null && columnBrand in value
}

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

abstract class Base implements Dataset {
  abstract readonly name: string
  abstract readonly source: string
  abstract readonly slice: string | undefined
  abstract readonly root: Dataset
  abstract readonly key: readonly string[]
  abstract readonly pii: readonly string[]
  abstract fingerprint(): Promise<string>
  abstract records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined>
  protected abstract open(): Promise<Relation>
  private readonly opened = kept(() => this.open())

  constructor() {
    Object.defineProperty(this, datasetBrand, { value: true })
  }

  column(name: string): DatasetColumn {
    const column = { dataset: this, name }
    Object.defineProperty(column, columnBrand, { value: true })
    return column
  }

  where(filter: Filter): Dataset {
    return new Slice(this, filter)
  }

  async relation(): Promise<Relation> {
    // Each use is told, not only the first: a dataset may serve several test files.
    await (this.root as Base).read()
    return this.opened()
  }

  /** Tells who listens which files this dataset reads. */
  protected async read(): Promise<void> {}

  async rows(): Promise<Record<string, Value>[]> {
    const { engine, columns, from, numbered } = await this.relation()
    if (columns.length === 0) {
      const [counted] = await engine.query(sql`select count(*) from ${from}`)
      return Array.from({ length: Number(counted?.[0]) }, () => ({}))
    }
    const selected = join(columns.map(({ name }) => id(name)))
    const ordered = numbered
      ? sql`select ${selected} from ${numbered} order by ${id(ROW_NUMBER)}`
      : sql`select ${selected} from ${from}`
    const rows = await engine.query(ordered)
    return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] as Value])))
  }
}

class Root extends Base {
  readonly name: string
  readonly source: string
  readonly slice = undefined
  readonly root: Dataset = this
  readonly key: readonly string[]
  readonly pii: readonly string[]
  given: Relation | undefined
  private readonly input: unknown
  private readonly kind: SourceKind
  private readonly options: DatasetOptions

  constructor(input: unknown, kind: SourceKind, name: string, options: DatasetOptions) {
    super()
    this.input = input
    this.kind = kind
    this.name = name
    this.options = options
    this.source = kind.label(input)
    this.key = list(options.key)
    this.pii = list(options.pii)
  }

  /** The files of the source; a glob is expanded once. */
  private readonly files = kept(async () => (this.given ? [] : this.kind.files(this.input)))
  private readonly look = kept((): Promise<OpenedSource> => this.kind.open(this.input, this.options))

  protected override async read(): Promise<void> {
    for (const file of await this.files()) fileRead(file)
  }

  protected async open(): Promise<Relation> {
    if (this.given) return this.given
    const opened = await this.look()
    const { sharedDuckDB } = await import('../engine/duckdb.ts')
    const engine: Engine = await sharedDuckDB()
    const relation = await opened.relation(engine)
    // Text files hand their missing texts to the engine; other sources compare values.
    return relation.textual ? relation : withMissing(relation, this.options.missing)
  }

  async records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined> {
    await this.read()
    return this.given ? undefined : (await this.look()).records
  }

  readonly fingerprint = kept(async (): Promise<string> => {
    const files = await this.files()
    if (files.length === 0) return contentFingerprint(await this.relation())
    return (await Promise.all(files.map(fileFingerprint))).join('+')
  })
}

class Slice extends Base {
  readonly name: string
  readonly source: string
  readonly slice: string
  readonly root: Dataset
  readonly key: readonly string[]
  readonly pii: readonly string[]
  private readonly parent: Dataset
  private readonly filter: Filter

  constructor(parent: Dataset, filter: Filter) {
    super()
    this.parent = parent
    this.filter = filter
    this.name = parent.name
    this.source = parent.source
    this.root = parent.root
    this.key = parent.key
    this.pii = parent.pii
    this.slice = [parent.slice, describeFilter(filter)].filter(Boolean).join(' and ')
  }

  protected async open(): Promise<Relation> {
    const relation = await this.parent.relation()
    const condition = filterSql(this.filter, relation.columns)
    const sliced = (table: Sql) => sql`(select * from ${table} where ${condition}) as t`
    return {
      ...relation,
      from: sliced(relation.from),
      ...(relation.numbered ? { numbered: sliced(relation.numbered) } : {}),
    }
  }

  async records(): Promise<undefined> {
    return undefined
  }

  fingerprint(): Promise<string> {
    return this.parent.fingerprint()
  }
}

/** For rows without a file: the count and a hash of names and values that does not depend on row order. */
async function contentFingerprint({ engine, columns, from }: Relation): Promise<string> {
  const { createHash } = await import('node:crypto')
  const hash = createHash('sha256').update(JSON.stringify(columns.map(({ name, type }) => [name, type])))
  if (engine.dialect.name === 'duckdb' && columns.length > 0) {
    const row = join(columns.map(({ name }) => id(name)))
    const [first] = await engine.query(
      sql`select count(*), cast(bit_xor(hash(${row})) as varchar), cast(sum(cast(hash(${row}) as hugeint) % 1000000007) as varchar) from ${from}`,
    )
    hash.update((first ?? []).map(String).join(' '))
  } else {
    const [first] = await engine.query(sql`select count(*) from ${from}`)
    return `rows:${String(first?.[0])}:${hash.digest('hex').slice(0, 16)}`
  }
  return `content:${hash.digest('hex').slice(0, 32)}`
}
