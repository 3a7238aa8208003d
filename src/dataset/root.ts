import path from 'node:path'
import type { Engine, Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { contentFingerprint } from './contentFingerprint.ts'
import { type DerivedColumns, derivedPersonal } from './derivedColumns.ts'
import { type DatasetIdentity, identityOf, remember } from './identity.ts'
import { kept } from '../engine/kept.ts'
import { namesOf, type Origin } from './origin.ts'
import { type SourcePlace, tagPersonal, taggedPersonal } from './personal.ts'
import { datasetRead, fileRead, patternRead } from '../bytes/reads.ts'
import { isRemote } from '../bytes/address.ts'
import type { DatasetOptions } from './datasetOptions.ts'
import type { Ancestry, SourceKind } from '../formats/source.ts'
import { together } from './together.ts'
import { type SourceRequest, checkNames, Version } from './version.ts'

/** A source: opened at first use, and anew once it is no longer what it was. */
export class Root implements Origin {
  readonly name: string
  private readonly exact: unknown
  readonly slice = undefined
  readonly key: readonly string[]
  readonly filters = []
  private readonly declared: readonly string[]
  private derived: DerivedColumns | undefined
  private readonly madeOf: Ancestry | undefined
  private filesRead: readonly string[] = []
  private readonly input: unknown
  private readonly kind: SourceKind
  /** The files that are named, which many records are not looked through for. */
  private readonly paths: readonly string[]
  private readonly request: SourceRequest
  private latest: Version | undefined

  constructor(input: unknown, kind: SourceKind, name: string, options: DatasetOptions) {
    this.input = input
    const listed: readonly unknown[] = Array.isArray(input) ? input : [input]
    this.paths = listed.filter((one) => typeof one === 'string')
    this.kind = kind
    this.name = name
    this.exact = kind.identity?.exact?.(input) ?? kind.identity?.words ?? kind.label(input)
    this.key = namesOf(options.key)
    this.declared = namesOf(options.pii)
    this.madeOf = kind.ancestry?.(input)
    // Whoever prints an error of the engine must know that there are such columns.
    tagPersonal([], this.declared)
    this.request = {
      name,
      input,
      kind,
      options,
      derived: (columns) => (this.derived = columns),
      reads: (files) => (this.filesRead = files),
    }
    remember(this.identity)
  }

  /** Its words are those of now: once a column is known to be personal, a query is told without values. */
  get identity(): DatasetIdentity {
    const { name, kind, input, exact } = this
    return identityOf(name, kind.identity?.words ?? kind.label(input), exact, this.request.options, kind.options)
  }

  get data(): unknown {
    return typeof this.input === 'object' && this.paths.length === 0 ? this.input : undefined
  }

  get pii(): readonly string[] {
    return [...new Set([...this.declared, ...this.derivedPersonal(), ...taggedPersonal(this.places())])]
  }

  private derivedPersonal(): readonly string[] {
    const { madeOf, derived } = this
    return madeOf && derived
      ? derivedPersonal(
          madeOf.text,
          derived,
          madeOf.inputs.flatMap(({ pii }) => pii),
        )
      : []
  }

  get ancestry(): Origin['ancestry'] {
    return this.madeOf && { ...this.madeOf, columns: this.derived }
  }

  /** Says that columns are personal, for everybody who reads the same data. */
  tag(columns: readonly string[]): void {
    tagPersonal(this.places(), columns)
  }

  private places(): readonly SourcePlace[] {
    const { input } = this
    const files = [...this.paths, ...this.filesRead].map((file) => (isRemote(file) ? file : path.resolve(file)))
    return typeof input === 'object' && input !== null ? [input, ...files] : files
  }

  get source(): string {
    return this.kind.label(this.input)
  }

  private readonly opened = together(async (): Promise<Version> => {
    if (this.latest && (await this.latest.same())) return this.latest
    this.latest = (await this.latest?.reopened()) ?? new Version(this.request, await this.kind.snapshot?.(this.input))
    return this.latest
  })

  async version(): Promise<object> {
    return (await this.opened()).content
  }

  /** Each use is told to who listens, not only the first: a dataset may serve several test files. */
  private async used(): Promise<Version> {
    const { name, source } = this.identity
    await datasetRead({ name, source, files: () => this.files(), tag: (columns) => this.tag(columns) })
    const version = await this.opened()
    for (const pattern of this.kind.patterns?.(this.input) ?? []) patternRead(pattern)
    for (const file of await version.files()) if (!isRemote(file)) fileRead(file)
    return version
  }

  async relation(): Promise<Relation> {
    return (await this.used()).current()
  }

  get holdAgain(): Origin['holdAgain'] {
    return this.paths.length > 0 ? async (isMoreToCome) => (await this.opened()).holdAgain(isMoreToCome) : undefined
  }

  async hold(): Promise<void> {
    await (await this.opened()).hold()
  }

  async on(engine: Engine): Promise<Relation> {
    return (await this.opened()).on(engine)
  }

  async files(): Promise<readonly string[]> {
    return (await this.opened()).files()
  }

  async bytes(): Promise<number> {
    return (await this.opened()).bytes()
  }

  async records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined> {
    return (await this.used()).records()
  }

  async fingerprint(): Promise<string | undefined> {
    return (await this.opened()).fingerprint()
  }
}

/** A relation that is open already, e.g. a table of another engine. */
export class OpenTable implements Origin {
  readonly name: string
  readonly source: string
  readonly identity: DatasetIdentity
  readonly slice = undefined
  readonly filters = []
  readonly key: readonly string[]
  private readonly declared: readonly string[]
  private readonly opened: Relation

  constructor(opened: Relation, { source, ...options }: DatasetOptions & { name: string; source?: string }) {
    const { name, key, pii } = options
    this.opened = opened
    this.name = name
    this.source = source ?? name
    this.identity = identityOf(name, this.source, this.source, options)
    remember(this.identity)
    this.key = namesOf(key)
    this.declared = namesOf(pii)
    tagPersonal([], this.declared)
  }

  get data(): unknown {
    return this.opened
  }

  get pii(): readonly string[] {
    return [...new Set([...this.declared, ...taggedPersonal([this.opened])])]
  }

  tag(columns: readonly string[]): void {
    tagPersonal([this.opened], columns)
  }

  async version(): Promise<object> {
    return this.opened
  }

  async relation(): Promise<Relation> {
    const names = this.opened.columns.map(({ name }) => name)
    checkNames('key', this.key, names)
    checkNames('pii', this.declared, names)
    return this.opened
  }

  async on(engine: Engine): Promise<Relation> {
    if (this.opened.engine === engine) return this.opened
    throw new AssayError(
      'wrong-argument',
      `the table ${JSON.stringify(this.name)} of another engine cannot stand in a query`,
    )
  }

  async files(): Promise<readonly string[]> {
    return []
  }

  async bytes(): Promise<number> {
    return 0
  }

  async records(): Promise<undefined> {}

  readonly fingerprint = kept(() => contentFingerprint(this.opened))
}
