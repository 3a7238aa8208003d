import { onAbort } from '../engine/running.ts'

/** Those who wait for one piece of work; it stops when all of them were stopped, and never when one of them can't be. */
export class Askers {
  private readonly waiting = new Set<AbortSignal | undefined>()
  private readonly work = new AbortController()
  private readonly releases: (() => void)[] = []
  private left = 0
  private running = false

  /** Aborts when nobody waits any more. */
  get signal(): AbortSignal {
    return this.work.signal
  }

  /** One more waits, who may be stopped by a signal. */
  join(signal: AbortSignal | undefined): void {
    if (this.waiting.has(signal)) return
    this.waiting.add(signal)
    if (this.running) this.hear(signal)
  }

  /** The work begins: from now on it is stopped when nobody waits. */
  begin(): void {
    this.running = true
    // Counted before the first is heard, who may have been stopped already.
    this.left = this.waiting.size
    for (const signal of this.waiting) this.listen(signal)
  }

  /** The work has ended: nobody is listened to any more. */
  end(): void {
    for (const forget of this.releases) forget()
  }

  private hear(signal: AbortSignal | undefined): void {
    this.left++
    this.listen(signal)
  }

  private listen(signal: AbortSignal | undefined): void {
    if (!signal) return
    const leave = () => {
      if (--this.left === 0) this.work.abort(signal.reason)
    }
    if (signal.aborted) leave()
    else this.releases.push(onAbort(signal, leave))
  }
}
