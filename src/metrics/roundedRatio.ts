/** Enough digits, with one for all that follow them, for a number to be rounded as if all were there. */
const ENOUGH = 66

/** `whole / divisor * 2^power`, rounded to the nearest double. */
export function roundedRatio(whole: bigint, divisor: bigint, power = 0): number {
  const size = whole < 0n ? -whole : whole
  const more = ENOUGH + lengthOf(divisor) - lengthOf(size)
  const dividend = more < 0 ? size >> BigInt(-more) : size << BigInt(more)
  const quotient = dividend / divisor
  const isWhole = quotient * divisor === dividend && (more >= 0 || dividend << BigInt(-more) === size)
  const nearest = Number(isWhole ? quotient : quotient | 1n)
  // In two steps: one power alone may be less than a double holds.
  const half = Math.trunc((power - more) / 2)
  return (whole < 0n ? -nearest : nearest) * 2 ** half * 2 ** (power - more - half)
}

const lengthOf = (number: bigint): number => number.toString(2).length
