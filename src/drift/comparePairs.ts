import type { Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { holm } from '../stats/holm.ts'
import type { DriftComparison, DriftMethod, DriftSide, NotComparable } from './drift.ts'
import { restOf } from './comparedAs.ts'
import type { DriftOptions } from './options.ts'
import type { Pair } from './pairs.ts'
import { type Plan, type Tally, valuesOf } from './planPairs.ts'

/** A comparison with its verdict's numbers. */
export interface Measured {
  readonly kind: 'compared'
  readonly method: DriftMethod
  readonly limit: number
  readonly comparison: DriftComparison
  readonly current: Tally
  readonly reference: Tally
  readonly sql: readonly string[]
}

/** What came of the comparison of one pair. */
export type Compared =
  | (Measured & {
      /** p of "the effect is at most the limit", adjusted over the columns of the call (Holm 1979). */
      readonly adjustedP: number
      /** What Holm's procedure multiplies that p with: 1 when one column is compared. */
      readonly beside: number
    })
  | { readonly kind: 'undecided'; readonly why: NotComparable; readonly sql: readonly string[] }
  | { readonly kind: 'error'; readonly error: AssayError }

/** What the comparisons of a call share. */
export interface Work {
  readonly options: DriftOptions
  readonly signal: AbortSignal | undefined
}

/**
 * Compares the pairs one after the other, so that only one column's numbers are in memory. Fails are corrected over
 * all pairs that can be compared: Holm's procedure on "the effect is at most the limit". Passes are not: "no column
 * drifted" is said when every column's own test says so, an intersection-union test, which errs no more often than each
 * of them (Berger 1982).
 */
export async function comparePairs(plans: readonly Plan[], work: Work): Promise<readonly Compared[]> {
  const all: (Measured | Exclude<Compared, { kind: 'compared' }>)[] = []
  for (const plan of plans) {
    try {
      all.push(await comparePair(plan, work))
    } catch (error) {
      if (!(error instanceof AssayError)) throw error
      all.push({ kind: 'error', error })
    }
  }
  return corrected(all)
}

/** The comparisons with their p-values adjusted for each other; what could not be compared counts for nothing. */
function corrected(all: readonly (Measured | Exclude<Compared, { kind: 'compared' }>)[]): readonly Compared[] {
  const ps = all.map((one) => (one.kind === 'compared' ? one.comparison.over(one.limit) : Number.NaN))
  const adjusted = holm(ps)
  const tests = ps.filter((p) => !Number.isNaN(p)).length
  return all.map((one, i): Compared => {
    if (one.kind !== 'compared') return one
    const smaller = ps.filter((p, j) => p < (ps[i] as number) || (p === ps[i] && j < i)).length
    return { ...one, adjustedP: adjusted[i] as number, beside: tests - smaller }
  })
}

async function comparePair(plan: Plan, work: Work): Promise<Measured | Exclude<Compared, { kind: 'compared' }>> {
  if (plan.kind === 'error') return plan
  if (plan.kind === 'undecided') return { ...plan, sql: [] }
  const { pair, method, limit, relations, current, reference } = plan
  const mine = await gather(method, relations.current, pair.current, current, work.signal)
  const theirs = await gather(method, relations.reference, pair.reference, reference, work.signal)
  const sql = [...new Set([...mine.sql, ...theirs.sql])]
  const compared = method.compare(mine.side, theirs.side)
  if ('reason' in compared) {
    if (pair.named) throw new AssayError('wrong-type', compared.reason, { hint: compared.hint })
    return { kind: 'undecided', why: compared, sql }
  }
  const rest = (
    await Promise.all([
      restOf(relations.reference, pair.reference, 'the reference', work.signal),
      restOf(relations.current, pair.current, 'the current data', work.signal),
    ])
  ).filter((note) => note !== undefined)
  const moved = [compared.moved, ...rest.map(({ message }) => message)].join('; ')
  const discreetlyMoved = [compared.discreetlyMoved, ...rest.map(({ discreet }) => discreet)].join('; ')
  const comparison = { ...compared, moved, discreetlyMoved }
  return { kind: 'compared', method, limit, comparison, current, reference, sql }
}

async function gather(
  method: DriftMethod,
  relation: Relation,
  column: Pair['current'],
  counts: Tally,
  signal: AbortSignal | undefined,
): Promise<{ side: DriftSide; sql: readonly string[] }> {
  const context = { dialect: relation.engine.dialect, columns: relation.columns }
  const { values, sql } = await valuesOf(method.metrics(column.name, context), relation, signal)
  return { side: { column, ...counts, values }, sql }
}
