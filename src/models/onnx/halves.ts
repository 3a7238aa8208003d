/** The number that 16 bits of a half stand for (IEEE 754 binary16), which Node before 24 has no array of. */
export function numberOfHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25))
}

/** The bits of the half that lies nearest to a number, the even one of two; infinite from 65,520 on. */
export function halfOf(number: number): number {
  if (Number.isNaN(number)) return 0x7e00
  const sign = number < 0 || Object.is(number, -0) ? 0x8000 : 0
  const size = Math.abs(number)
  if (size >= 65_520) return sign | 0x7c00
  let exponent = Math.max(-14, Math.floor(Math.log2(size)))
  // A logarithm may be rounded over a power.
  if (2 ** exponent > size && exponent > -14) exponent--
  else if (2 ** (exponent + 1) <= size) exponent++
  const scaled = size / 2 ** (exponent - 10)
  const below = Math.floor(scaled)
  const rest = scaled - below
  const whole = rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below
  // Of what is rounded up to the next power the sum carries into the exponent.
  return sign | (exponent === -14 ? whole : ((exponent + 15) << 10) + whole - 1024)
}
