import type { Column } from '../engine/engine.ts'

/** Whether a column's numbers are floats of 32 bits. */
const isSingle = ({ native }: Column): boolean => /^(?:float|real)$/i.test(native)

/** Digits that tell any float of 32 bits from its neighbors. */
const DIGITS = 9

/**
 * A number as it compares with cells of a column as doubles: beside floats of 32 bits the float that is written like it. The
 * cell that reads as 0.1 is another double than 0.1.
 */
export function besideCells(value: number, column: Column): number {
  const single = Math.fround(value)
  return isSingle(column) && single !== value && writtenAs(single) === value ? single : value
}

/** A float of 32 bits as the number of the fewest digits that is it. */
function writtenAs(single: number): number {
  for (let digits = 1; digits < DIGITS; digits++) {
    const short = Number(single.toPrecision(digits))
    if (Math.fround(short) === single) return short
  }
  return Number(single.toPrecision(DIGITS))
}
