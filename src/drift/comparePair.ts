import { measure } from '../checks/measure.ts'
import { AssayError } from '../errors.ts'
import { decimal, numberText } from '../words/text/numbers.ts'
import { isBinned } from './bins/binnedSides.ts'
import type { Events } from './clusterMoments.ts'
import { eventsOf, type Weight, weighed, weightOf } from './clusters.ts'
import { clusterTotals } from './clusterTotals.ts'
import type { ColumnTally } from './columnTally.ts'
import type { Measured, Uncorrected, Work } from './compared.ts'
import { restOf } from './comparedAs.ts'
import type { DriftComparison, DriftMethod, DriftSide, NotComparable } from './drift.ts'
import { settled } from './findingsWithin.ts'
import type { ColumnPair } from './pairs.ts'
import type { Plan } from './planPairs.ts'
import type { ReusedLists } from './reusedLists.ts'
import { shareFinding } from './shareFinding.ts'
import { sidesOf } from './sides.ts'

type Comparable = Extract<Plan, { kind: 'plan' }>
type Sides = readonly [current: DriftSide, reference: DriftSide]

/** Compares one pair as planned; its p-value is not adjusted for others. Throws AssayError where a column that was named cannot be compared. */
export async function comparePair(plan: Plan, work: Work, lists: ReusedLists): Promise<Uncorrected> {
  if (plan.kind === 'error' || plan.kind === 'apart') return plan
  if (plan.kind === 'undecided') return { ...plan, sql: [] }
  const { pair, method, limit, current, reference } = plan
  const { options, signal } = work
  const [mine, theirs] = await sidesOf(plan, method.forgets ? lists.take : undefined, signal)
  const sides: Sides = [mine.side, theirs.side]
  const sql = [...new Set([...mine.sql, ...theirs.sql])]
  const events = method.read ? { cuts: [], keys: [] } : eventsOf(...sides)
  const { clusterBy } = options
  if (clusterBy !== undefined) checkClusters(plan, clusterBy, mine.side)
  const plain = withMissing(compareSides(method, ...sides), current, reference)
  const atLimit = limitSays(plain, limit, method)
  const { compared, weights } =
    clusterBy === undefined || 'reason' in plain || 'reason' in atLimit
      ? { compared: atLimit, weights: undefined }
      : await byClusters(plain, plan, { sides, clusterBy, events, signal })
  if ('reason' in compared) return uncompared(pair, compared, sql)
  const measured: Measured = {
    kind: 'compared',
    method,
    limit,
    comparison: await withRest(compared, plan, sides, signal),
    current,
    reference,
    sql,
    events,
    ...(weights ? { weights } : {}),
  }
  return settled(measured, options)
}

/** Throws an AssayError for what cannot be weighed by clusters. */
function checkClusters({ pair, method }: Comparable, clusterBy: string, side: DriftSide): void {
  if (isBinned(side))
    throw new AssayError(
      'wrong-argument',
      `noDriftFrom got clusterBy, and column ${JSON.stringify(pair.current.name)} has more values than memory is given`,
      { hint: 'compare a sample(), or name the column in `except`' },
    )
  if (method.read)
    throw new AssayError('wrong-argument', `noDriftFrom got clusterBy and method ${method.name}`, {
      hint: `${method.name} takes rows as independent ones: compare one row of each ${JSON.stringify(clusterBy)}, or name the column in \`except\``,
    })
}

interface Clustering {
  readonly sides: Sides
  readonly clusterBy: string
  readonly events: Omit<Events, 'column'>
  readonly signal: AbortSignal | undefined
}

/** The comparison of rows that belong together, with what those of each side weigh. */
async function byClusters(
  plain: DriftComparison,
  plan: Comparable,
  { sides, clusterBy, events, signal }: Clustering,
): Promise<{ readonly compared: DriftComparison | NotComparable; readonly weights: readonly [Weight, Weight] }> {
  const { relations, method } = plan
  const weights = await Promise.all([
    weightOf(relations.current, sides[0], clusterBy, events, signal),
    weightOf(relations.reference, sides[1], clusterBy, events, signal),
  ])
  const compared = weighed(plain, counted(method), sides, weights, clusterBy)
  const p = await clusteredP(plan, clusterBy, signal)
  return { compared: p === undefined || 'reason' in compared ? compared : { ...compared, p }, weights }
}

/** What comes of a pair that cannot be compared; an AssayError where it was named. */
function uncompared(pair: ColumnPair, why: NotComparable, sql: readonly string[]): Uncorrected {
  if (pair.named) throw new AssayError('wrong-type', why.reason, { hint: why.hint, discreet: why.discreet })
  return why.apart === undefined ? { kind: 'undecided', why, sql } : { kind: 'apart', why: why.apart }
}

/** The comparison with a note on the values of a side that it left out. */
async function withRest(
  compared: DriftComparison,
  { relations }: Comparable,
  [current, reference]: Sides,
  signal: AbortSignal | undefined,
): Promise<DriftComparison> {
  const rest = (
    await Promise.all([
      restOf(relations.reference, reference, 'the reference', signal),
      restOf(relations.current, current, 'the current data', signal),
    ])
  ).filter((note) => note !== undefined)
  return {
    ...compared,
    moved: [compared.moved, ...rest.map(({ message }) => message)].join('; '),
    discreetlyMoved: [compared.discreetlyMoved, ...rest.map(({ discreet }) => discreet)].join('; '),
  }
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
  { pair, method, relations }: Comparable,
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
