/** The digits of a decimal type, and how many of them stand after the point. */
export interface DecimalType {
  readonly precision: number
  readonly scale: number
}

/** The decimal type of that name; undefined for another one. */
export function decimalOf(native: string): DecimalType | undefined {
  const [, precision, scale] = /^(?:DECIMAL|NUMERIC)\((\d+), *(\d+)\)$/i.exec(native) ?? []
  return precision === undefined ? undefined : { precision: Number(precision), scale: Number(scale) }
}

/** A finite number as an integer over a power of ten, by the digits it is written with. */
export function unscaled(value: number | bigint): { readonly digits: bigint; readonly scale: number } {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  const scale = fraction.length - Number(exponent)
  const digits = BigInt(`${sign}${whole}${fraction}`)
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

/** The greatest multiple of 10^-scale that is no more than a number, and the least that is no less, as counts of it. */
export function around(value: number | bigint, scale: number): { readonly below: bigint; readonly above: bigint } {
  const exact = unscaled(value)
  if (exact.scale <= scale) {
    const count = exact.digits * 10n ** BigInt(scale - exact.scale)
    return { below: count, above: count }
  }
  const unit = 10n ** BigInt(exact.scale - scale)
  const rest = ((exact.digits % unit) + unit) % unit
  const below = (exact.digits - rest) / unit
  return { below, above: rest === 0n ? below : below + 1n }
}

/** A count of 10^-scale written as a decimal. */
export function decimalText(count: bigint, scale: number): string {
  const digits = String(count < 0n ? -count : count).padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${count < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`
}
