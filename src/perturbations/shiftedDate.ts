import { textOf } from '../errors.ts'
import { checkedText, onField, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const DAY = 86_400_000

/** Moves the date in a field by so many days: a Date, an ISO date or an ISO timestamp, which keeps its form. */
export function shiftedDate(field: string, days: number): Perturbation {
  checkedText('shiftedDate', field, 'field')
  if (!(typeof days === 'number' && Number.isFinite(days) && days !== 0))
    throw wrong('shiftedDate', `got days: ${textOf(days)}`, 'days is how far dates move, e.g. 7 or -1')
  return onField(field, {
    name: `${field} ${days > 0 ? '+' : '−'} ${Math.abs(days)} days`,
    change(record) {
      const value = record[field]
      if (value instanceof Date) return { ...record, [field]: new Date(value.getTime() + days * DAY) }
      if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined
      const at = Date.parse(value)
      if (Number.isNaN(at)) return undefined
      const moved = new Date(at + days * DAY).toISOString()
      return { ...record, [field]: value.length === 10 ? moved.slice(0, 10) : moved }
    },
  })
}
