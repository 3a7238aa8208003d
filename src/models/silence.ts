import { AssayError } from '../errors.ts'
import { countText, numberText } from '../words/text/numbers.ts'
import type { Answer } from './answer.ts'
import { CallError, Timeout, whyFailed } from './attempts.ts'

/** Calls without an answer, beside those that were under way when it began: they may have met one and the same trouble. */
const FEW = 5

/** How often in a row a model had no answer that says anything of its input: it fell silent, or cannot be reached. */
export class Silence {
  private calls = 0
  private why = ''

  /** Before it is asked anew: what is under way at a time may show whether it is back. */
  probe(): void {
    this.calls = Math.min(this.calls, FEW)
  }

  answered(): void {
    this.calls = 0
  }

  /** Counts a call that failed for good. */
  failed(error: unknown): void {
    if (error instanceof Timeout || (error instanceof CallError && error.unheard)) {
      this.calls++
      this.why = whyFailed(error)
    } else this.calls = 0
  }

  /** Whether those that follow would be asked in vain, where so many calls are under way at a time. */
  lasts(concurrency: number): boolean {
    return this.calls >= concurrency + FEW
  }

  /** What stands in the place of an answer to what is not asked any more. */
  unasked(): Answer {
    return unaskedAfter(this.calls, this.why)
  }
}

/** The same, after so many calls in a row. */
export const unaskedAfter = (calls: number, why: string): Answer => ({
  error: `was not asked: ${countText(calls, 'call')} in a row had no answer, the last since it ${why}`,
  unasked: true,
})

/**
 * Throws AssayError `wrong-prediction` where a model was given up in one of the lists: nothing is known of what it was not
 * asked. `total` is how many inputs it was to be asked.
 */
export function checkAsked(name: string, lists: readonly (readonly Answer[])[], total: number): void {
  const first = lists.find((answers) => answers.some(({ unasked }) => unasked))?.find(({ unasked }) => unasked)
  if (!first) return
  const missed = lists.flat().filter(({ unasked }) => unasked).length
  const about = `${name} was asked ${numberText(total - missed)} of ${countText(total, 'input')}, and no more`
  const why = String(first.error).replace(/^was not asked: /, '')
  throw new AssayError('wrong-prediction', `${about}: ${why}`, {
    hint: 'see whether it runs and how long an answer takes: its timeout may be too short, or too many calls are under way',
    discreet: about,
  })
}
