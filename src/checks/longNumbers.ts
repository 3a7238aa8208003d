import type { Relation } from '../engine/engine.ts'
import { unreadableCount } from '../metrics/unreadableCount.ts'
import { withFractions } from './askedReading.ts'

/**
 * The relation with its columns of integers read as numbers where some of their cells are none of the integers that the
 * first rows made believe: a fraction, or a whole number that the engine's integers do not hold. The relation itself
 * where there is no such cell.
 */
export async function withLongNumbers(
  relation: Relation,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Relation> {
  const able = names.filter((name) => relation.columns.some((column) => column.name === name && column.guessed))
  const counts = able.map((name) => unreadableCount(name))
  const { runMetrics } = await import('../metrics/run.ts')
  const results = await runMetrics(counts, relation, { signal })
  return able.reduce((read, name, i) => {
    const result = results.get(counts[i]?.key as string)
    return result?.ok && Number(result.value) > 0 ? withFractions(read, name) : read
  }, relation)
}
