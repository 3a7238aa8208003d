import { measure } from '../checks/measure.ts'
import type { Relation } from '../engine/engine.ts'
import { binnedSides, isTooLarge } from './bins/binnedSides.ts'
import type { ColumnTally } from './columnTally.ts'
import type { DriftSide } from './drift.ts'
import { exactNumbers } from './exactNumbers.ts'
import type { ColumnPair } from './pairs.ts'
import type { Plan } from './planPairs.ts'

/** A side with its values, and the queries that they came of. */
export interface GatheredSide {
  readonly side: DriftSide
  readonly sql: readonly string[]
}

/** Reads the values of both sides, each as its method takes them: counts in bins where they are too many. */
export async function sidesOf(
  { pair, method, relations, current, reference, exact }: Extract<Plan, { kind: 'plan' }>,
  list: DriftSide['list'],
  signal: AbortSignal | undefined,
): Promise<readonly [GatheredSide, GatheredSide]> {
  const ofNumbers = (all: (typeof wanted)[0]) => Object.values(all).some(({ pass }) => pass === 'numbers')
  const large = isTooLarge(current.rows + reference.rows)
  const metrics = (relation: Relation, { name }: ColumnPair['current']) =>
    (large ? method.metricsOfMany?.(name) : undefined) ??
    method.metrics(name, { dialect: relation.engine.dialect, columns: relation.columns })
  const wanted = [metrics(relations.current, pair.current), metrics(relations.reference, pair.reference)] as const
  if (!method.read && large && wanted.every(ofNumbers))
    return binnedSides({ pair, ...relations }, [current, reference], !exact, signal)
  if (exact && wanted.every((all) => Object.values(all).every(({ pass }) => pass === 'numbers'))) {
    const exactly = await exactNumbers({ pair, ...relations }, signal)
    const side = (column: ColumnPair['current'], tally: ColumnTally, numbers: Float64Array): GatheredSide => {
      const values = Object.fromEntries(Object.keys(wanted[0]).map((name) => [name, numbers]))
      return { side: { column, ...tally, values, list, textOf: exactly.textOf }, sql: exactly.sql }
    }
    return [side(pair.current, current, exactly.current), side(pair.reference, reference, exactly.reference)]
  }
  const gather = async (
    relation: Relation,
    column: ColumnPair['current'],
    tally: ColumnTally,
    all: (typeof wanted)[0],
  ) => {
    const { values, sql } = method.read
      ? await method.read(relation, column, signal)
      : await measure(relation, all, signal, list)
    return { side: { column, ...tally, values, list }, sql }
  }
  const mine = await gather(relations.current, pair.current, current, wanted[0])
  return [mine, await gather(relations.reference, pair.reference, reference, wanted[1])]
}
