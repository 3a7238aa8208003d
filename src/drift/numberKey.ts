/** A number's text as all types spell it alike: without zeros behind the point or a sign of zero, and large whole ones in full. */
export function numberKey(text: string): string {
  if (/^-?\d+$/.test(text)) return unsigned(text)
  if (/^-?\d+\.\d*$/.test(text)) return unsigned(text.replace(/\.?0+$/, ''))
  const value = Number(text)
  return Number.isInteger(value) ? String(BigInt(value)) : text
}

const unsigned = (text: string): string => (text === '-0' ? '0' : text)
