import type { Column } from '../engine/engine.ts'

/** How the times of two columns read: as days where both hold dates, else as instants, to the minute where asked. */
export function timeTextOf(current: Column, reference: Column, digits = 24): (ms: number) => string {
  const length = current.type === 'date' && reference.type === 'date' ? 10 : digits
  return (ms) => timeText(ms, length)
}

/** An instant to so many digits of one of four digits of year; milliseconds where no date is so far off. */
export function timeText(ms: number, digits: number): string {
  if (Math.abs(ms) > 8.64e15) return String(ms)
  const iso = new Date(ms).toISOString()
  // Years before 0 and after 9999 have a sign and six digits.
  return iso.slice(0, iso.length - 24 + digits)
}
