import type { Engine, Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { contentFingerprint } from './contentFingerprint.ts'
import { kept } from './kept.ts'
import { namesOf, type Origin } from './origin.ts'
import { datasetRead, fileRead, patternRead } from './reads.ts'
import { type DatasetOptions, isRemote, type SourceKind } from './source.ts'
import { together } from './together.ts'
import { type Asked, Version } from './version.ts'

/** A source: opened at first use, and anew once it is no longer what it was. */
export class Root implements Origin {
  readonly name: string
  readonly slice = undefined
  readonly key: readonly string[]
  /** Grows when the source is opened, by what it says is personal. */
  readonly pii: string[]
  private readonly input: unknown
  private readonly kind: SourceKind
  private readonly asked: Asked
  private latest: Version | undefined

  constructor(input: unknown, kind: SourceKind, name: string, options: DatasetOptions) {
    this.input = input
    this.kind = kind
    this.name = name
    this.key = namesOf(options.key)
    this.pii = [...namesOf(options.pii)]
    const personal = (names: readonly string[]): void => {
      this.pii.push(...names.filter((one) => !this.pii.includes(one)))
    }
    this.asked = { name, input, kind, options, personal }
  }

  get source(): string {
    return this.kind.label(this.input)
  }

  readonly version = together(async (): Promise<Version> => {
    if (this.latest && (await this.latest.same())) return this.latest
    this.latest = new Version(this.asked, await this.kind.snapshot?.(this.input))
    return this.latest
  })

  /** Each use is told to who listens, not only the first: a dataset may serve several test files. */
  private async used(): Promise<Version> {
    datasetRead(this.name)
    const version = await this.version()
    for (const pattern of this.kind.patterns?.(this.input) ?? []) patternRead(pattern)
    for (const file of await version.files()) if (!isRemote(file)) fileRead(file)
    return version
  }

  async relation(): Promise<Relation> {
    return (await this.used()).relation()
  }

  async on(engine: Engine): Promise<Relation> {
    return (await this.version()).on(engine)
  }

  async files(): Promise<readonly string[]> {
    return (await this.version()).files()
  }

  async records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined> {
    return (await this.used()).records()
  }

  async fingerprint(): Promise<string> {
    return (await this.version()).fingerprint()
  }
}

/** A relation that is open already, e.g. a table of another engine. */
export class OpenTable implements Origin {
  readonly name: string
  readonly source: string
  readonly slice = undefined
  readonly key: readonly string[]
  readonly pii: readonly string[]
  private readonly opened: Relation

  constructor(opened: Relation, { name, source = name, key, pii }: DatasetOptions & { name: string; source?: string }) {
    this.opened = opened
    this.name = name
    this.source = source
    this.key = namesOf(key)
    this.pii = namesOf(pii)
  }

  async version(): Promise<object> {
    return this.opened
  }

  async relation(): Promise<Relation> {
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

  async records(): Promise<undefined> {}

  readonly fingerprint = kept(() => contentFingerprint(this.opened))
}
