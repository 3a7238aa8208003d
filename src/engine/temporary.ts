import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { AssayError, firstLine } from '../errors.ts'
import { isRunning } from '../isRunning.ts'
import { now } from '../realTimers.ts'

/** Who a temporary folder belongs to, as its mark says. */
interface Owner {
  readonly pid: number
  /** When the process began, in the system's own unit: another process may have its number now. Null where unknown. */
  readonly began: string | null
  /** The thread, where the system tells it; a folder of a thread that has ended is nobody's. */
  readonly thread: number | null
  /** The machine or container, where alone numbers of processes mean anything, and its boot. */
  readonly place: string
  readonly boot: string
}

const MARK = 'assay-owner.json'
const PREFIX = 'assay-'
const HOUR = 3_600_000

const key = Symbol.for('assay.temporary')
const holder = process as unknown as Record<symbol, { folder: string | undefined; guarded: boolean } | undefined>
// One for all copies of the package in a thread, and for all contexts of vitest's vm pools.
const own = (holder[key] ??= { folder: undefined, guarded: false })

/**
 * The folder in which this thread keeps what does not fit into memory or is not read where it lies, made at first use:
 * nobody else may look into it, and it goes with the thread or its process. When it is made, folders whose owner ended
 * without removing them are removed. Throws an AssayError when the folder for temporary files is missing, full or
 * cannot be written, and `what` was to be kept there.
 */
export function temporaryFolder(what?: string): string {
  if (own.folder !== undefined && isThere(own.folder)) return own.folder
  // In a run of vitest its main process does so, before and after.
  if (!process.env.ASSAY_CLAIMS) sweepTemporaries()
  const parent = tmpdir()
  try {
    own.folder = mkdtempSync(path.join(parent, `${PREFIX}${process.pid}-`))
    writeFileSync(path.join(own.folder, MARK), JSON.stringify(ownerOfThis()), { mode: 0o600 })
  } catch (cause) {
    if (own.folder !== undefined) rmSync(own.folder, { recursive: true, force: true })
    own.folder = undefined
    throw temporaryError(cause, what)
  }
  guard()
  return own.folder
}

/** A folder in it, made anew. */
export function temporarySubfolder(name: string): string {
  try {
    return mkdtempSync(path.join(temporaryFolder(), `${name}-`))
  } catch (cause) {
    throw temporaryError(cause)
  }
}

/** What went wrong with a temporary file, in words: `what` was to be kept there. */
export function temporaryError(cause: unknown, what = 'what is read'): unknown {
  if (cause instanceof AssayError) return cause
  const { code } = cause as NodeJS.ErrnoException
  const problem = code === undefined ? undefined : problems[code]
  if (problem === undefined) return cause
  return new AssayError(
    'temporary-folder',
    `the folder for temporary files, ${JSON.stringify(tmpdir())}, ${problem}: ${what} cannot be kept there (${firstLine(cause)})`,
    {
      hint: `set ${process.platform === 'win32' ? 'TEMP' : 'TMPDIR'} to a folder with space that can be written`,
      cause,
    },
  )
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is no folder',
  EACCES: 'may not be written',
  EPERM: 'may not be written',
  EROFS: 'is read-only',
  ENOSPC: 'is full',
  EDQUOT: 'is full',
  EFBIG: 'takes no file of this size',
  ELOOP: 'is a link that leads back to itself',
  ENAMETOOLONG: 'has too long a name',
  EMFILE: 'cannot be used: this process has too many files open',
  ENFILE: 'cannot be used: this machine has too many files open',
}

/** Removes the folders whose process or thread has ended. What is not marked as ours, or is another user's, stays. */
export function sweepTemporaries(): void {
  for (const folder of markedFolders()) if (folder !== own.folder && isDead(folder)) remove(folder)
}

/** Removes the folders of all threads of this process, as far as they are marked. For when it ends. */
function removeTemporaries(): void {
  if (own.folder !== undefined) remove(own.folder)
  own.folder = undefined
  if (!isMainThread()) return
  const mine = `${PREFIX}${process.pid}-`
  for (const folder of markedFolders())
    if (path.basename(folder).startsWith(mine) && ofThisProcess(folder)) remove(folder)
}

// Node's own module loads when it is needed: at start it would cost as much as a tenth of the package.
const isMainThread = (): boolean => process.getBuiltinModule('node:worker_threads').isMainThread

/** Removes the folder when the thread ends, and when a signal ends the process. */
function guard(): void {
  if (own.guarded) return
  own.guarded = true
  process.once('exit', removeTemporaries)
  if (!isMainThread()) return
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const stopped = (): void => {
      process.off(signal, stopped)
      // Others decide what the signal means to them; with nobody else it means what it would have without us.
      if (process.listenerCount(signal) > 0) return
      removeTemporaries()
      process.kill(process.pid, signal)
    }
    // First, while those who listen once are still there to be counted.
    process.prependListener(signal, stopped)
  }
}

function markedFolders(): readonly string[] {
  try {
    const parent = tmpdir()
    const names = readdirSync(parent).filter((name) => /^assay-\d+-\w{6}$/.test(name))
    return names.map((name) => path.join(parent, name))
  } catch {
    return []
  }
}

function remove(folder: string): void {
  try {
    // The mark goes last: what is left of a folder that could not be removed is still known to be ours.
    for (const name of readdirSync(folder))
      if (name !== MARK) rmSync(path.join(folder, name), { recursive: true, force: true })
    rmSync(path.join(folder, MARK), { force: true })
    rmdirSync(folder)
  } catch {
    // Somebody else was faster, or still holds a file: the next process tries again.
  }
}

function isDead(folder: string): boolean {
  try {
    const stats = lstatSync(folder)
    if (!stats.isDirectory() || stats.uid !== (process.getuid?.() ?? stats.uid)) return false
    const owner = ownerOf(folder)
    const age = now() - stats.mtimeMs
    // Its process ended, or is, between making it and marking it.
    if (owner === undefined) return readdirSync(folder).length === 0 && age > HOUR
    const current = placeOfThis()
    if (owner.place !== current.place) return false
    // Machines of one name may share a disk.
    if (owner.boot !== current.boot) return age > 24 * HOUR
    const began = beganAt(owner.pid)
    if (began === undefined || (owner.began !== null && began !== null && began !== owner.began)) return true
    return owner.thread !== null && !isThere(`/proc/${owner.pid}/task/${owner.thread}`)
  } catch {
    return false
  }
}

function ofThisProcess(folder: string): boolean {
  const owner = ownerOf(folder)
  const current = placeOfThis()
  const same = owner?.place === current.place && owner.boot === current.boot
  return same && owner.pid === process.pid && owner.began === beganAt(process.pid)
}

function ownerOf(folder: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, MARK), 'utf8')) as Owner
  } catch {
    return undefined
  }
}

function ownerOfThis(): Owner {
  const thread = linkAt('/proc/thread-self')?.split('/').at(-1)
  return {
    pid: process.pid,
    began: beganAt(process.pid) ?? null,
    thread: thread === undefined ? null : Number(thread),
    ...placeOfThis(),
  }
}

/** When a process began: undefined when none of this number runs, null where the system does not tell. */
function beganAt(pid: number): string | null | undefined {
  if (!isRunning(pid)) return undefined
  // The second field, the program's name, stands in brackets and may hold anything; the third is its state.
  const fields = textAt(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ')
  if (fields?.[0] === 'Z') return undefined
  return fields?.[19] ?? null
}

let here: Pick<Owner, 'place' | 'boot'> | undefined

function placeOfThis(): Pick<Owner, 'place' | 'boot'> {
  here ??= {
    place: `${hostname()} ${linkAt('/proc/self/ns/pid') ?? ''}`,
    boot: textAt('/proc/sys/kernel/random/boot_id')?.trim() ?? '',
  }
  return here
}

function textAt(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function linkAt(file: string): string | undefined {
  try {
    return readlinkSync(file)
  } catch {
    return undefined
  }
}

const isThere = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false }) !== undefined
