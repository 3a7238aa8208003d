import { isHeldAsText } from '../cells/cell.ts'
import { type Engine, isReserved, type Relation, type SourceFindings } from '../engine/engine.ts'
import { stateOf } from '../engine/keptAnswers.ts'
import { isWide, remade } from '../engine/narrowing.ts'
import { runStoppable } from '../engine/running.ts'
import { statedCounts, stating } from '../engine/statedCounts.ts'
import { AssayError, hasCode, nearestHint } from '../errors.ts'
import { guarded, sql } from '../sql/sql.ts'
import { askedBefore, keepAsked } from './askedAgain.ts'
import { contentFingerprint, fingerprintOfCells } from './contentFingerprint.ts'
import { fileFingerprint } from '../bytes/files.ts'
import { copyableOf } from '../cells/copyable.ts'
import { areNeededAgain, canBeHeld, type HeldRows, heldRows, type RowsSource } from './heldRows.ts'
import { kept } from '../engine/kept.ts'
import type { DerivedColumns } from './derivedColumns.ts'
import { namesOf } from './origin.ts'
import { isRemote } from '../bytes/address.ts'
import { unpackedBytes } from '../bytes/unpackedBytes.ts'
import type { DatasetOptions } from './datasetOptions.ts'
import type { OpenedSource, Snapshot, SourceKind } from '../formats/source.ts'
import { withMissing } from '../cells/withMissing.ts'
import { withTypes } from '../cells/withTypes.ts'
import { withTimezone } from '../cells/withTimezone.ts'

/** What a version is of. */
export interface SourceRequest {
  readonly name: string
  readonly input: unknown
  readonly kind: SourceKind
  readonly options: DatasetOptions
  /** Hears which columns there are, of a source that is made of datasets. */
  derived(columns: DerivedColumns): void
  /** Hears which files are read. */
  reads(files: readonly string[]): void
}

/**
 * A source for as long as it does not change: looked at once, opened once, and all that is known of it with it. What
 * is asked while it changes is an AssayError `changed`, never an answer about half of each.
 */
export class Version {
  /** The same for as long as the source is, whichever engine it is open on. */
  readonly content: object
  private readonly request: SourceRequest
  private snapshot: Snapshot | undefined
  private readonly look: () => Promise<OpenedSource>
  private retired = false
  /** The columns as the source has them, before the options are heard. */
  private asOpened: Relation | undefined
  /** The rows in a table of the engine, once they were asked for that often. */
  private inEngine: HeldRows | undefined
  /** The relation over them. */
  private read: Relation | undefined

  constructor(
    request: SourceRequest,
    snapshot: Snapshot | undefined,
    look = kept(() =>
      runStoppable((signal) => snapshot?.open?.() ?? request.kind.open(request.input, request.options, signal)),
    ),
    content: object = {},
  ) {
    this.content = content
    this.request = request
    this.snapshot = snapshot
    this.look = async () => {
      const opened = await look()
      this.snapshot ??= opened.snapshot
      return opened
    }
  }

  /** The same source, to be opened on another engine where its own has ended; undefined where it is another one. */
  async reopened(): Promise<Version | undefined> {
    if (!this.lost || !(await this.unchanged())) return undefined
    this.inEngine?.release()
    return new Version(this.request, this.snapshot, this.look, this.content)
  }

  /** Whether the source is still what it was, and the engine it is open on answers. */
  async same(): Promise<boolean> {
    return (await this.unchanged()) && !this.lost
  }

  /** The engine it was open on has ended with an error of its own. */
  get lost(): boolean {
    return this.asOpened?.engine.lost === true
  }

  private async unchanged(): Promise<boolean> {
    if (!this.retired && this.snapshot && !(await this.snapshot.same())) this.retire()
    return !this.retired
  }

  /** Lets go of what the engine holds; who still asks hears that the source has changed. */
  private retire(): void {
    this.retired = true
    this.inEngine?.release()
    this.asOpened?.release?.().catch(() => {})
  }

  private readonly check = stateOf(
    (): void | Promise<void> => {
      const intact = !this.retired && (this.snapshot?.intact?.() ?? true)
      return typeof intact === 'boolean' ? this.mustBe(intact) : intact.then((is) => this.mustBe(is))
    },
    () => this.state(),
  )

  private state(): string | undefined {
    return this.retired ? undefined : this.snapshot?.state?.()
  }

  private mustBe(intact: boolean): void {
    if (!intact && !this.retired) this.retire()
    if (this.retired) throw this.changed()
  }

  private changed(): AssayError {
    return new AssayError('changed', `${JSON.stringify(this.request.name)} changed while it was read`, {
      hint: 'ask again once whoever writes it is done, or test a copy',
    })
  }

  /** An answer about the source, if it is the same afterwards; else, and where there is none, that it has changed. */
  private async whole<T>(work: () => Promise<T>): Promise<T> {
    if (this.snapshot?.isOwn) return work()
    try {
      const answer = await work()
      if (await this.unchanged()) return answer
    } catch (error) {
      if (hasCode(error, 'aborted') || (await this.unchanged())) throw error
    }
    throw this.changed()
  }

  readonly files = kept(async () => {
    const files = await this.request.kind.files(this.request.input)
    this.request.reads(files)
    return files
  })

  /** How many bytes the rows are read from, at a guess where they are compressed; 0 where they lie in memory. */
  readonly bytes = kept(async () => (await this.look()).bytes?.() ?? unpackedBytes(await this.files()))

  readonly relation = kept(() =>
    this.whole(async () => {
      const opened = await this.look()
      const { sharedDuckDB } = await import('../engine/duckdb.ts')
      const engine = opened.engine ? await opened.engine() : await sharedDuckDB()
      this.asOpened = await runStoppable((signal) => opened.relation(engine, { signal }))
      return this.shaped(this.asOpened)
    }),
  )

  /** The rows as they cost least to read. */
  async current(): Promise<Relation> {
    const opened = await this.relation()
    return this.read ?? opened
  }

  /** From now on the rows are read from a table of the engine, where that costs less and there is room for it. */
  readonly hold = kept(async () => {
    const held = await this.heldRows()
    if (!held) return
    this.read = held.relation
    keepAsked(await this.files(), 'again')
  })

  /**
   * The same where others of the run have read them, where an earlier run has again and again, or where nothing is known of
   * one and more is going to be asked: what those left is read, or something is left for the next. What is asked is what
   * would be asked of the source, to which others may have the answers.
   */
  holdAgain(isMoreToCome: () => Promise<boolean>): Promise<void> {
    this.heldAgain ??= kept(() => this.holdWhereNeeded(isMoreToCome))
    return this.heldAgain()
  }

  private heldAgain: (() => Promise<void>) | undefined

  private async holdWhereNeeded(isMoreToCome: () => Promise<boolean>): Promise<void> {
    const rows = await this.rowsToHold()
    if (!rows || isWide(rows)) return
    const source = await this.source()
    if (!canBeHeld(rows, source.bytes)) return
    const files = await this.files()
    const before = askedBefore(files)
    const isForeseen = before === undefined ? await isMoreToCome() : before === 'again'
    if (!isForeseen && !(await areNeededAgain(rows, source))) return
    const { scanCost, columnar = false } = await this.relation()
    const held = await this.heldRows()
    if (!held) return
    this.read ??= remade(held.relation, (relation) => ({ ...relation, scanCost, columnar }))
    if (before === undefined && isForeseen) keepAsked(files, 'once')
  }

  private readonly heldRows = kept(async (): Promise<HeldRows | undefined> => {
    const rows = await this.rowsToHold()
    const held = rows && (await heldRows(rows, await this.source()))
    if (held && this.retired) held.release()
    if (!held || this.retired) return undefined
    this.inEngine = held
    return rows === this.asOpened ? { ...held, relation: await this.shaped(held.relation) } : held
  })

  /** What is held as it is in the file is read like it. */
  private async rowsToHold(): Promise<Relation | undefined> {
    const relation = await this.relation()
    if (relation.scanCost !== 'high') return undefined
    return this.asOpened && copyableOf(this.asOpened) ? this.asOpened : relation
  }

  private async source(): Promise<RowsSource> {
    return { bytes: await this.bytes(), state: () => this.state(), whole: (work) => this.whole(work) }
  }

  async on(engine: Engine): Promise<Relation> {
    const opened = await this.look()
    if (!opened.inline)
      return this.whole(async () => this.shaped(await runStoppable((signal) => opened.relation(engine, { signal }))))
    await this.relation()
    const { numbered: _, ...relation } = this.asOpened as Relation
    return this.shaped({ ...relation, engine, from: sql`(${await opened.inline(engine)}\n) as t` })
  }

  private async shaped(opened: Relation): Promise<Relation> {
    const { options } = this.request
    const names = opened.columns.map(({ name }) => name)
    refuseReserved(names)
    checkNames('key', namesOf(options.key), names)
    checkNames('pii', namesOf(options.pii), names)
    checkNames('types', Object.keys(options.types ?? {}), names)
    await this.derive(names)
    const counts = statedCounts(opened)
    const relation = stating(
      remade(opened, (rows) => this.guarded(rows)),
      counts && ((query) => this.whole(() => counts(query))),
    )
    // Text files hand their missing texts to the engine; other sources compare values.
    const present = relation.columns.some(isHeldAsText) ? relation : withMissing(relation, options.missing)
    return withTimezone(await withTypes(present, options.types), options)
  }

  /** Who says which columns of a query are personal knows all that it makes of others. */
  private async derive(all: readonly string[]): Promise<void> {
    if (this.request.options.pii !== undefined) return
    const made = await (await this.look()).made?.(all)
    if (made) this.request.derived({ all, made })
  }

  /** The relation with every way to read from it watched. */
  private guarded(relation: Relation): Relation {
    const { findings, locate, diagnose, numbered } = relation
    return {
      ...relation,
      from: guarded(relation.from, this.check),
      ...(numbered ? { numbered: guarded(numbered, this.check) } : {}),
      ...(findings ? { findings: async (options) => this.weighed(await this.whole(() => findings(options))) } : {}),
      ...(locate ? { locate: (rows, options) => this.whole(() => locate(rows, options)) } : {}),
      ...(diagnose ? { diagnose: (options) => this.whole(() => diagnose(options)) } : {}),
    }
  }

  private weighed(findings: SourceFindings): SourceFindings {
    const { malformed } = this.request.options
    if (malformed === 'warn') return { ...findings, severity: 'warn' }
    const { severity: _, ...all } = findings
    return malformed === 'fail' ? all : findings
  }

  async records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined> {
    return (await this.look()).records
  }

  readonly fingerprint = kept(async () => (await this.ofValues()) ?? this.whole(() => this.ofSource()))

  /** Of values in memory as they were looked at, which nobody has to look at again. */
  private async ofValues(): Promise<string | undefined> {
    const { kind, options } = this.request
    const isAsRead = options.missing === undefined && options.timezone === undefined
    if (kind.fingerprint || !isAsRead || (await this.files()).length > 0) return undefined
    const { values } = await this.look()
    return values && fingerprintOfCells(values)
  }

  private async ofSource(): Promise<string | undefined> {
    const { kind, input } = this.request
    if (kind.fingerprint) return kind.fingerprint(input)
    const files = (await this.files()).filter((file) => !isRemote(file))
    if (files.length > 0) return (await Promise.all(files.map(fileFingerprint))).join('+')
    const own = (await this.look()).fingerprint
    return own ? own() : contentFingerprint(await this.relation())
  }
}

/** Throws for a name in an option that is no column. */
export function checkNames(option: string, names: readonly string[], columns: readonly string[]): void {
  // No records have no columns: nothing says that they would not have had this one.
  const unknown = columns.length > 0 ? names.find((name) => !columns.includes(name)) : undefined
  if (unknown === undefined) return
  throw new AssayError('missing-column', `${option}: there is no column ${JSON.stringify(unknown)}`, {
    hint: nearestHint(unknown, columns, `the columns are ${columns.join(', ')}`),
  })
}

/** Of queries, tables and groups of lines the author can name columns otherwise. */
function refuseReserved(names: readonly string[]): void {
  const reserved = names.find(isReserved)
  if (reserved === undefined) return
  throw new AssayError('unsupported-source', `a column is called ${JSON.stringify(reserved)}`, {
    hint: 'names that begin with "__assay_" are kept for columns that Assay adds: give it another one, in a query with "as"',
  })
}
