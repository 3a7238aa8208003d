import { type FrequencyMetric, frequencyMetric } from '../metric.ts'

/** How often the commonest value of a column occurs, or combination of several; null without any value. */
export function commonestCount(columns: string | readonly string[]): FrequencyMetric<number | null> {
  return frequencyMetric<number | null>({
    name: 'commonestCount',
    columns: typeof columns === 'string' ? [columns] : columns,
    cells: (n) => [{ fn: 'max', of: n }],
    ofCombinations: (combinations, rows) => (rows > 0 && combinations === rows ? 1 : undefined),
    finish: ([count]) => (count === null || count === undefined ? null : Number(count)),
  })
}
