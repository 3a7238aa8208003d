import { createHash } from 'node:crypto'
import { type BigIntStats, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { AssayError } from '../errors.ts'
import { elapsed, now, setTimeout } from '../realTimers.ts'
import { type LinkKeys, linksTo } from './links.ts'
import { isMadeUp } from './regularFile.ts'

/** File systems keep times in steps; what is written twice within one looks the same. */
const STEP = 50
const COARSE_STEP = 2000
/** A file up to this size is told by its content while its time is too young to tell. */
const SMALL = 8 * 1024 ** 2
/** How long a large file is waited for that is written all the time. */
const PATIENCE = 3000

/** What files were when they were looked at. */
export interface FileStates {
  /** Whether they are that still. */
  same(): boolean
  /** A text that is the same for the same files with the same content, in any process; undefined where nothing tells. */
  state(): string | undefined
}

/**
 * Looks at files, there or not; a large one that was written this moment is looked at when that moment is over. Throws an
 * AssayError `changed` where it never is.
 */
export async function fileStates(files: readonly string[]): Promise<FileStates> {
  const states: State[] = []
  const links: LinkKeys = new Map()
  for (const file of files) {
    const start = elapsed()
    let state = new State(file, links)
    while (state.isTooYoung) {
      if (elapsed() - start > PATIENCE)
        throw new AssayError('changed', `${JSON.stringify(file)} is being written all the time`, {
          hint: 'ask again once whoever writes it is done, or test a copy',
        })
      await new Promise((resolve) => setTimeout(resolve, STEP))
      state = state.later(links)
    }
    states.push(state)
  }
  return {
    same: () => {
      const links: LinkKeys = new Map()
      return states.every((state) => state.same(links))
    },
    state: () => {
      const links: LinkKeys = new Map()
      const told = states.map((state) => state.fingerprint(links))
      return told.includes(undefined) ? undefined : told.join('\n')
    },
  }
}

/** What tells files, there or not, from what they were before; undefined while one was written so recently that nothing does. */
export function stateOfFiles(files: readonly string[]): string | undefined {
  const links: LinkKeys = new Map()
  const moment = thisMoment()
  const seen = files.map((file) => ({ file, stat: statOf(file), first: elapsed() }))
  return seen.some((file) => isYoung(file, moment))
    ? undefined
    : seen.map(({ file, stat }) => keyOf(file, stat, links)).join('\n')
}

/** What a file was, and when it was first looked at as such, by a clock that never goes back. */
interface Seen {
  readonly stat: BigIntStats | undefined
  readonly first: number
}

/** A moment by both clocks. One before a look tells how old the file was then at least: a process may be held up at any time. */
interface Moment {
  readonly now: number
  readonly elapsed: number
}

const thisMoment = (): Moment => ({ now: now(), elapsed: elapsed() })

class State {
  private readonly file: string
  private readonly seen: Seen
  private readonly key: string
  /** Whether its times do not tell it from what it is written to next. */
  private readonly isUntold: boolean
  /** Of the content, while the file's times do not tell. */
  private content: string | undefined

  constructor(file: string, links: LinkKeys, before?: State) {
    const moment = thisMoment()
    const stat = statOf(file)
    this.file = file
    this.key = keyOf(file, stat, links)
    this.seen = { stat, first: before?.key === this.key ? before.seen.first : elapsed() }
    this.isUntold = stat !== undefined && isYoung(this.seen, moment) && hasContent(file, stat)
    this.content = this.isUntold && !this.isTooYoung ? contentOf(file) : undefined
  }

  /** The file as it is now, which may be what it was. */
  later(links: LinkKeys): State {
    return new State(this.file, links, this)
  }

  /** Whether its times do not tell it, and its content would take long to compare. */
  get isTooYoung(): boolean {
    return this.isUntold && Number(this.seen.stat?.size) > SMALL
  }

  /** What tells it in any process: not while its times do not, nor where they never do. */
  fingerprint(links: LinkKeys): string | undefined {
    const stat = statOf(this.file)
    if (!usesChange || !stat || !hasContent(this.file, stat) || !this.same(links)) return undefined
    return this.content === undefined ? `${this.file} ${this.key}` : undefined
  }

  same(links: LinkKeys): boolean {
    const isYet = isYoung(this.seen, thisMoment())
    if (keyOf(this.file, statOf(this.file), links) !== this.key) return false
    if (this.content === undefined) return true
    if (contentOf(this.file) !== this.content) return false
    if (!isYet) this.content = undefined
    return true
  }
}

function statOf(file: string): BigIntStats | undefined {
  try {
    return statSync(file, { bigint: true, throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/** Windows moves the time of change for reasons of its own. */
const usesChange = process.platform !== 'win32'

function keyOf(file: string, stat: BigIntStats | undefined, links: LinkKeys): string {
  if (!stat) return 'missing'
  const { dev, ino, size, mtimeNs, ctimeNs } = stat
  const own = [dev, ino, size, mtimeNs, ...(usesChange ? [ctimeNs] : [])].join(' ')
  return own + (usesChange ? linksTo(path.resolve(file), links) : '')
}

/**
 * Whether the file may be written once more without its times showing it. Its clock may be ahead of ours, or somebody set
 * its time: what stayed as it is while a step of that clock passed is older than the step, whatever time it says.
 */
function isYoung({ stat, first }: Seen, moment: Moment): boolean {
  if (!stat) return false
  const latest = usesChange ? stat.ctimeNs : stat.mtimeNs
  const step = latest % 1_000_000_000n === 0n ? COARSE_STEP : STEP
  return Math.max(moment.now - Number(latest / 1_000_000n), moment.elapsed - first) < step
}

/** What the system makes up while it is read is new at any time, and may never end. */
function hasContent(file: string, stat: BigIntStats): boolean {
  return stat.isFile() && !isMadeUp(file)
}

function contentOf(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('base64')
  } catch {
    return 'unreadable'
  }
}
