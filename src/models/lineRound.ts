import { clearTimeout, elapsed, setTimeout } from '../realTimers.ts'
import type { Line } from './byteLines.ts'

/** Milliseconds that a process has to end, once it is silent for too long and its stdin is closed. */
export const LAST_WORDS = 2000

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

/** The process that a round asks. */
export interface AskedProcess {
  /** Milliseconds of silence after which its stdin is closed. */
  readonly patience: number
  /** It ends each round: it has answered only once its stdin was closed. */
  readonly endsEach: boolean
  closeInput(): void
  stop(): void
}

/** A round that goes on: what a process has written since it was handed some lines. */
export class LineRound {
  readonly answers: Line[] = []
  /** Settles with its end: all answers, the end of the process, or what kept that from starting. */
  readonly over: Promise<void>
  /** Why it ended before it had all answers, or after them by force. */
  ended: string | undefined
  /** The longest silence before an answer, in milliseconds. */
  longest = 0
  /** The process was told that nothing more comes. */
  isClosing = false
  /** … since it was silent. */
  isSilent = false
  private readonly count: number
  private readonly reading: LineReading
  private readonly process: AskedProcess
  private resolve: () => void = () => {}
  private reject: (error: unknown) => void = () => {}
  private isExact: boolean
  private isHandedOver = false
  private isDone = false
  private lastWords: string | undefined
  private last = elapsed()
  private timer: NodeJS.Timeout | undefined

  constructor(count: number, reading: LineReading, process: AskedProcess) {
    this.count = count
    this.reading = reading
    this.process = process
    this.isExact = process.endsEach
    this.over = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
    this.watch()
  }

  /** All lines were written. */
  handedOver(): void {
    this.isHandedOver = true
    if (this.isExact) this.process.closeInput()
  }

  /** Takes a line; false for one too many. */
  line(line: Line): boolean {
    const { answers, count, reading } = this
    if (answers.length === count) return false
    const now = elapsed()
    this.longest = Math.max(this.longest, now - this.last)
    this.last = now
    answers.push(line)
    this.isExact ||= reading.strict(line)
    reading.answered(line)
    this.watch()
    if (answers.length < count) return true
    if (this.isExact || this.isClosing) this.close()
    else this.resolve()
    return true
  }

  /** The process has ended; `done` where it did so as if its work were. */
  closed(how: string, done: boolean, lastWords?: string): void {
    this.ended = this.answers.length < this.count ? how : undefined
    this.isDone = done
    this.lastWords = lastWords
    this.resolve()
  }

  /** The process could not be started. */
  failed(error: unknown): void {
    this.reject(error)
  }

  /** Waits for nothing any more. */
  stop(): void {
    clearTimeout(this.timer)
  }

  outcome(extra: Line | undefined): Round {
    const { answers, ended, isDone, lastWords } = this
    return {
      answers,
      ...(ended === undefined ? {} : { ended, done: isDone, ...(lastWords ? { lastWords } : {}) }),
      ...(extra === undefined ? {} : { extra }),
    }
  }

  private watch(): void {
    clearTimeout(this.timer)
    const { timeout } = this.reading
    const wait = this.isClosing ? timeout : Math.min(this.process.patience, timeout ?? Number.POSITIVE_INFINITY)
    if (wait !== undefined) this.timer = setTimeout(() => this.silentFor(wait), wait)
  }

  private silentFor(wait: number): void {
    const { timeout } = this.reading
    const isLate = timeout !== undefined && (this.isClosing || wait === timeout)
    if (isLate && (this.isClosing || !this.isHandedOver)) return this.giveUp()
    if (this.isHandedOver) {
      this.isSilent = true
      this.close()
    }
    // One that only waits for more has left out a line, and ends now; one that hangs does not.
    if (isLate) this.timer = setTimeout(() => this.giveUp(), Math.min(timeout, LAST_WORDS))
    else this.watch()
  }

  private giveUp(): void {
    this.process.stop()
    this.ended = `was silent for ${this.reading.timeout} ms`
  }

  private close(): void {
    this.isClosing = true
    this.process.closeInput()
  }
}
