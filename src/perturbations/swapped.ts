import { checkedText, checkedValues, isSameValue, onField, type SeedOptions, seedOptions } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Puts another one of the values in a field, drawn at random. */
export function swapped(field: string, values: readonly unknown[], options: SeedOptions = {}): Perturbation {
  checkedText('swapped', field, 'field')
  const { seed } = seedOptions('swapped', options)
  checkedValues('swapped', values, "['card', 'cash']")
  return onField(field, {
    name: `another ${field}`,
    seed,
    identity: values,
    change(record, { pick }) {
      const others = values.filter((value) => !isSameValue(value, record[field]))
      return Object.hasOwn(record, field) ? { ...record, [field]: pick(others) } : undefined
    },
  })
}
