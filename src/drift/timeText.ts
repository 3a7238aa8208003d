import type { Column } from '../engine/engine.ts'

/** How the times of two columns read: as days where both hold dates, else as instants, to the minute where asked. */
export function timeTextOf(current: Column, reference: Column, digits = 24): (ms: number) => string {
  const length = current.type === 'date' && reference.type === 'date' ? 10 : digits
  return (ms) => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString().slice(0, length) : String(ms))
}
