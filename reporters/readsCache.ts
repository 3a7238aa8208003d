import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { TestModule, TestProject, Vitest } from 'vitest/node'
import { writeWhole } from '../src/results/writeWhole.ts'
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
  private readonly known = new Map<string, ReadsOfFile>()
  private readonly tests = new Set<string>()
  private loaded: Promise<void> | undefined
  private changed = false

  constructor(vitest: Vitest) {
    this.root = vitest.config.root
    // Typed as always there; `cache: false` is what the option says.
    const off = (vitest.config as { cache?: unknown }).cache === false
    this.file = off ? undefined : path.join(vitest.vite.config.cacheDir, 'assay', 'reads.json')
  }

  /** Makes vitest run the tests that read data where it is asked for those of changed files. */
  async widen(vitest: Vitest, project: TestProject): Promise<void> {
    const { config } = vitest
    if (!config.related && !config.changed) return
    await this.load()
    const { testFiles } = await project.globTestFiles()
    for (const test of testFiles) this.tests.add(test)
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
    return [...this.tests].filter((test) => {
      const reads = this.known.get(this.relative(test))
      if (!reads) return true
      const globs = reads.globs.map(globPattern)
      return data.some((file) => reads.files.includes(file) || globs.some((glob) => glob.test(file)))
    })
  }

  /** Remembers what a test file read; where some of its tests did not run, beside what was known. */
  async add(module: TestModule, files: readonly string[], globs: readonly string[]): Promise<void> {
    await this.load()
    const test = this.relative(module.moduleId)
    const tests = [...module.children.allTests()]
    const whole = tests.length > 0 && tests.every((one) => ['passed', 'failed'].includes(one.result().state))
    const before = whole ? undefined : this.known.get(test)
    if (!whole && !before) return
    const all = (own: readonly string[], earlier: readonly string[] = []) => [
      ...new Set([...earlier, ...own.map((file) => this.relative(file))]),
    ]
    this.known.set(test, { files: all(files, before?.files), globs: all(globs, before?.globs) })
    this.changed = true
  }

  /** Keeps what is known for the next run. */
  async save(): Promise<void> {
    if (!this.file || !this.changed) return
    this.changed = false
    // A folder that cannot be written makes later runs run more, not this one fail.
    await writeWhole(this.file, JSON.stringify(Object.fromEntries(this.known))).catch(() => {})
  }

  private load(): Promise<void> {
    this.loaded ??= this.read()
    return this.loaded
  }

  private async read(): Promise<void> {
    try {
      const kept = JSON.parse(await readFile(this.file ?? '', 'utf8')) as Record<string, ReadsOfFile>
      for (const [test, { files, globs }] of Object.entries(kept)) {
        if (Array.isArray(files) && Array.isArray(globs)) this.known.set(test, { files, globs })
      }
    } catch {
      this.known.clear()
    }
  }

  private relative(file: string): string {
    return posix(path.relative(this.root, file)) + (/[/\\]$/.test(file) ? '/' : '')
  }
}
