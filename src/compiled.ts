import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { runInThisContext, Script } from 'node:vm'

/** A script of the package in this process. */
interface Loaded {
  readonly script: Script
  readonly kept: string
  readonly exports: unknown
  /** How many scripts were loaded where that was compiled which is kept; 0 where nothing is. */
  known: number
}

const loaded = new Map<string, Loaded>()
/** A count and a hash stand before what V8 compiled. */
const HEAD = 33

/**
 * What a CommonJS file exports, whose name says its content. Where the plugin says so (`ASSAY_COMPILED`) it is not compiled
 * anew, but from what an earlier process kept: that is what loading a package costs, and Node keeps nothing before 22.1.
 */
export function compiled(from: string, file: string): unknown {
  const require = createRequire(from)
  const folder = process.env.ASSAY_COMPILED
  // vitest's vm pools have globals of their own, and compile for them.
  if (!folder || !file.startsWith('./') || runInThisContext('globalThis') !== globalThis) return require(file)
  const filename = require.resolve(file)
  const known = loaded.get(filename)
  if (known) return known.exports
  const kept = path.join(folder, engineName(), `${path.basename(file, '.cjs')}.bin`)
  const { count, data } = readKept(kept)
  const source = readFileSync(filename, 'utf8')
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${source}\n})`, {
    filename,
    cachedData: data,
  })
  const module = { exports: {} }
  const run = script.runInThisContext() as (...args: unknown[]) => void
  run(module.exports, require, module, filename, path.dirname(filename))
  loaded.set(filename, { script, kept, exports: module.exports, known: script.cachedDataRejected ? 0 : count })
  return module.exports
}

/**
 * Keeps what V8 has compiled of the scripts by now, for the next processes. Who has loaded more of them has used more, and
 * replaces what others kept.
 */
export function keepCompiled(): void {
  for (const entry of loaded.values()) {
    if (entry.known >= loaded.size) continue
    entry.known = Math.max(loaded.size, readKept(entry.kept).count)
    // Where nothing can be written, each process compiles.
    if (entry.known === loaded.size) attempt(() => keep(entry))
  }
}

function keep({ script, kept, known }: Loaded): void {
  const data = script.createCachedData()
  const folder = path.dirname(kept)
  const part = `${kept}.${process.pid}.${process.hrtime.bigint()}`
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(part, Buffer.concat([Buffer.of(Math.min(known, 255)), hashOf(data), data]))
    renameSync(part, kept)
  } catch (cause) {
    rmSync(part, { force: true })
    throw cause
  }
  for (const other of readdirSync(folder))
    if (titleOf(other) === titleOf(kept) && other !== path.basename(kept) && isLeft(other))
      rmSync(path.join(folder, other), { force: true })
}

/** What the script was before an update is of no more use, nor what a process wrote that was killed meanwhile. */
function isLeft(file: string): boolean {
  const [, pid] = /\.bin\.(\d+)\.\d+$/.exec(file) ?? []
  // One that may not be asked is another user's: without what it writes it compiles.
  return pid === undefined ? file.endsWith('.bin') : !attempt(() => process.kill(Number(pid), 0))
}

/** The name of a script less its content. */
const titleOf = (file: string): string => path.basename(file).replace(/-[^-]*$/, '')

/** What is kept, and how many scripts were loaded where it was; nothing of a file that is not whole. */
function readKept(file: string): { readonly count: number; readonly data?: Buffer } {
  const whole = attempt(() => readFileSync(file))
  const data = whole?.subarray(HEAD)
  if (!whole || !data || !hashOf(data).equals(whole.subarray(1, HEAD))) return { count: 0 }
  return { count: whole[0] ?? 0, data }
}

/** Loaded where something is kept: test files without data have no use for it. */
function hashOf(data: Buffer | string): Buffer {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(data).digest()
}

/** Who may read what was compiled: the same V8, asked to run in the same way. */
function engineName(): string {
  const options = hashOf(process.execArgv.join('\n')).toString('hex').slice(0, 8)
  return `${process.version}-${process.arch}-${options}`
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
