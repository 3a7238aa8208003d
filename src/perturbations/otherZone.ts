import { textOf } from '../errors.ts'
import { checkedText, onField, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const stamp = /^(\d{4}-\d{2}-\d{2})([T ])(\d{2}:\d{2})(:\d{2})?([.,]\d+)?(Z|[+-]\d{2}(?::?\d{2})?)$/i

/** Writes the ISO timestamp in a field in another zone, hours east of UTC (5.5 is +05:30): the same instant, as exactly. */
export function otherZone(field: string, hours: number): Perturbation {
  checkedText('otherZone', field, 'field')
  if (!(Number.isInteger(hours * 4) && Math.abs(hours) <= 14))
    throw wrong('otherZone', `got hours: ${textOf(hours)}`, 'hours lie between -14 and 14, in quarters')
  const minutes = hours * 60
  const zone = minutes === 0 ? 'Z' : zoneOf(minutes)
  return onField(field, {
    name: `${field} at ${zone}`,
    change(record) {
      const value = record[field]
      const [, day, gap = '', time, seconds = '', fraction = '', own = ''] =
        (typeof value === 'string' && stamp.exec(value)) || []
      const offset = offsetOf(own)
      if (day === undefined || offset === minutes) return undefined
      const moved = new Date(Date.parse(`${day}T${time}:00Z`) + (minutes - offset) * 60_000)
      if (Number.isNaN(moved.getTime()) || moved.getUTCFullYear() > 9999 || moved.getUTCFullYear() < 0) return undefined
      const written = moved.toISOString()
      return {
        ...record,
        [field]: `${written.slice(0, 10)}${gap}${written.slice(11, 16)}${seconds}${fraction}${zone}`,
      }
    },
  })
}

function zoneOf(minutes: number): string {
  const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** Minutes east of UTC. */
function offsetOf(zone: string): number {
  const [, sign, hour, minute = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hour) * 60 + Number(minute))
}
