import { randomUUID } from 'node:crypto'
import { readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { makeFolder } from '../bytes/folders.ts'
import { AssayError, firstLine } from '../errors.ts'
import { isRunning } from '../isRunning.ts'
import { now, setTimeout } from '../realTimers.ts'

/** Who holds a lock. */
interface Owner {
  readonly pid: number
  readonly host: string
  /** Tells this lock from every other of the same process. */
  readonly key: string
}

export interface LockOptions {
  /**
   * Milliseconds after which one owner that does not let go is an error; default two minutes.
   * @example { patience: 5000 }
   */
  readonly patience?: number
  /**
   * Ends the waiting, with the same error.
   * @example { signal: AbortSignal.timeout(1000) }
   */
  readonly signal?: AbortSignal
}

const PATIENCE = 120_000
/** A lock without an owner's name is being written, unless its writer died just then. */
const NAMELESS = 10_000

/**
 * Works on a file while no other process that asks for it does: reads, changes and writes it as one. The lock stands
 * beside the file, as `<file>.lock`; one whose process is gone is taken over. Throws AssayError `locked-file` when an
 * owner does not let go, or can not be told dead because it is on another machine.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  // A link and what it points to are one file.
  const target = await realpath(file).catch(() => path.resolve(file))
  const lock = `${target}.lock`
  try {
    makeFolder(path.dirname(lock))
  } catch (cause) {
    unwritable(target, cause)
  }
  await take(lock, options)
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

async function take(lock: string, options: LockOptions): Promise<void> {
  const { patience = PATIENCE, signal } = options
  let holder: string | undefined
  let since = now()
  for (;;) {
    if (await put(lock)) return
    const owner = await ownerOf(lock)
    if (owner === undefined) continue
    if (isDead(owner)) {
      // Whoever buries an owner holds the right to, which only one process can: what it removes is that owner's lock.
      const burial = `${lock}.${owner.key}`
      await take(burial, options)
      try {
        if ((await ownerOf(lock))?.key === owner.key) await rm(lock, { force: true })
      } finally {
        await rm(burial, { force: true })
      }
      continue
    }
    if (owner.key !== holder) {
      holder = owner.key
      since = now()
    }
    if (signal?.aborted || now() - since > patience)
      throw new AssayError(
        'locked-file',
        `${JSON.stringify(lock)} is held by process ${owner.pid} on ${JSON.stringify(owner.host)}, which does not let go`,
        { hint: 'when nothing runs there any more, remove that file' },
      )
    await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20))
  }
}

/** Makes the lock ours; false when there is one already. */
async function put(lock: string): Promise<boolean> {
  const owner: Owner = { pid: process.pid, host: hostname(), key: randomUUID().slice(0, 8) }
  try {
    await writeFile(lock, JSON.stringify(owner), { flag: 'wx' })
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
    return unwritable(lock, cause)
  }
}

function unwritable(file: string, cause: unknown): never {
  throw new AssayError('unreadable-file', `${JSON.stringify(file)} cannot be written: ${firstLine(cause)}`, { cause })
}

/** Who holds a lock; undefined when it is gone. */
async function ownerOf(lock: string): Promise<Owner | undefined> {
  try {
    const stats = await stat(lock)
    const text = await readFile(lock, 'utf8')
    const owner = parsed(text)
    if (owner) return owner
    // Alive for a moment, then dead: by the age of the file, since nobody signed it.
    const age = now() - stats.mtimeMs
    return { pid: age > NAMELESS ? 0 : process.pid, host: hostname(), key: `unsigned-${Math.round(stats.mtimeMs)}` }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new AssayError('unreadable-file', `${JSON.stringify(lock)} cannot be read: ${firstLine(cause)}`, { cause })
  }
}

function parsed(text: string): Owner | undefined {
  try {
    const { pid, host, key } = JSON.parse(text) as Partial<Owner>
    const fine = Number.isInteger(pid) && typeof host === 'string' && typeof key === 'string' && /^[\w-]+$/.test(key)
    return fine ? { pid: pid as number, host, key } : undefined
  } catch {
    return undefined
  }
}

function isDead({ pid, host }: Owner): boolean {
  if (host !== hostname()) return false
  return pid === 0 || !isRunning(pid)
}
