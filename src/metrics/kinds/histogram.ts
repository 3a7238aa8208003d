import { AssayError } from '../../errors.ts'
import { thresholdsAt } from '../bins.ts'
import { finiteOnly, measurable } from '../finite.ts'
import { keyOf, type ScanMetric, scanMetric } from '../metric.ts'

const MOST_EDGES = 1001

/**
 * How many of a number or time column's values (times in milliseconds since the epoch) each bin between rising `edges`
 * holds: its lower edge included, its upper one not, but for the last bin. Values that are missing, not finite, or beyond the
 * edges are left out; all zero without values. For engines that have histograms.
 */
export function histogram(column: string, edges: readonly number[]): ScanMetric<readonly number[], readonly number[]> {
  const rising = edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > (edges[i - 1] as number)))
  if (edges.length < 2 || edges.length > MOST_EDGES || !rising) {
    throw new AssayError('wrong-argument', `histogram got ${edges.length} edges that make no bins`, {
      hint: `give 2 to ${MOST_EDGES} finite numbers, each larger than the one before`,
    })
  }
  const thresholds = thresholdsAt(edges)
  return scanMetric<readonly number[], readonly number[]>({
    name: 'histogram',
    columns: [column],
    key: keyOf('histogram', [column], edges),
    cells: (context) => [{ fn: 'bins', of: finiteOnly(context, measurable(context, column, 'histogram')), thresholds }],
    // What lies below the first edge comes before the bins, and what lies above the last behind them.
    decode: ([text]) =>
      text === null ? edges.slice(1).map(() => 0) : String(text).split(' ').slice(1, edges.length).map(Number),
    merge: (a, b) => a.map((count, i) => count + (b[i] as number)),
    finish: (counts) => counts,
  })
}
