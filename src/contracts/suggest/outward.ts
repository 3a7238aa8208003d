/** The next number away from zero with so many digits. */
export function outward(value: number, digits: number): number {
  if (value === 0) return 0
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1)
  return Number((Math.ceil(value / step) * step).toPrecision(12))
}
