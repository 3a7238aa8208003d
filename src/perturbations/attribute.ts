import { checkedText, checkedValues, isSameValue, onField } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Gives a field each of the other values in turn: a protected attribute that the answer must not hang on. */
export function attribute(field: string, values: readonly unknown[]): Perturbation {
  checkedText('attribute', field, 'field')
  checkedValues('attribute', values, "['f', 'm']")
  return onField(field, {
    name: `every other ${field}`,
    capability: 'fairness',
    identity: values,
    change: (record) =>
      Object.hasOwn(record, field)
        ? values
            .filter((value) => !isSameValue(value, record[field]))
            .map((value: unknown) => ({ ...record, [field]: value }))
        : undefined,
  })
}
