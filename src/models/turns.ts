import { othersTurn } from '../engine/stopping.ts'
import { elapsed } from '../realTimers.ts'

/** Longest time in ms without a turn of the event loop, in which signals and timers are heard. */
const BUSY = 50
/** Calls at most between two looks at the clock. */
const PATIENCE = 32

/** When a loop of calls that may be short lets the event loop have its turn. */
export class Turns {
  private last = elapsed()
  private looked = this.last
  private calls = 0
  private patience = 1

  /** Counts a call; whether a turn is due after it. */
  isDue(): boolean {
    // The clock costs more than a quick model: it is looked at less often while calls are short.
    if (++this.calls < this.patience) return false
    const now = elapsed()
    this.patience = now - this.looked < 1 ? Math.min(2 * this.patience, PATIENCE) : 1
    this.calls = 0
    this.looked = now
    return now - this.last >= BUSY
  }

  async take(): Promise<void> {
    await othersTurn()
    this.last = this.looked = elapsed()
  }
}
