import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { TestModule, TestProject, Vitest } from 'vitest/node'
import { writeWhole } from '../src/results/writeWhole.ts'
import { cacheFolder } from './cacheFolder.ts'
import { globPattern, posix } from './globPattern.ts'

/** What a test file read when it last ran, as paths and globs from the vitest root. */
export interface ReadsOfFile {
  readonly files: readonly string[]
  readonly globs: readonly string[]
}

/** Whether vitest's own graph of imports knows such a file. */
const isCode = (file: string): boolean => /\.([cm]?[jt]sx?|vue|svelte|css|scss|less|html|md)$/i.test(file)

/**
 * Knows between runs which test files read which data, so that `vitest related data.csv` and `--changed` run the tests
 * that read what changed. A test file that was never seen to run may read anything: it runs whenever data changed.
 */
export class ReadsCache {
  private readonly root: string
  private readonly file: string | undefined
  /** By project and test file, as `keyOf` says. */
  private readonly known = new Map<string, ReadsOfFile>()
  /** What was known of test files of this run before they began. */
  private readonly earlier = new Map<string, ReadsOfFile | undefined>()
  /** Test files by the same keys. */
  private readonly tests = new Map<string, string>()
  private loaded: Promise<void> | undefined

  constructor(vitest: Vitest) {
    this.root = vitest.config.root
    const folder = cacheFolder(vitest)
    this.file = folder && path.join(folder, 'reads.json')
  }

  /** Makes vitest run the tests that read data where it is asked for those of changed files. */
  async widen(vitest: Vitest, project: TestProject): Promise<void> {
    const { config } = vitest
    if (!config.related && !config.changed) return
    await this.load()
    const { testFiles } = await project.globTestFiles()
    for (const test of testFiles) this.tests.set(this.keyOf(project.name, test), test)
    const first = this.tests.size === testFiles.length
    let related = config.related
    if (related) config.related = [...related, ...this.testsReading(related)]
    // With --changed vitest asks git when it looks for tests, and sets the files then.
    else if (first)
      Object.defineProperty(config, 'related', {
        configurable: true,
        enumerable: true,
        get: () => related,
        set: (files: string[] | undefined) => {
          related = files && [...files, ...this.testsReading(files)]
        },
      })
  }

  /** The test files that read one of the files when they last ran, and those that nothing is known of. */
  private testsReading(changed: readonly string[]): string[] {
    const data = changed.filter((file) => !isCode(file)).map((file) => this.relative(file))
    if (data.length === 0) return []
    const reading = [...this.tests].filter(([key]) => {
      const reads = this.known.get(key)
      if (!reads) return true
      const globs = reads.globs.map(globPattern)
      return data.some((file) => reads.files.includes(file) || globs.some((glob) => glob.test(file)))
    })
    return [...new Set(reading.map(([, test]) => test))]
  }

  /** A test file begins: until it has ended, and where it never does, nothing is known of it. */
  async begin({ moduleId, project }: TestModule): Promise<void> {
    await this.load()
    const key = this.keyOf(project.name, moduleId)
    this.earlier.set(key, this.known.get(key))
    this.known.delete(key)
  }

  /**
   * Remembers what a test file read; where some of its tests were left out, beside what was known. What fails may have
   * stopped before it read all: nothing is known of it.
   */
  async add(module: TestModule, files: readonly string[], globs: readonly string[]): Promise<void> {
    await this.load()
    const key = this.keyOf(module.project.name, module.moduleId)
    const tests = [...module.children.allTests()]
    const whole = tests.length > 0 && tests.every((test) => test.result().state === 'passed')
    const before = whole ? undefined : this.earlier.get(key)
    if (!module.ok() || (!whole && !before)) return
    const all = (own: readonly string[], earlier: readonly string[] = []) => [
      ...new Set([...earlier, ...own.map((file) => this.relative(file))]),
    ]
    this.known.set(key, { files: all(files, before?.files), globs: all(globs, before?.globs) })
  }

  /** Keeps what is known for the next run, beside what other runs have learned meanwhile of other test files. */
  async save(): Promise<void> {
    if (!this.file || this.earlier.size === 0) return
    const kept = await this.read()
    for (const key of this.earlier.keys()) {
      const reads = this.known.get(key)
      if (reads) kept.set(key, reads)
      else kept.delete(key)
    }
    this.earlier.clear()
    // A folder that cannot be written makes later runs run more, not this one fail.
    await writeWhole(this.file, JSON.stringify(Object.fromEntries(kept))).catch(() => {})
  }

  private load(): Promise<void> {
    this.loaded ??= this.read().then((kept) => {
      for (const [key, reads] of kept) this.known.set(key, reads)
    })
    return this.loaded
  }

  private async read(): Promise<Map<string, ReadsOfFile>> {
    try {
      const kept = JSON.parse(await readFile(this.file ?? '', 'utf8')) as Record<string, ReadsOfFile>
      return new Map(
        Object.entries(kept).filter(([, { files, globs }]) => Array.isArray(files) && Array.isArray(globs)),
      )
    } catch {
      return new Map()
    }
  }

  private keyOf(project: string, test: string): string {
    return `${project} ${this.relative(test)}`
  }

  private relative(file: string): string {
    return posix(path.relative(this.root, file)) + (/[/\\]$/.test(file) ? '/' : '')
  }
}
