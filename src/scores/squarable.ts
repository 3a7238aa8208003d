import { squarableUnit } from '../stats/squarableUnit.ts'
import type { Answered } from './score.ts'

/**
 * What differences of right numbers and answers are multiplied by, so that their squares are neither 0 nor more than a double
 * holds: a power of two. `pivot` is what right numbers are taken from, too.
 */
export function differenceUnit({ truth, answers }: Answered, pivot?: number): number {
  let [apart, largest] = [0, 0]
  for (let i = 0; i < truth.length; i++) {
    const [right, answer] = [Number(truth[i]), Number(answers[i])]
    apart = Math.max(apart, Math.abs(answer - right), pivot === undefined ? 0 : Math.abs(right - pivot))
    largest = Math.max(largest, Math.abs(right), Math.abs(answer))
  }
  // Of what differs by more than a double holds, the numbers themselves tell how large they are.
  return apart === 0 ? 1 : squarableUnit(Number.isFinite(apart) ? apart : largest)
}

/** How much a number is above another one, in a unit: neither product nor difference is more than a double holds. */
export const difference = (number: number, other: number, unit: number): number =>
  unit < 1 ? number * unit - other * unit : (number - other) * unit
