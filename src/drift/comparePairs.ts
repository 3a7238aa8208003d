import type { Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { decimal } from '../words/text/numbers.ts'
import { holm } from '../stats/holm.ts'
import { binnedSides, isBinned, isTooLarge } from './bins/binnedSides.ts'
import { eventsOf, type Weight, weighed, weightOf } from './clusters.ts'
import type { Events } from './clusterMoments.ts'
import { clusterTotals } from './clusterTotals.ts'
import type { DriftComparison, DriftMeasure, DriftMethod, DriftSide, NotComparable } from './drift.ts'
import { restOf } from './comparedAs.ts'
import { exactNumbers } from './exactNumbers.ts'
import type { DriftFinding } from './finding.ts'
import { findingLimits } from './findingLimits.ts'
import type { DriftOptions } from './options.ts'
import { shareFinding } from './shareFinding.ts'
import type { ColumnPair } from './pairs.ts'
import type { Plan } from './planPairs.ts'
import { type ReusedLists, reusedLists } from './reusedLists.ts'
import type { Seat } from './together.ts'
import type { ColumnTally } from './columnTally.ts'
import { measure } from '../checks/measure.ts'
import { numberText } from '../words/text/numbers.ts'

/** A finding with its limit, and p of "it is at most the limit", adjusted over all findings of the call. */
export interface JudgedFinding extends DriftFinding {
  readonly limit: number
  readonly adjustedP: number
  /** What its p is multiplied with. */
  readonly factor: number
}

/** A comparison with its verdict's numbers. */
export interface Measured {
  readonly kind: 'compared'
  readonly method: DriftMeasure
  readonly limit: number
  readonly comparison: DriftComparison
  readonly current: ColumnTally
  readonly reference: ColumnTally
  readonly sql: readonly string[]
  /** What the rows weigh, where they are clustered. */
  readonly weights?: readonly [Weight, Weight]
  /** What tells how alike rows are. */
  readonly events: Omit<Events, 'column'>
}

/** What came of the comparison of one pair. */
export type Compared =
  | (Measured & {
      /** p of "the effect is at most the limit", adjusted over the columns of the call (Holm 1979). */
      readonly adjustedP: number
      /** What that p is multiplied with: by Holm's procedure, and for the share of the level that is left to findings. */
      readonly beside: number
      /** What was looked for beside the effect, with its limit and adjusted p. */
      readonly findings: readonly JudgedFinding[]
    })
  | { readonly kind: 'undecided'; readonly why: NotComparable; readonly sql: readonly string[] }
  | { readonly kind: 'apart'; readonly why: string }
  | { readonly kind: 'error'; readonly error: AssayError }

/** What the comparisons of a call share. */
export interface Work {
  readonly options: DriftOptions
  readonly signal: AbortSignal | undefined
  /** The calls that are corrected together. */
  readonly seat: Seat
}

/**
 * Compares the pairs one after the other, so that only one column's numbers are in memory. Fails are corrected over
 * all pairs that can be compared, those of calls made together too: Holm's procedure on "the effect is at most the limit". Passes are not: "no column
 * drifted" is said when every column's own test says so, an intersection-union test, which errs no more often than each
 * of them (Berger 1982). A fifth of the level belongs to what is looked for beside the effects, by Holm's procedure too.
 */
export async function comparePairs(
  plans: readonly Plan[],
  work: Work,
  /** What is compared beside the columns, and corrected with them. */
  more: readonly Uncorrected[] = [],
): Promise<readonly Compared[]> {
  const all: Uncorrected[] = []
  const lists = reusedLists()
  for (const plan of plans) {
    try {
      all.push(await comparePair(plan, work, lists))
    } catch (error) {
      if (!(error instanceof AssayError)) throw error
      all.push({ kind: 'error', error })
    } finally {
      lists.free()
    }
  }
  return corrected([...all, ...more], work)
}

/** What came of a comparison before the others' p-values are known. */
export type Uncorrected = Measured | Exclude<Compared, { kind: 'compared' }>

/** The share of the level that belongs to the effects of the methods, where something is looked for beside them. */
const OWN_SHARE = 0.8

/** The comparisons with their p-values adjusted for each other; what could not be compared counts for nothing. */
export async function corrected(all: readonly Uncorrected[], { options, seat }: Work): Promise<readonly Compared[]> {
  // Of joined rows nothing else is asked.
  const share = options.findings === false || options.joinBy !== undefined ? 1 : OWN_SHARE
  const ps = all.map((one) => (one.kind === 'compared' ? one.comparison.over(one.limit) : Number.NaN))
  const findings = all.map((one) => (one.kind === 'compared' ? findingsWithin(one, options) : []))
  const { tests, at } = await seat.settle({ effects: ps, findings: findings.flat().map(({ p }) => p) })
  const effects = stepped(tests.effects)
  const beside = stepped(tests.findings)
  let next = at.findings
  return all.map((comparison, i): Compared => {
    if (comparison.kind !== 'compared') return comparison
    const { adjusted, factor } = effects[at.effects + i] as Stepped
    const judged = (findings[i] as readonly Found[]).map((finding) => {
      const own = beside[next++] as Stepped
      const left = 1 - OWN_SHARE
      return { ...finding, adjustedP: Math.min(1, own.adjusted / left), factor: own.factor / left }
    })
    return { ...comparison, adjustedP: Math.min(1, adjusted / share), beside: factor / share, findings: judged }
  })
}

interface Stepped {
  readonly adjusted: number
  /** What Holm's procedure multiplies the p-value with. */
  readonly factor: number
}

function stepped(ps: readonly number[]): readonly Stepped[] {
  const adjusted = holm(ps)
  const tests = ps.filter((p) => !Number.isNaN(p)).length
  return ps.map((p, i) => {
    const smaller = ps.filter((other, j) => other < p || (other === p && j < i)).length
    return { adjusted: adjusted[i] as number, factor: tests - smaller }
  })
}

type Found = DriftFinding & { readonly limit: number; readonly p: number }

/** The findings of a comparison that are asked for. */
function findingsWithin(measured: Measured, options: DriftOptions): readonly Found[] {
  const limitOf = limitsOf(measured, options)
  return (measured.comparison.findings ?? []).flatMap((finding) => {
    const limit = limitOf(finding)
    return limit === undefined ? [] : [{ ...finding, limit, p: finding.over(limit) }]
  })
}

/** The limit of each finding; undefined where it is not asked for. */
function limitsOf({ limit, method }: Measured, options: DriftOptions): (finding: DriftFinding) => number | undefined {
  const limits = findingLimits(options, limit / method.limit)
  return ({ name }) => {
    const own = limits?.[name]
    return own === false ? undefined : own
  }
}

/** The comparison without the values that it was made of, which nothing needs any more. */
function settled(measured: Measured, options: DriftOptions): Measured {
  const limitOf = limitsOf(measured, options)
  for (const finding of measured.comparison.findings ?? [])
    finding.settle?.(limitOf(finding) ?? Number.POSITIVE_INFINITY)
  return measured
}

async function comparePair(plan: Plan, work: Work, lists: ReusedLists): Promise<Uncorrected> {
  if (plan.kind === 'error' || plan.kind === 'apart') return plan
  if (plan.kind === 'undecided') return { ...plan, sql: [] }
  const { pair, method, limit, relations, current, reference } = plan
  const [mine, theirs] = await sidesOf(plan, method.forgets ? lists.take : undefined, work.signal)
  const sql = [...new Set([...mine.sql, ...theirs.sql])]
  const events = method.read ? { cuts: [], keys: [] } : eventsOf(mine.side, theirs.side)
  const { clusterBy } = work.options
  if (clusterBy !== undefined && isBinned(mine.side))
    throw new AssayError(
      'wrong-argument',
      `noDriftFrom got clusterBy, and column ${JSON.stringify(pair.current.name)} has more values than memory is given`,
      { hint: 'compare a sample(), or name the column in `except`' },
    )
  if (clusterBy !== undefined && method.read)
    throw new AssayError('wrong-argument', `noDriftFrom got clusterBy and method ${method.name}`, {
      hint: `${method.name} takes rows as independent ones: compare one row of each ${JSON.stringify(clusterBy)}, or name the column in \`except\``,
    })
  const plain = withMissing(compareSides(method, mine.side, theirs.side), current, reference)
  let compared: DriftComparison | NotComparable = limitSays(plain, limit, method)
  let weights: readonly [Weight, Weight] | undefined
  if (clusterBy !== undefined && !('reason' in plain) && !('reason' in compared)) {
    weights = await Promise.all([
      weightOf(relations.current, mine.side, clusterBy, events, work.signal),
      weightOf(relations.reference, theirs.side, clusterBy, events, work.signal),
    ])
    compared = weighed(plain, counted(method), [mine.side, theirs.side], weights, clusterBy)
    const p = await clusteredP(plan, clusterBy, work.signal)
    if (p !== undefined && !('reason' in compared)) compared = { ...compared, p }
  }
  if ('reason' in compared) {
    if (pair.named) {
      const { reason, hint, discreet } = compared
      throw new AssayError('wrong-type', reason, { hint, discreet })
    }
    return compared.apart === undefined
      ? { kind: 'undecided', why: compared, sql }
      : { kind: 'apart', why: compared.apart }
  }
  const rest = (
    await Promise.all([
      restOf(relations.reference, theirs.side, 'the reference', work.signal),
      restOf(relations.current, mine.side, 'the current data', work.signal),
    ])
  ).filter((note) => note !== undefined)
  const moved = [compared.moved, ...rest.map(({ message }) => message)].join('; ')
  const discreetlyMoved = [compared.discreetlyMoved, ...rest.map(({ discreet }) => discreet)].join('; ')
  const comparison = { ...compared, moved, discreetlyMoved }
  const measured: Measured = {
    kind: 'compared',
    method,
    limit,
    comparison,
    current,
    reference,
    sql,
    events,
    ...(weights ? { weights } : {}),
  }
  return settled(measured, work.options)
}

/** The comparison, or that its limit would hold whatever the rows were: they are too few, or it is in another unit. */
function limitSays(
  compared: DriftComparison | NotComparable,
  limit: number,
  { unit, limit: usual }: DriftMethod,
): DriftComparison | NotComparable {
  if ('reason' in compared || compared.largest === undefined || limit < compared.largest) return compared
  return {
    reason: `${unit} of samples of these sizes is ${decimal(compared.largest)} at most, so that limit ${limit} would hold of any`,
    hint: `give a limit in the unit of ${unit}, e.g. ${usual}, or more rows`,
  }
}

/** p by clusters as wholes, of a method that has one. */
async function clusteredP(
  { pair, method, relations }: Extract<Plan, { kind: 'plan' }>,
  by: string,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  if (!method.pOfClusters) return undefined
  const [current, reference] = await Promise.all([
    measure(relations.current, { totals: clusterTotals(by, pair.current.name) }, signal),
    measure(relations.reference, { totals: clusterTotals(by, pair.reference.name) }, signal),
  ])
  return method.pOfClusters(current.values.totals, reference.values.totals)
}

/** The comparison with what is found in missing values. */
function withMissing<C extends DriftComparison | NotComparable>(
  compared: C,
  current: ColumnTally,
  reference: ColumnTally,
): C {
  if ('reason' in compared) return compared
  const missing = shareFinding('missing', [current.missing, current.rows], [reference.missing, reference.rows])
  return { ...compared, findings: [...missing, ...(compared.findings ?? [])] }
}

/** The comparison of both sides, of their values or of counts of these. */
function compareSides(method: DriftMethod, mine: DriftSide, theirs: DriftSide): DriftComparison | NotComparable {
  if (!isBinned(mine) || !isBinned(theirs)) return method.compare(mine, theirs)
  if (method.compareBins) return method.compareBins(mine, theirs)
  throw new AssayError(
    'wrong-argument',
    `noDriftFrom got method ${method.name}, which needs all values of ${JSON.stringify(mine.column.name)} in memory: ${numberText(mine.rows + theirs.rows)} are more than it is given`,
    { hint: 'leave the method out: kolmogorovSmirnov counts them in bins; or compare a sample()' },
  )
}

/** A method that finds missing values too. */
const counted = (method: DriftMethod): DriftMethod => ({
  ...method,
  compare: (current, reference) => withMissing(method.compare(current, reference), current, reference),
})

interface Gathered {
  readonly side: DriftSide
  readonly sql: readonly string[]
}

async function sidesOf(
  { pair, method, relations, current, reference, exact }: Extract<Plan, { kind: 'plan' }>,
  list: DriftSide['list'],
  signal: AbortSignal | undefined,
): Promise<readonly [Gathered, Gathered]> {
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
    const side = (column: ColumnPair['current'], tally: ColumnTally, numbers: Float64Array): Gathered => {
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
