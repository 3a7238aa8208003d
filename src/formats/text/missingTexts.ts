/** Digits after the point up to which programs pad numbers, as `%f` does. */
const PADDED = 6

/**
 * The texts of missing cells: those that are named, and of a number all ways to write it with zeros at the end of its
 * fraction, up to six digits: a program that writes integers beside gaps writes `-999.0`.
 */
export function missingTexts(missing: readonly (string | number)[] = [''], decimal = '.'): readonly string[] {
  return [...new Set(missing.flatMap((one) => (typeof one === 'string' ? [one] : numberTexts(one, decimal))))]
}

function numberTexts(number: number, decimal: string): readonly string[] {
  const [whole = '', fraction = '', ...rest] = String(number).split('.')
  if (!/^-?\d+$/.test(whole) || !/^\d*$/.test(fraction) || rest.length > 0) return [String(number)]
  const shortest = fraction === '' ? whole : whole + decimal + fraction
  const padded = Array.from(
    { length: Math.max(0, PADDED - fraction.length) },
    (_, i) => `${whole}${decimal}${fraction.padEnd(fraction.length + i + 1, '0')}`,
  )
  return [...new Set([String(number), shortest, ...padded])]
}
