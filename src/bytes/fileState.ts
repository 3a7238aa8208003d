import { createHash } from 'node:crypto'
import { type BigIntStats, readFileSync, statSync } from 'node:fs'
import { now, setTimeout } from '../realTimers.ts'
import { isMadeUp } from './regularFile.ts'

/** File systems keep times in steps; what is written twice within one looks the same. */
const STEP = 50
const COARSE_STEP = 2000
/** A file up to this size is told by its content while its time is too young to tell. */
const SMALL = 8 * 1024 ** 2

/** What files were when they were looked at. */
export interface FileStates {
  /** Whether they are that still. */
  same(): boolean
  /** A text that is the same for the same files with the same content, in any process; undefined where nothing tells. */
  state(): string | undefined
}

/** Looks at files, there or not; a large one that was written this moment is looked at when that moment is over. */
export async function fileStates(files: readonly string[]): Promise<FileStates> {
  const states: State[] = []
  for (const file of files) {
    let at = now()
    let stat = statOf(file)
    while (stat && hasContent(file, stat) && stat.size > SMALL && isYoung(stat, at)) {
      await new Promise((resolve) => setTimeout(resolve, STEP))
      at = now()
      stat = statOf(file)
    }
    states.push(new State(file, stat, at))
  }
  return {
    same: () => states.every((state) => state.same()),
    state: () => {
      const told = states.map((state) => state.fingerprint())
      return told.includes(undefined) ? undefined : told.join('\n')
    },
  }
}

/** Whether a file was written so recently that its times do not tell it from what it is written to next. */
export function isJustWritten(file: string): boolean {
  const at = now()
  const stat = statOf(file)
  return stat !== undefined && isYoung(stat, at)
}

class State {
  private readonly file: string
  private readonly key: string
  /** Of the content, while the file's times do not tell. */
  private content: string | undefined

  constructor(file: string, stat: BigIntStats | undefined, at: number) {
    this.file = file
    this.key = keyOf(stat)
    this.content = stat && hasContent(file, stat) && isYoung(stat, at) ? contentOf(file) : undefined
  }

  /** What tells it in any process: not while its times do not, nor where they never do. */
  fingerprint(): string | undefined {
    const stat = statOf(this.file)
    if (!usesChange || !stat || !hasContent(this.file, stat) || !this.same()) return undefined
    return this.content === undefined ? `${this.file} ${this.key}` : undefined
  }

  same(): boolean {
    const at = now()
    const stat = statOf(this.file)
    if (keyOf(stat) !== this.key) return false
    if (this.content === undefined || !stat) return true
    if (contentOf(this.file) !== this.content) return false
    if (!isYoung(stat, at)) this.content = undefined
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

function keyOf(stat: BigIntStats | undefined): string {
  if (!stat) return 'missing'
  const { dev, ino, size, mtimeNs, ctimeNs } = stat
  return [dev, ino, size, mtimeNs, ...(usesChange ? [ctimeNs] : [])].join(' ')
}

/** Whether the file may be written once more without its times showing it. */
function isYoung({ mtimeNs, ctimeNs }: BigIntStats, at: number): boolean {
  const latest = mtimeNs > ctimeNs || !usesChange ? mtimeNs : ctimeNs
  const step = latest % 1_000_000_000n === 0n ? COARSE_STEP : STEP
  return at - Number(latest / 1_000_000n) < step
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
