import { type FrequencyMetric, frequencyMetric } from '../metric.ts'

/** Number of different values (or combinations of several columns), missing ones left out; NaN is one value. */
export function distinctCount(columns: string | readonly string[]): FrequencyMetric<number> {
  return frequencyMetric({
    name: 'distinctCount',
    columns: typeof columns === 'string' ? [columns] : columns,
    cells: () => [{ fn: 'rows' }],
    ofCombinations: (distinct) => distinct,
    finish: ([distinct]) => Number(distinct),
  })
}
