import { setImmediate } from '../realTimers.ts'

/** The p-values of a call, one for each column and one for each finding. */
export interface Tests {
  readonly effects: readonly number[]
  readonly findings: readonly number[]
}

/** The tests of all calls that were made together, and where one's own begin. */
export interface Together {
  readonly tests: Tests
  readonly at: { readonly effects: number; readonly findings: number }
}

/** A place among calls that are made together. */
export interface Seat {
  /** Waits for the others' tests. */
  settle(own: Tests): Promise<Together>
  /** Waits for nobody. Every seat must be left, since the others wait for it; one that has settled is. */
  leave(): void
}

interface Round {
  readonly seats: (Tests | undefined)[]
  waiting: number
  readonly done: (() => void)[]
}

const rounds = new Map<string, Round>()
const NONE: Tests = { effects: [], findings: [] }

/**
 * Joins the calls about the same two sides that are made before the event loop turns: those on single columns that
 * stand in one `Promise.all` or one `evaluate` are corrected together, as those of a whole dataset are.
 */
export function joined(about: string): Seat {
  const round = rounds.get(about) ?? begun(about)
  const place = round.seats.push(undefined) - 1
  round.waiting++
  const arrive = (own: Tests): void => {
    if (round.seats[place]) return
    round.seats[place] = own
    if (--round.waiting > 0) return
    // Who comes later was not made together with these, though the event loop may not have turned.
    if (rounds.get(about) === round) rounds.delete(about)
    for (const done of round.done) done()
  }
  return {
    leave: () => arrive(NONE),
    settle: async (own) => {
      arrive(own)
      if (round.waiting > 0) await new Promise<void>((resolve) => round.done.push(resolve))
      const all = round.seats as Tests[]
      const of = (list: readonly Tests[], which: keyof Tests) => list.flatMap((tests) => tests[which])
      const before = all.slice(0, place)
      return {
        tests: { effects: of(all, 'effects'), findings: of(all, 'findings') },
        at: { effects: of(before, 'effects').length, findings: of(before, 'findings').length },
      }
    },
  }
}

function begun(about: string): Round {
  const round: Round = { seats: [], waiting: 0, done: [] }
  rounds.set(about, round)
  setImmediate(() => {
    if (rounds.get(about) === round) rounds.delete(about)
  })
  return round
}
