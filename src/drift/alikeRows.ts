import type { Relation } from '../engine/engine.ts'
import { distinctCount } from '../metrics/kinds/distinctCount.ts'
import { designEffect } from '../stats/designEffect.ts'
import { numberText } from '../words/text/numbers.ts'
import { clusterMoments } from './clusterMoments.ts'
import type { Measured } from './compared.ts'
import { idLike } from './idLike.ts'
import { measure } from '../checks/measure.ts'

/** Rows that weigh as half of their number or less are called alike. */
const STRONG = 2
/** Of fewer clusters nothing is said. */
const LEAST_CLUSTERS = 10
/** Columns that are looked at: of a strong likeness all tell. */
const MOST_COLUMNS = 12

/** Columns that may say which rows belong together: those of a key, and what is called an identifier. */
export function clusterColumns(current: Relation, keys: readonly string[], reference: Relation): readonly string[] {
  const there = new Set(reference.columns.map(({ name }) => name))
  const names = current.columns.map(({ name }) => name).filter((name) => there.has(name))
  return names.filter((name) => keys.includes(name) || idLike(name)).slice(0, 3)
}

/**
 * A remark where rows of one value of such a column are so alike that the stated error rates do not hold; undefined where
 * they are not, as far as is seen from the columns that were compared.
 */
export async function alikeRows(
  compared: readonly { readonly column: string; readonly measured: Measured }[],
  by: readonly string[],
  current: Relation,
  signal: AbortSignal | undefined,
): Promise<{ readonly column: string; readonly message: string } | undefined> {
  const seen = compared.slice(0, MOST_COLUMNS)
  for (const column of by) {
    const others = seen.filter((one) => one.column !== column)
    const [first] = others
    if (!first) continue
    const { rows } = first.measured.current
    const distinct = (await measure(current, { distinct: distinctCount(column) }, signal)).values.distinct
    if (distinct < LEAST_CLUSTERS || distinct > rows / STRONG) continue
    const metrics = Object.fromEntries(
      others.map(({ column: name, measured }) => [
        name,
        clusterMoments(column, [{ column: name, ...fewer(measured) }]),
      ]),
    )
    const { values } = await measure(current, metrics, signal)
    const effects = others.map(({ column: name }) => ({
      name,
      effect: designEffect(values[name] as Parameters<typeof designEffect>[0]) ?? 1,
    }))
    const most = effects.reduce((largest, one) => (one.effect > largest.effect ? one : largest))
    if (most.effect < STRONG) continue
    const [shown, weigh] = [numberText(rows), numberText(Math.round(rows / most.effect))]
    return {
      column,
      message: `rows of one ${JSON.stringify(column)} are alike: in ${JSON.stringify(most.name)} the ${shown} rows of the current data weigh as ${weigh} independent ones, so more calls than stated are wrong\n  hint: give clusterBy: ${JSON.stringify(column)}, or compare one row of each`,
    }
  }
  return undefined
}

/** A few events are enough to see a strong likeness. */
function fewer({ events }: Measured): Measured['events'] {
  const { cuts = [], keys = [] } = events
  return { cuts: cuts.filter((_, i) => i % 4 === 0), keys: keys.slice(0, 3) }
}
