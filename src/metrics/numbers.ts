import { asDouble, columnNamed, keyOf, type NumbersMetric } from './metric.ts'

/** All values of a number or time column as doubles (times in milliseconds since the epoch), in no order. */
export function numbers(column: string): NumbersMetric {
  return {
    name: 'numbers',
    key: keyOf('numbers', [column]),
    columns: [column],
    pass: 'numbers',
    expression: (context) => asDouble(context, columnNamed(context.columns, column)),
  }
}
