import { checkedText, onRecord } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Adds a field that the model does not know. */
export function extraField(field: string, value: unknown): Perturbation {
  checkedText('extraField', field, 'field')
  return onRecord({
    name: `${field} added`,
    identity: value,
    change: (record) => (Object.hasOwn(record, field) ? undefined : { ...record, [field]: value }),
  })
}
