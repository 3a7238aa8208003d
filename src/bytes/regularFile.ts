import {
  accessSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  type Stats,
  statfsSync,
  statSync,
} from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { devNull } from 'node:os'
import path from 'node:path'
import { AssayError, firstLine, nearest } from '../errors.ts'
import { pointerHint } from './pointers.ts'

/**
 * The size in bytes of what is at a path, when that is a file whose bytes lie on a disk: a pipe, a device or a folder
 * is refused before it is opened, since opening it may never end. `what` names it in messages. Throws an AssayError
 * that says what is there instead, or which near file and folder there are.
 */
export async function sizeOf(file: string, what = 'file'): Promise<number> {
  try {
    const [stats, system] = await Promise.all([stat(file), statfs(file), access(file, constants.R_OK)])
    refuseSpecial(file, what, stats, system.type)
    return stats.size
  } catch (error) {
    throw unreachable(file, what, error)
  }
}

/** The same at once, for what is read while tests are collected. */
export function sizeOfSync(file: string, what = 'file'): number {
  try {
    const stats = statSync(file)
    accessSync(file, constants.R_OK)
    refuseSpecial(file, what, stats, statfsSync(file).type)
    return stats.size
  } catch (error) {
    throw unreachable(file, what, error)
  }
}

/** Whether there is nothing at a path, not even a link that leads nowhere. */
export function isNothing(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) === undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR'
  }
}

/** File systems whose files have no bytes until somebody reads, by Linux's numbers of them. */
const madeUp: ReadonlyMap<number, string> = new Map([
  [0x9fa0, 'procfs'],
  [0x62656572, 'sysfs'],
  [0x64626720, 'debugfs'],
  [0x74726163, 'tracefs'],
  [0x27e0eb, 'cgroup'],
  [0x63677270, 'cgroup'],
  [0x73636673, 'securityfs'],
  [0x62656570, 'configfs'],
  [0xde5e81e4, 'efivarfs'],
  [0x6165676c, 'pstore'],
])

/** Whether a file is one that the system makes up while it is read. */
export function isMadeUp(file: string): boolean {
  try {
    return madeUp.has(statfsSync(file).type >>> 0)
  } catch {
    return false
  }
}

/** Standard input is read as data alone. */
const stdinHint = (what: string): string =>
  what === 'file'
    ? `say '-' to read standard input (with a format, e.g. 'csv'), or write it to a file first`
    : 'write it to a file first'

function refuseSpecial(file: string, what: string, stats: Stats, system: number): void {
  const shown = JSON.stringify(file)
  const no = what === 'file' ? 'not a file' : `no ${what}`
  const refused = (is: string, hint: string) => {
    throw new AssayError('unreadable-file', `${shown} is ${is}, ${no}`, { hint })
  }
  if (stats.isDirectory()) refused('a folder', `name a file in it${what === 'file' ? ', or several with a glob' : ''}`)
  if (stats.isFIFO()) refused('a pipe', stdinHint(what))
  if (stats.isSocket()) refused('a socket', 'write what it sends to a file first')
  if (stats.isCharacterDevice() || stats.isBlockDevice())
    refused('a device', file === '/dev/stdin' ? stdinHint(what) : 'write what is to be read of it to a file first')
  const name = madeUp.get(system >>> 0)
  if (name) refused(`made up by the system while it is read (${name})`, 'copy it to a file first')
  if (!stats.isFile()) refused('nothing that can be read', 'give the path of a file')
}

/** Throws an AssayError when standard input is nothing that ends, or nothing that is read. */
export function checkStdin(): void {
  let stats: Stats
  try {
    stats = fstatSync(0)
  } catch (cause) {
    throw new AssayError('unreadable-file', `standard input cannot be read: ${firstLine(cause)}`, { cause })
  }
  const hint = 'pipe data in, or redirect a file: < data.csv'
  if (stats.isDirectory()) throw new AssayError('unreadable-file', 'standard input is a folder, not data', { hint })
  // Of the devices only the empty one ends.
  const device = stats.isBlockDevice() || (stats.isCharacterDevice() && !process.stdin.isTTY)
  if (device && stats.rdev !== emptyDevice())
    throw new AssayError('unreadable-file', 'standard input is a device, not data', { hint })
}

function emptyDevice(): number | undefined {
  return statSync(devNull, { throwIfNoEntry: false })?.rdev
}

function unreachable(file: string, what: string, error: unknown): AssayError {
  if (error instanceof AssayError) return error
  const shown = JSON.stringify(file)
  const { code } = error as NodeJS.ErrnoException
  const wrong = (message: string, hint?: string) => new AssayError('unreadable-file', message, { hint, cause: error })
  if (code === 'ELOOP') return wrong(`${shown} is a link that leads back to itself`, 'see where its links point')
  if (code === 'EACCES' || code === 'EPERM')
    return wrong(`${shown} may not be read: ${firstLine(error)}`, 'see its permissions')
  if (code === 'ENOENT' || code === 'ENOTDIR') return missing(file, what, error)
  return wrong(`${shown} cannot be read: ${firstLine(error)}`)
}

function missing(file: string, what: string, cause: unknown): AssayError {
  const target = linkTarget(file)
  if (target !== undefined)
    return new AssayError(
      'missing-file',
      `${JSON.stringify(file)} is a link to ${JSON.stringify(target)}, and there is no such file`,
      { cause, hint: 'put the file there, or make the link anew' },
    )
  const folder = path.dirname(path.resolve(file))
  const siblings = namesIn(folder)
  const elsewhere = rootHint(file)
  if (!siblings)
    return new AssayError(
      'missing-file',
      `there is no ${what} ${JSON.stringify(file)}: its folder ${JSON.stringify(folder)} does not exist`,
      { cause, hint: elsewhere },
    )
  const near = nearest(path.basename(file), siblings)
  const spelling = near && `did you mean ${JSON.stringify(path.join(path.dirname(file), near))}?`
  // A name of other bytes is read as one of replacement characters, under which nothing is found.
  const unreadable =
    file.includes('\uFFFD') &&
    siblings.includes(path.basename(file)) &&
    'its name is not UTF-8, so it cannot be opened: rename it'
  const hint = pointerHint(file) ?? elsewhere ?? (unreadable || spelling)
  const looked = path.isAbsolute(file) ? '' : ` (looked in ${JSON.stringify(folder)})`
  return new AssayError('missing-file', `there is no ${what} ${JSON.stringify(file)}${looked}`, { cause, hint })
}

/** A relative path starts in the working directory, and vitest may have been started in another one than its root. */
function rootHint(file: string): string | undefined {
  const { ASSAY_ROOT: root } = process.env
  const there = root === undefined || path.isAbsolute(file) ? undefined : path.resolve(root, file)
  if (there === undefined || !existsSync(there)) return undefined
  return `a relative path starts in the working directory, and this file is in vitest's root, ${JSON.stringify(root)}: start vitest there, or give the file as a URL, new URL(…, import.meta.url)`
}

function linkTarget(file: string): string | undefined {
  try {
    return readlinkSync(file)
  } catch {
    return undefined
  }
}

function namesIn(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder)
  } catch {
    return undefined
  }
}
