const double = new Float64Array(1)
const bits = new BigInt64Array(double.buffer)

/** The least double that is larger. */
export function nextUp(x: number): number {
  if (x === 0) return Number.MIN_VALUE
  double[0] = x
  bits[0] = (bits[0] as bigint) + (x > 0 ? 1n : -1n)
  return double[0]
}
