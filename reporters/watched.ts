import path from 'node:path'
import type { TestModule, TestProject, Vitest } from 'vitest/node'
import { changeTime } from '../src/bytes/reads.ts'
import type { AssayMeta } from '../src/results/transport.ts'
import { globPattern, posix } from './globPattern.ts'
import { ReadsCache } from './readsCache.ts'

/** What a test file read in its last run: files with the time of their last change, and globs. */
interface Reads {
  readonly moduleId: string
  readonly files: ReadonlyMap<string, number>
  readonly globs: readonly RegExp[]
}

/** Knows which test files read which data, so that a change runs just these: in watch mode, and between runs. */
export class Watched {
  private readonly reads = new Map<string, Reads>()
  private vitest: Vitest | undefined
  private cache: ReadsCache | undefined
  /** Files that all tests turn to. */
  private readonly shared = new Set<string>()

  /** Where tests of changed files are asked for, adds those that read them. */
  async plan(vitest: Vitest, project: TestProject): Promise<void> {
    this.cache ??= new ReadsCache(vitest)
    await this.cache.widen(vitest, project)
  }

  /** Follows the watcher of a vitest that watches. */
  start(vitest: Vitest): void {
    this.vitest = vitest
    const watcher = vitest.vite?.watcher
    if (!vitest.config.watch || !watcher) return
    // vitest asks its trigger patterns of files that are new or changed, not of those that are gone.
    watcher.on('unlink', (file) => {
      if (this.testsOf(file).length > 0) watcher.emit('change', file)
    })
  }

  /** Makes a file one that all tests turn to: each of them runs again when it changes, comes or goes. */
  share(file: string): void {
    this.shared.add(file)
  }

  /** Forgets a test file that is gone. */
  remove(test: string): void {
    for (const [key, { moduleId }] of this.reads) if (moduleId === path.resolve(test)) this.reads.delete(key)
  }

  /** A test file begins: what it reads is not known until it has ended. */
  async begin(module: TestModule): Promise<void> {
    await this.cache?.begin(module)
  }

  /** Remembers what a test file read; what it read in an earlier run is forgotten. */
  async add(module: TestModule): Promise<void> {
    const files = new Map<string, number>()
    const patterns = new Set<string>()
    const meta = [module, ...module.children.allTests()].map((entity) => (entity.meta() as { assay?: AssayMeta }).assay)
    for (const entry of meta.flatMap((assay) => assay?.files ?? [])) {
      const space = entry.indexOf(' ')
      const file = entry.slice(space + 1)
      files.set(file, Math.max(files.get(file) ?? 0, Number(entry.slice(0, space))))
    }
    for (const pattern of meta.flatMap((assay) => assay?.patterns ?? [])) patterns.add(pattern)
    const globs = [...patterns].map(globPattern)
    this.reads.set(`${module.project.name}\n${module.moduleId}`, { moduleId: module.moduleId, files, globs })
    await this.cache?.add(module, [...files.keys()], [...patterns])
    if (!this.vitest?.config.watch) return
    this.vitest.vite?.watcher?.add([...files.keys(), ...[...patterns].map(folderOf)])
  }

  /** Keeps what is known for the next run. */
  async save(): Promise<void> {
    await this.cache?.save()
  }

  /** Tells vitest which test files to run again when a file changes. */
  readonly pattern = {
    pattern: /./,
    testsToRun: (file: string): string[] | undefined => {
      const tests = this.testsOf(file)
      return tests.length > 0 ? tests : undefined
    },
  }

  private testsOf(changed: string): string[] {
    const file = path.resolve(changed)
    const now = changeTime(file)
    const tests = new Set<string>()
    for (const { moduleId, files, globs } of this.reads.values()) {
      const then = files.get(file)
      // A file that the test itself wrote changed before the test read it.
      if (this.shared.has(file) || (then === undefined ? globs.some((glob) => glob.test(posix(file))) : then !== now))
        tests.add(moduleId)
    }
    return [...tests]
  }
}

/** The part of a glob that holds no wildcard: the folder to watch. */
function folderOf(glob: string): string {
  const wild = glob.search(/[*?[{(]/)
  return wild < 0 ? glob : path.dirname(`${glob.slice(0, wild)}x`)
}
