import { asDouble, columnNamed, keyOf, type NumbersMetric } from '../metrics/metric.ts'

/** A column's values as doubles, times in milliseconds since the epoch, without missing ones; in no order. */
export function numbersOf(column: string): NumbersMetric {
  return {
    name: 'numbers',
    key: keyOf('numbers', [column]),
    columns: [column],
    pass: 'numbers',
    expression: (context) => asDouble(context, columnNamed(context.columns, column)),
  }
}
