import { type Extreme, extreme } from '../extreme.ts'
import type { ScanMetric } from '../metric.ts'

/**
 * Smallest value of a number or time column: times in milliseconds since the epoch, integers beyond 2^53 as bigints;
 * null without any value. An error when a value is NaN or infinite.
 */
export function min(column: string): ScanMetric<Extreme, number | bigint | null> {
  return extreme(column, 'min')
}
