import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { groupMemory } from './groupMemory.ts'
import { type Line, LONGEST, readLines } from './byteLines.ts'
import { LAST_WORDS, type LineReading, LineRound, type Round } from './lineRound.ts'
import type { Memory } from './residentMemory.ts'
import { clearTimeout, setTimeout } from '../realTimers.ts'

type Child = ChildProcess & { readonly stdin: Writable; readonly stdout: Readable; readonly stderr: Readable }

const STDERR = 2000
/** Milliseconds of silence after which its stdin is closed: many programs hold back what they write until then. */
const PATIENCE = 5000

/** Lines written at once. */
const TOGETHER = 64

const running = new Set<Child>()
process.once('exit', () => {
  for (const child of running) kill(child)
})

/**
 * A process that reads a line for each input and writes a line for each answer. It is started at the first question and
 * kept for the next ones; its stdin is closed when it stays silent, since programs that buffer their output, or read all
 * of their input first, answer only then.
 */
export class LineProcess {
  private readonly command: string | readonly string[]
  private child: Child | undefined
  /** What it is current now. */
  private current: LineRound | undefined
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
    this.current?.closed(how, false)
  }

  /** Hands over the lines and reads as many. Rejects where the command cannot be started. */
  async round(lines: readonly string[], reading: LineReading): Promise<Round> {
    const child = (this.child ??= this.started())
    hold(child, true)
    const round = new LineRound(lines.length, reading, {
      patience: this.patience,
      endsEach: this.closings > 1,
      closeInput: () => child.stdin.end(),
      stop: () => this.stop(),
    })
    this.current = round
    try {
      void this.write(child, lines).then(() => round.handedOver())
      await round.over
      if (round.isClosing && round.ended === undefined) {
        if (round.isSilent) this.closings++
        // It may only have been slow: the next time it is given longer.
        this.patience = Math.max(2 * this.patience, 3 * round.longest)
        this.stop()
      } else if (round.ended === undefined && !this.proven) {
        this.proven = true
        const pause = Math.min(1000, Math.max(20, 2 * round.longest))
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
      if (this.extra !== undefined) this.stop()
      return round.outcome(this.extra)
    } finally {
      round.stop()
      this.current = undefined
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
        if (!this.current?.line(line)) this.extra ??= line
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
      this.current?.failed(error)
    })
    const over = (how: string, done: boolean): void => {
      clearTimeout(waiting)
      running.delete(child)
      if (this.child !== child) return
      const words = this.stderr.trim().split('\n').slice(-3).join(' / ')
      this.child = undefined
      this.proven = false
      this.current?.closed(`${how} after ${count} ${count === 1 ? 'answer' : 'answers'}`, done, words)
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
