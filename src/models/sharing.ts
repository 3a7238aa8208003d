/** When an answer came: the moments its call began and was answered, in the order of all such moments. */
export interface Answered {
  readonly place: number
  readonly began: number
  readonly answered: number
}

interface Holders {
  readonly all: Answered[]
  last: number
  /** Whether it stood in answers to different inputs, which are told already. */
  broken: boolean
}

/**
 * Finds answers that are, or hold, one object that can still be changed, although they came from one batch or from calls
 * under way together: such an object holds what was written last, for whichever input that was. One that was answered
 * before the other call began has been copied in time. Frozen objects cannot change, and the same input may be answered
 * with the same object. What is returned notes an answer, and tells the places that are in doubt because of it.
 */
export function sharing(
  sameInput: (one: number, other: number) => boolean,
): (answer: unknown, when: Answered) => readonly number[] {
  const holders = new WeakMap<object, Holders>()
  return (answer, when) => {
    const doubtful = new Set<number>()
    const seen = new Set<object>()
    const look = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || seen.has(value)) return
      seen.add(value)
      for (const inner of Object.values(value)) look(inner)
      if (Object.isFrozen(value)) return
      const known = holders.get(value)
      if (!known || known.last < when.began) {
        holders.set(value, { all: [when], last: when.answered, broken: false })
        return
      }
      known.last = when.answered
      known.broken ||= !sameInput((known.all[0] as Answered).place, when.place)
      if (!known.broken) {
        known.all.push(when)
        return
      }
      for (const { place, answered } of known.all) if (answered >= when.began) doubtful.add(place)
      known.all.length = 1
      doubtful.add(when.place)
    }
    look(answer)
    return [...doubtful]
  }
}
