import { inputKey } from './inputKey.ts'
import { equal, type AnswerValue } from './value.ts'

/** An answer: to what, and the moments its call began and was answered, in the order of all such moments of the model. */
export interface SharedAnswer {
  readonly input: unknown
  readonly began: number
  readonly answered: number
  /** Called when the answer is in doubt. */
  doubt(): void
}

/** What a model remembers of its answers, as long as they are in memory. */
export interface Sharing {
  /** The next moment. */
  moment(): number
  note(answer: unknown, copy: AnswerValue, when: SharedAnswer): void
}

interface Holders {
  all: SharedAnswer[]
  copy: AnswerValue
  last: number
  /** Whether it is in doubt whose answer it holds, as told already. */
  broken: boolean
}

/**
 * Finds objects that can still be changed and answer, or are part of the answer to, several inputs. From one batch, or
 * from calls under way together, such an object holds what was written last, for whichever input that was. From calls
 * one after another it was copied in time, but a model that changes what it answered before takes that answer back.
 * Frozen objects cannot change; the same input may be answered with the same object, and so may any inputs while its
 * content stays as it was. `note` takes an answer and its copy, and tells all answers that are in doubt.
 */
export function sharing(): Sharing {
  const holders = new WeakMap<object, Holders>()
  let moments = 0
  const note = (answer: unknown, whole: AnswerValue, when: SharedAnswer): void => {
    const seen = new Set<object>()
    const look = (value: unknown, copy: AnswerValue): void => {
      if (typeof value !== 'object' || value === null || seen.has(value)) return
      seen.add(value)
      for (const [name, inner] of Object.entries(value))
        look(inner, (copy as { [name: string]: AnswerValue })[name] as AnswerValue)
      if (Object.isFrozen(value)) return
      const known = holders.get(value)
      const together = known !== undefined && known.last >= when.began
      const unchanged = known !== undefined && equal(known.copy, copy)
      if (!known || (!together && unchanged)) {
        holders.set(value, { all: [when], copy, last: when.answered, broken: false })
        return
      }
      known.last = when.answered
      known.broken = (together && known.broken) || !unchanged || !sameInput(known.all[0], when)
      known.copy = copy
      known.all.push(when)
      if (!known.broken) return
      for (const one of known.all) if (!together || one.answered >= when.began) one.doubt()
      known.all = [when]
    }
    look(answer, whole)
  }
  return { moment: () => ++moments, note }
}

const sameInput = (one: SharedAnswer | undefined, other: SharedAnswer): boolean =>
  one !== undefined && inputKey(one.input) === inputKey(other.input)
