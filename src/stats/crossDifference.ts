/** a d - b c to the last digits, however large the counts are: products beyond 2^53 are made exactly. */
export function crossDifference(a: number, b: number, c: number, d: number): number {
  const [first, two] = [a * d, b * c]
  if (Math.max(first, two) <= Number.MAX_SAFE_INTEGER || ![a, b, c, d].every(Number.isSafeInteger)) return first - two
  return Number(BigInt(a) * BigInt(d) - BigInt(b) * BigInt(c))
}
