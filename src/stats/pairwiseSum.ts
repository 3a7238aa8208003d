/** Up to here eight running sums are kept, beyond it the halves are summed apart. */
const BLOCK = 128

/**
 * The sum of numbers by halves (Higham 1993): its rounding grows with the logarithm of their number. In the order that
 * NumPy adds in, so that sums agree with it to the last digit.
 */
export function pairwiseSum(values: ArrayLike<number>, from = 0, count = values.length): number {
  if (count < 8) {
    let sum = 0
    for (let i = 0; i < count; i++) sum += values[from + i] as number
    return sum
  }
  if (count > BLOCK) {
    const half = Math.floor(count / 16) * 8
    return pairwiseSum(values, from, half) + pairwiseSum(values, from + half, count - half)
  }
  const r = Array.from({ length: 8 }, (_, k) => values[from + k] as number)
  let i = 8
  for (; i < count - (count % 8); i += 8) {
    for (let k = 0; k < 8; k++) r[k] = (r[k] as number) + (values[from + i + k] as number)
  }
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = r
  let sum = a + b + (c + d) + (e + f + (g + h))
  for (; i < count; i++) sum += values[from + i] as number
  return sum
}
