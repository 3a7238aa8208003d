import type { Column } from '../../engine/engine.ts'
import { exactOfNative } from '../../engine/nativeType.ts'
import { id } from '../../sql/sql.ts'
import { extremeValue, finiteOnly, measurable, nonFiniteCount, refuseNonFinite, refuseOverflow } from '../finite.ts'
import { type ScanMetric, scanMetric } from '../metric.ts'
import { roundedRatio } from '../roundedRatio.ts'

interface State {
  readonly count: number
  /** 0 where the sum is known. */
  readonly mean: number
  /** What integers add up to. */
  readonly sum: bigint | undefined
  readonly nonFinite: number
}

/**
 * Arithmetic mean of a number or time column (times in milliseconds since the epoch), missing values left out; null
 * without any value. Of integers it is that of their exact sum, rounded once, beyond 2^53 a bigint where it is one. An
 * error when a value is NaN or infinite.
 */
export function mean(column: string): ScanMetric<State, number | bigint | null> {
  return scanMetric<State, number | bigint | null>({
    name: 'mean',
    columns: [column],
    cells: (context) => {
      const measured = measurable(context, column, 'mean')
      const value = finiteOnly(context, measured)
      const isExact = addsUpExactly(measured)
      return [
        { fn: 'count', of: value },
        { fn: 'constant', value: Number(isExact) },
        isExact ? { fn: 'sum', of: id(column) } : { fn: 'mean', of: value },
        nonFiniteCount(context, measured),
      ]
    },
    decode([count, isExact, value, nonFinite]) {
      const exact = Number(isExact) === 1
      return {
        count: Number(count),
        mean: exact ? 0 : Number(value ?? 0),
        sum: exact ? BigInt((value ?? 0) as bigint) : undefined,
        nonFinite: Number(nonFinite),
      }
    },
    merge(a, b) {
      if (a.count === 0) return { ...b, nonFinite: a.nonFinite + b.nonFinite }
      if (b.count === 0) return { ...a, nonFinite: a.nonFinite + b.nonFinite }
      const count = a.count + b.count
      return {
        count,
        mean: a.mean + (b.mean - a.mean) * (b.count / count),
        sum: a.sum === undefined || b.sum === undefined ? undefined : a.sum + b.sum,
        nonFinite: a.nonFinite + b.nonFinite,
      }
    },
    finish({ count, mean: average, sum, nonFinite }) {
      refuseNonFinite(nonFinite, 'mean', column)
      if (count === 0) return null
      if (sum === undefined) return refuseOverflow(average, 'mean', column)
      const divisor = BigInt(count)
      return sum % divisor === 0n ? extremeValue(sum / divisor) : roundedRatio(sum, divisor)
    },
  })
}

/** Whether the engine adds up the integers of a column without rounding, however many they are. */
function addsUpExactly({ type, native }: Column): boolean {
  const exact = exactOfNative(native)
  return type === 'integer' && exact?.kind === 'integer' && exact.bits <= 64
}
