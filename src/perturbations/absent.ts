import { checkedText, onField } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Leaves a field out. */
export function absent(field: string): Perturbation {
  checkedText('absent', field, 'field')
  return onField(field, {
    name: `${field} left out`,
    change(record) {
      const { [field]: own, ...rest } = record
      return own === undefined && !Object.hasOwn(record, field) ? undefined : rest
    },
  })
}
