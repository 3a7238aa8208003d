import { textOf } from '../errors.ts'
import { checkedText, onField, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Writes the ISO timestamp in a field in another zone, hours east of UTC: the same instant. */
export function otherZone(field: string, hours: number): Perturbation {
  checkedText('otherZone', field, 'field')
  if (!(Number.isInteger(hours) && Math.abs(hours) <= 14))
    throw wrong('otherZone', `got hours: ${textOf(hours)}`, 'hours lie between -14 and 14')
  const zone = hours === 0 ? 'Z' : `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`
  return onField(field, {
    name: `${field} at ${zone}`,
    change(record) {
      const value = record[field]
      if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(value)) return undefined
      const at = Date.parse(value)
      if (Number.isNaN(at)) return undefined
      return { ...record, [field]: `${new Date(at + hours * 3_600_000).toISOString().slice(0, -1)}${zone}` }
    },
  })
}
