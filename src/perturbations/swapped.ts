import { kindOf } from '../errors.ts'
import { checkedText, isSameValue, onField, type SeedOptions, seedOptions, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Puts another one of the values in a field, drawn at random. */
export function swapped(field: string, values: readonly unknown[], options: SeedOptions = {}): Perturbation {
  checkedText('swapped', field, 'field')
  const { seed } = seedOptions('swapped', options)
  if (!Array.isArray(values) || values.length < 2)
    throw wrong('swapped', `got ${kindOf(values)} as values`, "give at least two values, e.g. ['card', 'cash']")
  return onField(field, {
    name: `another ${field}`,
    seed,
    change(record, { pick }) {
      const others = values.filter((value) => !isSameValue(value, record[field]))
      return Object.hasOwn(record, field) ? { ...record, [field]: pick(others) } : undefined
    },
  })
}
