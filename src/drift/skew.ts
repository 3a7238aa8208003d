import { measure } from '../checks/measure.ts'
import type { Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { missingCount } from '../metrics/kinds/missingCount.ts'
import { rowCount } from '../metrics/kinds/rowCount.ts'
import { normalQuantile } from '../stats/normalQuantile.ts'
import { binomialAtLeast, binomialAtMost } from '../stats/binomialTail.ts'
import { countText, decimal, numberText, shareText } from '../words/text/numbers.ts'
import type { Compared, Uncorrected, Work } from './compared.ts'
import { corrected } from './corrected.ts'
import type { DriftComparison, DriftMeasure } from './drift.ts'
import { incomparable, type JoinedColumn, joinedRows } from './joinedRows.ts'
import { settingOf } from './byColumn.ts'
import { joinedBy } from './namedColumns.ts'
import type { ColumnPair } from './pairs.ts'

/** The share of rows of the same key whose values differ: skew between what a model was trained on and what it is served. */
const differing: DriftMeasure = {
  name: 'joinBy',
  unit: 'share that differs',
  effect: 'share of the rows of both sides with the same key whose values differ',
  limit: 0.01,
  most: 1,
}

/** A pair of columns whose rows are joined. */
export interface JoinedPair {
  readonly kind: 'joined'
  readonly pair: ColumnPair
  readonly method: DriftMeasure
  readonly limit: number
}

/**
 * Compares the values of rows with the same key, by column. The bounds of the share are exact (Clopper and Pearson 1934);
 * fails are corrected over the columns as those of drift are. An AssayError where no key is on both sides.
 */
export async function comparedByKey(
  pairs: readonly ColumnPair[],
  sides: { readonly current: Relation; readonly reference: Relation; readonly names: readonly [string, string] },
  work: Work,
): Promise<{ readonly plans: readonly JoinedPair[]; readonly compared: readonly Compared[] }> {
  const { options, signal } = work
  const key = joinedBy(options)
  const plans = pairs.map((pair): JoinedPair => {
    const limit = settingOf(options.limit, pair.current.name) ?? differing.limit
    return { kind: 'joined', pair, method: differing, limit }
  })
  const errors = await Promise.all(
    pairs.map(async (pair) => {
      const error = incomparable(pair)
      const empty = error !== undefined && (await isEmpty(pair, sides, signal))
      return empty ? undefined : error
    }),
  )
  const able = pairs.filter((_, i) => errors[i] === undefined)
  // What is comparable though its types are not has no value on one side.
  const joined = able.map((pair) => ({ ...pair, empty: incomparable(pair) !== undefined }))
  const { rows, columns } = await joinedRows(joined, key, sides, signal)
  if (rows === 0)
    throw new AssayError(
      'wrong-argument',
      `no row of ${JSON.stringify(sides.names[0])} has a ${key.join(', ')} of ${JSON.stringify(sides.names[1])}`,
      { hint: 'nothing was compared: join by what names the same thing on both sides' },
    )
  const all = plans.map(({ pair, limit }, i): Uncorrected => {
    const error = errors[i]
    if (error) return { kind: 'error', error }
    return {
      kind: 'compared',
      method: differing,
      limit,
      comparison: comparisonOf(columns[able.indexOf(pair)] as JoinedColumn, rows),
      current: { rows, missing: 0 },
      reference: { rows, missing: 0 },
      sql: [],
      events: { cuts: [], keys: [] },
    }
  })
  return { plans, compared: await corrected(all, work) }
}

/** Whether a column has no value on one side: it has no type there that could differ. */
async function isEmpty(
  pair: ColumnPair,
  { current, reference }: { readonly current: Relation; readonly reference: Relation },
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const sides = await Promise.all(
    (
      [
        [current, pair.current.name],
        [reference, pair.reference.name],
      ] as const
    ).map(([relation, name]) => measure(relation, { rows: rowCount(), missing: missingCount(name) }, signal)),
  )
  return sides.some(({ values: { rows, missing } }) => rows === missing)
}

function comparisonOf({ differ, lost, gained, bias, apart }: JoinedColumn, rows: number): DriftComparison {
  const share = differ / rows
  const counted = [
    `${numberText(differ)} of ${countText(rows, 'joined row')} differ${differ === 1 ? 's' : ''} (${shareText(share)})`,
    ...(lost > 0 ? [`${numberText(lost)} without the value that the reference has`] : []),
    ...(gained > 0 ? [`${numberText(gained)} with a value that it lacks`] : []),
  ].join(', ')
  const by = apart === undefined ? '' : `; numbers by ${decimal(apart)} on average, ${decimal(bias)} with their sign`
  return {
    effect: share,
    over: (limit) => (share > limit ? binomialAtLeast(differ, rows, limit) : 1),
    under: (limit) => (limit >= 1 ? 0 : binomialAtMost(differ, rows, limit)),
    p: differ > 0 ? 0 : 1,
    leastDetectable: ({ limit, level }) =>
      Math.min(1, limit + normalQuantile(1 - level) * Math.sqrt((limit * (1 - limit)) / rows) + 1 / rows),
    // Without any that differs, so many rows show that no more than the limit do.
    spreadToDecide: ({ limit, level }) => Math.sqrt(1 / rows + Math.log1p(-limit) / Math.log(level)),
    moved: `${counted}${by}`,
    discreetlyMoved: counted,
    charts: [],
  }
}
