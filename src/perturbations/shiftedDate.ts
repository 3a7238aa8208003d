import { textOf } from '../errors.ts'
import { checkedText, onField, wrong } from './define.ts'
import { shiftedDay, shiftedTime } from './isoDay.ts'
import type { Perturbation } from './perturbation.ts'

/**
 * Moves the date in a field by so many whole days: a Date, an ISO date or an ISO timestamp. What stands behind the day, its
 * time and zone, stays as it is.
 */
export function shiftedDate(field: string, days: number): Perturbation {
  checkedText('shiftedDate', field, 'field')
  if (!(Number.isInteger(days) && days !== 0))
    throw wrong('shiftedDate', `got days: ${textOf(days)}`, 'days is how many days dates move, e.g. 7 or -1')
  return onField(field, {
    name: `${field} ${days > 0 ? '+' : '−'} ${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`,
    change(record) {
      const value = record[field]
      const moved =
        value instanceof Date ? shiftedTime(value, days) : typeof value === 'string' ? later(value, days) : undefined
      return moved === undefined ? undefined : { ...record, [field]: moved }
    },
  })
}

function later(text: string, days: number): string | undefined {
  const [, day, rest = ''] = /^(\d{4}-\d{2}-\d{2})(|[T ]\d{2}:.*)$/s.exec(text) ?? []
  const moved = day === undefined ? undefined : shiftedDay(day, days)
  return moved === undefined ? undefined : moved + rest
}
