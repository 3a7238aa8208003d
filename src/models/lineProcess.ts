import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { groupMemory } from './groupMemory.ts'
import { type Line, LONGEST, readLines } from './byteLines.ts'
import type { Memory } from './residentMemory.ts'
import { clearTimeout, elapsed, setTimeout } from '../realTimers.ts'

type Child = ChildProcess & { readonly stdin: Writable; readonly stdout: Readable; readonly stderr: Readable }

const STDERR = 2000
/** Milliseconds of silence after which its stdin is closed: many programs hold back what they write until then. */
const PATIENCE = 5000

/** Milliseconds that a process has to end, once it is silent for too long and its stdin is closed. */
const LAST_WORDS = 2000

/** Lines written at once. */
const TOGETHER = 64

const running = new Set<Child>()
process.once('exit', () => {
  for (const child of running) kill(child)
})

/** How a process answered some lines. */
export interface Round {
  /** Lines it wrote for the inputs, in order; fewer where it ended before. */
  readonly answers: readonly Line[]
  /** Why there are fewer, in words. */
  readonly ended?: string
  /** The last words it wrote to stderr, which may hold what it was asked. */
  readonly lastWords?: string
  /** Whether it ended as if its work were done, so that it may have left out any line. */
  readonly done?: boolean
  /** The first line it wrote too many. */
  readonly extra?: Line
}

export interface LineReading {
  /** Milliseconds it may be silent. */
  readonly timeout: number | undefined
  /** Waits for its end after the last answer, to see whether it says more than it was asked. */
  readonly strict: (line: Line) => boolean
  answered(line: Line): void
}

/**
 * A process that reads a line for each input and writes a line for each answer. It is started at the first question and
 * kept for the next ones; its stdin is closed when it stays silent, since programs that buffer their output, or read all
 * of their input first, answer only then.
 */
export class LineProcess {
  private readonly command: string | readonly string[]
  private child: Child | undefined
  private onLine: (line: Line) => void = () => {}
  private closed: (how: string, done: boolean, lastWords?: string) => void = () => {}
  private failed: (error: unknown) => void = () => {}
  private drained: () => void = () => {}
  private extra: Line | undefined
  private stderr = ''
  private proven = false
  private patience = PATIENCE
  private closings = 0
  starts = 0

  constructor(command: string | readonly string[]) {
    this.command = command
  }

  /** Memory of the process and what it started; undefined where none runs. */
  memory(): Memory | undefined {
    const { pid } = this.child ?? {}
    return pid === undefined ? undefined : groupMemory(pid)
  }

  /** Ends it; the next question starts it anew. */
  stop(how = 'was stopped'): void {
    const { child } = this
    if (!child) return
    this.child = undefined
    this.proven = false
    kill(child)
    // What left the process group may hold the pipes open for as long as it lives.
    for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy()
    running.delete(child)
    this.closed(how, false)
  }

  /** Hands over the lines and reads as many. Rejects where the command cannot be started. */
  async round(lines: readonly string[], { timeout, strict, answered }: LineReading): Promise<Round> {
    const child = (this.child ??= this.started())
    hold(child, true)
    const answers: Line[] = []
    let ended: string | undefined
    let lastWords: string | undefined
    let finished = false
    let exact = this.closings > 1
    let longest = 0
    let last = elapsed()
    let timer: NodeJS.Timeout | undefined
    let closing = false
    let written = false
    let silent = false
    try {
      await new Promise<void>((resolve, reject) => {
        const watch = (): void => {
          clearTimeout(timer)
          const wait = closing ? timeout : Math.min(this.patience, timeout ?? Number.POSITIVE_INFINITY)
          if (wait === undefined) return
          timer = setTimeout(() => {
            const stop = (): void => {
              this.stop()
              ended = `was silent for ${timeout} ms`
            }
            const isLate = timeout !== undefined && (closing || wait === timeout)
            if (isLate && (closing || !written)) return stop()
            if (written) {
              closing = true
              silent = true
              child.stdin.end()
            }
            // One that only waits for more has left out a line, and ends now; one that hangs does not.
            if (isLate) timer = setTimeout(stop, Math.min(timeout, LAST_WORDS))
            else watch()
          }, wait)
        }
        this.closed = (how, done, words) => {
          ended = answers.length < lines.length ? how : undefined
          lastWords = words
          finished = done
          resolve()
        }
        this.onLine = (line) => {
          if (answers.length === lines.length) {
            this.extra ??= line
            return
          }
          const now = elapsed()
          longest = Math.max(longest, now - last)
          last = now
          answers.push(line)
          exact ||= strict(line)
          answered(line)
          watch()
          if (answers.length < lines.length) return
          if (!exact && !closing) resolve()
          else {
            closing = true
            child.stdin.end()
          }
        }
        this.failed = reject
        watch()
        void this.write(child, lines).then(() => {
          written = true
          if (exact) child.stdin.end()
        })
      })
      if (closing && ended === undefined) {
        if (silent) this.closings++
        // It may only have been slow: the next time it is given longer.
        this.patience = Math.max(2 * this.patience, 3 * longest)
        this.stop()
      } else if (ended === undefined && !this.proven) {
        this.proven = true
        await new Promise((resolve) => (timer = setTimeout(resolve, Math.min(1000, Math.max(20, 2 * longest)))))
      }
      if (this.extra !== undefined) this.stop()
      return {
        answers,
        ...(ended === undefined ? {} : { ended, done: finished, ...(lastWords ? { lastWords } : {}) }),
        ...(this.extra === undefined ? {} : { extra: this.extra }),
      }
    } finally {
      clearTimeout(timer)
      this.closed = () => {}
      this.failed = () => {}
      this.onLine = (line) => (this.extra ??= line)
      if (this.child) hold(this.child, false)
    }
  }

  /** Writes the lines as fast as they are read; a process that stops reading says why by how it ends. */
  private async write(child: Child, lines: readonly string[]): Promise<void> {
    for (let from = 0; from < lines.length && child.stdin.writable; from += TOGETHER) {
      const text = `${lines.slice(from, from + TOGETHER).join('\n')}\n`
      if (!child.stdin.write(text)) await new Promise<void>((resolve) => (this.drained = resolve))
    }
  }

  private started(): Child {
    this.starts++
    this.extra = undefined
    this.stderr = ''
    const { command } = this
    const [file = '', ...args] = typeof command === 'string' ? [command] : command
    // In a process group of its own, so that what the shell started ends with it. Python holds back what it prints.
    const child = spawn(file, args, {
      shell: typeof command === 'string',
      stdio: 'pipe',
      detached: process.platform !== 'win32',
      env: { ...process.env, PYTHONUNBUFFERED: '1' },
    }) as Child
    running.add(child)
    let count = 0
    readLines(child.stdout, {
      line: (line) => {
        if ((typeof line === 'string' && line.trim() === '') || this.child !== child) return
        count++
        this.onLine(line)
      },
      tooLong: () => {
        if (this.child === child) this.stop(`wrote a line of more than ${LONGEST / 1024 ** 2} MB`)
      },
    })
    child.stdin.on('error', () => {})
    for (const event of ['drain', 'close'] as const) child.stdin.on(event, () => this.drained())
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-STDERR)
    })
    child.on('error', (error) => {
      running.delete(child)
      this.failed(error)
    })
    const over = (how: string, done: boolean): void => {
      clearTimeout(waiting)
      running.delete(child)
      if (this.child !== child) return
      const words = this.stderr.trim().split('\n').slice(-3).join(' / ')
      this.child = undefined
      this.proven = false
      this.closed(`${how} after ${count} ${count === 1 ? 'answer' : 'answers'}`, done, words)
    }
    const end = (code: number | null, signal: NodeJS.Signals | null): void =>
      over(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`, code === 0)
    let waiting: NodeJS.Timeout | undefined
    /** Whatever it left behind, or does beside, nothing more can be read of it. */
    const soon = (ended: () => void): void => {
      clearTimeout(waiting)
      waiting = setTimeout(() => {
        kill(child)
        for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy()
        ended()
      }, LAST_WORDS).unref()
    }
    child.stdout.once('end', () => soon(() => over('closed its stdout', false)))
    // Its pipes may be held open by what it started.
    child.once('exit', (code, signal) => soon(() => end(code, signal)))
    child.once('close', end)
    return child
  }
}

/** Whether the process keeps this one alive. */
function hold(child: Child, busy: boolean): void {
  const held = [child, child.stdin, child.stdout, child.stderr] as unknown as { ref?(): void; unref?(): void }[]
  for (const one of held) one[busy ? 'ref' : 'unref']?.()
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill()
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // it ended in between
  }
}
