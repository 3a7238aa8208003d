import { checkedText, onField } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Makes the value of a field null. */
export function missing(field: string): Perturbation {
  checkedText('missing', field, 'field')
  return onField(field, {
    name: `without ${field}`,
    change: (record) => (Object.hasOwn(record, field) ? { ...record, [field]: null } : undefined),
  })
}
