import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Table } from 'apache-arrow'
import type { Engine, Relation, RowValue, SourceFindings } from '../engine/engine.ts'
import { ROW_NUMBER } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { brandTable, id, isSql, isTable, join, type Sql, sql } from '../sql/sql.ts'
import { oneCondition } from './authorSql.ts'
import { checkOptions } from './datasetOptions.ts'
import { type CheckedFilter, checkedFilter, describeFilter, type Filter, filterSql } from './filter.ts'
import { fileFingerprint } from './files.ts'
import { kept } from './kept.ts'
import { fileRead, patternRead } from './reads.ts'
import { checkSize, sampled } from './sampled.ts'
import { type DatasetOptions, isRemote, type OpenedSource, type SourceKind, withoutSecrets } from './source.ts'
import { type DatasetSource, sources } from './sources.ts'
import { textOptionNames } from './text/textOptions.ts'
import { withMissing } from './withMissing.ts'
import { withTimezone } from './withTimezone.ts'
import { countText } from '../numberText.ts'

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
  /**
   * All rows as objects. Nothing is lost: bigints for integers wider than 32 bits, `Date` for instants it can hold
   * exactly, bytes, arrays and objects for nested values, and text for what JavaScript has no type for (decimals,
   * times, intervals, microseconds). `docs/fidelity.md` has the table.
   */
  rows(): Promise<Record<string, RowValue>[]>
  /** `size` rows drawn at random, all of them where there are fewer; the same ones for the same seed (default 1). */
  sample(size: number, options?: { readonly seed?: number | string }): Dataset
  /**
   * All rows as an Arrow table of one batch, in memory. Types survive: integer widths, decimals, units of time,
   * dictionaries, nested values; what Arrow has no type for is text. Needs the package `apache-arrow`, loaded here.
   */
  toArrow(): Promise<Table>
  /** A fingerprint of the content, whatever the file is called. */
  fingerprint(): Promise<string>
  /** The open relation of this slice. */
  relation(): Promise<Relation>
  /** The files that are read, as they were named; none for other sources. */
  files(): Promise<readonly string[]>
  /** The rows opened anew on another engine, where a query uses them as a table. */
  on(engine: Engine): Promise<Relation>
  /** The records as handed over, with the slice's rows only when there is no slice; undefined for other sources. */
  records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined>
}

export type { DatasetSource } from './sources.ts'

/** Opens a dataset. Nothing is read until it is used. */
export function dataset(source: DatasetSource, options: DatasetOptions = {}): Dataset {
  checkOptions(options)
  const kind = sources.find((candidate) => candidate.accepts(source, options))
  if (!kind) throw unsupported(source)
  const strange = textOptionNames.find((one) => options[one] !== undefined && !kind.options?.includes(one))
  if (strange) {
    throw new AssayError(
      'wrong-argument',
      `dataset(): ${strange} says how text is written, and this is ${kind.reads}`,
      {
        hint: `leave ${strange} out`,
      },
    )
  }
  const name = options.name ?? nameOf(source)
  return new Root(source, kind, name, options)
}

/** The file's name without its endings; of a list, the first file's; of a glob, the part that is the same for all. */
function nameOf(source: DatasetSource): string {
  const first = Array.isArray(source) ? (source as readonly unknown[])[0] : source
  if (isSql(first)) return 'query'
  if (typeof first !== 'string') return 'records'
  if (isRemote(first)) return nameOfFile(withoutSecrets(first))
  const fixed = existsSync(first) ? first : first.slice(0, /[*?[{]|$/.exec(first)?.index)
  if (fixed !== first) {
    const begun = /[\\/]$/.test(fixed) ? '' : path.basename(fixed).replace(/[-_.\s=]+$/, '')
    return begun || path.basename(path.resolve(path.dirname(`${fixed}x`)))
  }
  return nameOfFile(first)
}

const nameOfFile = (file: string): string => path.parse(path.basename(file).replace(/\.(gz|zst)$/i, '')).name

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
  return isTable(value)
}

/** Whether the value is a column of a dataset. */
export function isDatasetColumn(value: unknown): value is DatasetColumn {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, columnBrand)
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
  abstract files(): Promise<readonly string[]>
  abstract on(engine: Engine): Promise<Relation>
  abstract records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined>
  protected abstract open(): Promise<Relation>
  private readonly opened = kept(() => this.open())

  constructor() {
    brandTable(this)
  }

  column(name: string): DatasetColumn {
    const column = { dataset: this, name }
    Object.defineProperty(column, columnBrand, { value: true })
    return column
  }

  where(filter: Filter): Dataset {
    const checked = checkedFilter(filter)
    return new Slice(this, describeFilter(checked), (relation) => filtered(relation, checked))
  }

  sample(size: number, { seed = 1 }: { readonly seed?: number | string } = {}): Dataset {
    checkSize(size)
    const words = `a sample of ${countText(size, 'row')} (seed ${JSON.stringify(seed)})`
    return new Slice(this, words, (relation) => sampled(relation, size, seed))
  }

  async toArrow(): Promise<Table> {
    const { columns } = await this.relation()
    const { toArrow } = await import('./toArrow.ts')
    return toArrow(columns, await this.rows())
  }

  async relation(): Promise<Relation> {
    // Each use is told, not only the first: a dataset may serve several test files.
    await (this.root as Base).read()
    return this.opened()
  }

  /** Tells who listens which files this dataset reads. */
  protected async read(): Promise<void> {}

  async rows(): Promise<Record<string, RowValue>[]> {
    const { engine, columns, from, numbered, findings } = await this.relation()
    checkNoneLost(this.name, await findings?.())
    if (columns.length === 0) {
      const [counted] = await engine.query(sql`select count(*) from ${from}`)
      return Array.from({ length: Number(counted?.[0]) }, () => ({}))
    }
    const selected = join(columns.map(({ name }) => id(name)))
    const ordered = numbered
      ? sql`select ${selected} from ${numbered} order by ${id(ROW_NUMBER)}`
      : sql`select ${selected} from ${from}`
    const rows = await engine.query(ordered)
    return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] as RowValue])))
  }
}

class Root extends Base {
  readonly name: string
  readonly source: string
  readonly slice = undefined
  readonly root: Dataset = this
  readonly key: readonly string[]
  /** Grows when the source is opened, by what it says is personal. */
  readonly pii: string[]
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
    this.pii = [...list(options.pii)]
  }

  /** The files of the source; a glob is expanded once. */
  readonly files = kept(async (): Promise<readonly string[]> => (this.given ? [] : this.kind.files(this.input)))
  private readonly look = kept((): Promise<OpenedSource> => this.kind.open(this.input, this.options))

  protected override async read(): Promise<void> {
    for (const pattern of this.given ? [] : (this.kind.patterns?.(this.input) ?? [])) patternRead(pattern)
    for (const file of await this.files()) if (!isRemote(file)) fileRead(file)
  }

  protected async open(): Promise<Relation> {
    if (this.given) return this.given
    const opened = await this.look()
    const { sharedDuckDB } = await import('../engine/duckdb.ts')
    const relation = await opened.relation(opened.engine ? await opened.engine() : await sharedDuckDB())
    this.asOpened = relation
    return this.shaped(relation, opened)
  }

  /** The columns as the source has them, before the options are heard. */
  private asOpened: Relation | undefined

  private async shaped(relation: Relation, opened: OpenedSource): Promise<Relation> {
    const personal = (await opened.personal?.(relation.columns.map(({ name }) => name))) ?? []
    this.pii.push(...personal.filter((name) => !this.pii.includes(name)))
    // Text files hand their missing texts to the engine; other sources compare values.
    const present = relation.textual ? relation : withMissing(relation, this.options.missing)
    return this.tolerant(withTimezone(present, this.options))
  }

  private tolerant(relation: Relation): Relation {
    const { findings } = relation
    if (this.options.malformed !== 'warn' || !findings) return relation
    return { ...relation, findings: async (options) => ({ ...(await findings(options)), severity: 'warn' }) }
  }

  async on(engine: Engine): Promise<Relation> {
    if (this.given) {
      if (this.given.engine === engine) return this.given
      throw new AssayError(
        'wrong-argument',
        `the table ${JSON.stringify(this.name)} of another engine cannot stand in a query`,
      )
    }
    const opened = await this.look()
    if (!opened.inline) return this.shaped(await opened.relation(engine), opened)
    await this.relation()
    const { numbered: _, ...relation } = this.asOpened as Relation
    return this.shaped({ ...relation, engine, from: sql`(${await opened.inline(engine)}\n) as t` }, opened)
  }

  async records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined> {
    await this.read()
    return this.given ? undefined : (await this.look()).records
  }

  readonly fingerprint = kept(async (): Promise<string> => {
    if (this.kind.fingerprint) return this.kind.fingerprint(this.input)
    const files = (await this.files()).filter((file) => !isRemote(file))
    if (files.length === 0) {
      const own = this.given ? undefined : (await this.look()).fingerprint
      return own ? own() : contentFingerprint(await this.relation())
    }
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
  private readonly cut: (relation: Relation) => Promise<Relation>

  constructor(parent: Dataset, words: string, cut: (relation: Relation) => Promise<Relation>) {
    super()
    this.parent = parent
    this.cut = cut
    this.name = parent.name
    this.source = parent.source
    this.root = parent.root
    this.key = parent.key
    this.pii = parent.pii
    this.slice = [parent.slice, words].filter(Boolean).join(' and ')
  }

  protected async open(): Promise<Relation> {
    return this.cut(await this.parent.relation())
  }

  files(): Promise<readonly string[]> {
    return this.parent.files()
  }

  async on(engine: Engine): Promise<Relation> {
    return this.cut(await this.parent.on(engine))
  }

  async records(): Promise<undefined> {
    return undefined
  }

  fingerprint(): Promise<string> {
    return this.parent.fingerprint()
  }
}

/** Rows that are handed over without a verdict beside them must be all of them. */
function checkNoneLost(name: string, found: SourceFindings | undefined): void {
  if (!found || found.rowsLost === 0 || found.severity === 'warn') return
  const [{ file, line, reason } = { file: '', line: 0, reason: '' }] = found.first
  throw new AssayError(
    'unreadable-file',
    `${found.rowsLost} records of ${JSON.stringify(name)} cannot be read; the first finding: line ${line} of ${JSON.stringify(file)}, ${reason}`,
    { hint: "mend the file, or say malformed: 'warn' to go on without them" },
  )
}

async function filtered(relation: Relation, filter: CheckedFilter): Promise<Relation> {
  if (isSql(filter) && relation.engine.dialect.name === 'duckdb') await oneCondition(filter, relation.engine)
  const condition = filterSql(filter, relation.columns, relation.engine.dialect)
  const sliced = (table: Sql) => sql`(select * from ${table} where ${condition}) as t`
  return {
    ...relation,
    from: sliced(relation.from),
    ...(relation.numbered ? { numbered: sliced(relation.numbered) } : {}),
  }
}

/** Equal values of one logical type are hashed alike, however wide or fine the column that holds them. */
function canonical(column: Sql, type: LogicalType): Sql {
  if (type === 'boolean' || type === 'date') return column
  if (type === 'number') return sql`cast(${column} as double)`
  return type === 'integer' ? sql`cast(${column} as hugeint)` : sql`cast(${column} as varchar)`
}

/** For rows without a file: the count and a hash of names and values that does not depend on row order. */
async function contentFingerprint({ engine, columns, from }: Relation): Promise<string> {
  const { createHash } = await import('node:crypto')
  const hash = createHash('sha256').update(JSON.stringify(columns.map(({ name, type }) => [name, type])))
  if (engine.dialect.name === 'duckdb' && columns.length > 0) {
    const row = join(columns.map(({ name, type }) => canonical(id(name), type)))
    const [first] = await engine.query(
      sql`select count(*), bit_xor(h), sum(h % 1000000007) from (select hash(${row}) as h from ${from})`,
    )
    hash.update((first ?? []).map(String).join(' '))
  } else {
    const [first] = await engine.query(sql`select count(*) from ${from}`)
    return `rows:${String(first?.[0])}:${hash.digest('hex').slice(0, 16)}`
  }
  return `content:${hash.digest('hex').slice(0, 32)}`
}
