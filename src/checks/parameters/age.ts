import { AssayError } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import { valueText } from '../receiver.ts'
import type { Json, Parameter } from './parameter.ts'

/** A stretch of time; what is given of it is added up. */
export interface Age {
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
}

const units: Readonly<Record<keyof Age, number>> = { days: 86_400_000, hours: 3_600_000, minutes: 60_000 }

/** How many milliseconds it is. */
export const millisecondsOf = (age: Age): number =>
  Object.entries(units).reduce((sum, [unit, length]) => sum + (age[unit as keyof Age] ?? 0) * length, 0)

/** How old something may be. */
export const age: Parameter<'age', Age, [age: Age]> = {
  name: 'age',
  role: 'limit',
  doc: 'how old the newest one may be, which is added up: `days`, `hours`, `minutes`',
  type: '{ days?, hours?, minutes? }',
  example: '{ hours: 24 }',
  parse(value, { asker }) {
    const parts = isPlainObject(value) ? Object.entries(value) : []
    const fine = parts.every(
      ([unit, count]) => Object.hasOwn(units, unit) && Number.isFinite(count) && (count as number) >= 0,
    )
    const parsed = Object.fromEntries(parts) as Age
    const length = fine ? millisecondsOf(parsed) : 0
    if (length > 0 && Number.isFinite(length)) return parsed
    throw new AssayError('wrong-argument', `${asker} got age: ${valueText(value)}`, {
      hint: 'give some of days, hours and minutes, e.g. { hours: 24 }',
    })
  },
  toJSON: (value) => value as Json,
}
