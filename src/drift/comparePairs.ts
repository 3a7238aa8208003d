import type { Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { holm } from '../stats/holm.ts'
import type { DriftComparison, DriftMethod, DriftSide, NotComparable } from './drift.ts'
import { restOf } from './comparedAs.ts'
import type { DriftOptions } from './options.ts'
import type { Pair } from './pairs.ts'
import { type Plan, type Tally, valuesOf } from './planPairs.ts'

/** What came of the comparison of one pair. */
export type Compared =
  | {
      readonly kind: 'compared'
      readonly method: DriftMethod
      readonly limit: number
      readonly comparison: DriftComparison
      readonly adjustedP: number
      readonly current: Tally
      readonly reference: Tally
      readonly sql: readonly string[]
    }
  | { readonly kind: 'undecided'; readonly why: NotComparable; readonly sql: readonly string[] }
  | { readonly kind: 'error'; readonly error: AssayError }

/** What the comparisons of a call share. */
export interface Work {
  readonly options: DriftOptions
  readonly signal: AbortSignal | undefined
}

/** The error rates of a call, over all its columns. */
export function levelsOf({ confidence = 0.95, alpha }: DriftOptions): { confidence: number; alpha: number } {
  return { confidence, alpha: alpha ?? Math.round((1 - confidence) * 1e12) / 1e12 }
}

/**
 * Compares the pairs one after the other, so that only one column's numbers are in memory. Intervals share the error
 * rate of the call equally (Bonferroni), p-values are adjusted over all pairs (Holm 1979).
 */
export async function comparePairs(plans: readonly Plan[], work: Work): Promise<readonly Compared[]> {
  const confidence = 1 - (1 - levelsOf(work.options).confidence) / plans.length
  const found: Compared[] = []
  for (const plan of plans) {
    try {
      found.push(await comparePair(plan, confidence, work))
    } catch (error) {
      if (!(error instanceof AssayError)) throw error
      found.push({ kind: 'error', error })
    }
  }
  const adjusted = holm(found.map((one) => (one.kind === 'compared' ? one.comparison.p : 1)))
  return found.map((one, i) => (one.kind === 'compared' ? { ...one, adjustedP: adjusted[i] as number } : one))
}

async function comparePair(plan: Plan, confidence: number, work: Work): Promise<Compared> {
  if (plan.kind === 'error') return plan
  if (plan.kind === 'undecided') return { ...plan, sql: [] }
  const { pair, method, limit, relations, current, reference } = plan
  const mine = await gather(method, relations.current, pair.current, current, work.signal)
  const theirs = await gather(method, relations.reference, pair.reference, reference, work.signal)
  const sql = [...new Set([...mine.sql, ...theirs.sql])]
  const compared = method.compare(mine.side, theirs.side, { limit, confidence })
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
  return { kind: 'compared', method, limit, comparison, adjustedP: 1, current, reference, sql }
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
