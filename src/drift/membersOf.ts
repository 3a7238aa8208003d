import type { Check, Judgement, RunContext } from '../checks/check.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { onOneEngine } from '../dataset/oneEngine.ts'
import { holdRows, tagColumns } from '../dataset/opened.ts'
import { rowCount } from '../metrics/kinds/rowCount.ts'
import { spendingOf } from './acrossRuns.ts'
import { alikeRows, clusterColumns } from './alikeRows.ts'
import type { Compare } from './comparedAs.ts'
import type { Compared, Work } from './compared.ts'
import { comparePairs } from './comparePairs.ts'
import { leftOutOf, tellsZone } from './frozen/thaw.ts'
import { infoOf } from './infoOf.ts'
import { judgedMembers, listedOnce, type Member, oneSided, remark, togetherMember, wholeMember } from './members.ts'
import type { DriftOptions } from './options.ts'
import { type ColumnPair, type Pairing, pairColumns, type Sides } from './pairs.ts'
import { comparedTogether } from './multivariate.ts'
import { planPairs } from './planPairs.ts'
import { comparedByKey } from './skew.ts'
import type { Seat } from './together.ts'
import { zonesDiffer, zoneWords } from './zones.ts'

/** A check for each column of a comparison, and for what is said of all. Leaves its seat in the end. */
export async function membersOf(
  sides: Sides,
  stated: DriftOptions,
  seat: Seat,
  context: RunContext,
): Promise<readonly Check[]> {
  const { driftedShare } = stated
  // Where the dataset is judged by how many columns drifted, they only warn.
  const options: DriftOptions =
    driftedShare === undefined ? stated : { ...stated, severity: 'warn', onInconclusive: 'warn' }
  const { current: mine, reference: theirs } = sides
  const member: Member = (column, run, more = {}) => ({
    ...infoOf(sides, column, options),
    ...more,
    type: 'run',
    inputs: [mine, theirs],
    run: async () => run(),
  })
  try {
    // Each column is asked for several times.
    for (const side of [mine, theirs]) await holdRows(side).catch(() => {})
    const empty = await emptySide(sides, context)
    if (empty) return [member(sides.columns?.current, () => empty)]
    const [current, reference] = await Promise.all([context.relation(mine), context.relation(theirs)])
    const pairing = pairColumns(sides, current.columns, reference.columns, options)
    shareTags(pairing, mine, theirs)
    const { signal } = context
    const work = { options, signal, seat }
    // The verdict of a column depends on how many others were asked: all are compared at once.
    const { plans, compared } =
      options.joinBy === undefined
        ? await comparedColumns(pairing, { current, reference }, work)
        : await onOneEngine([mine, theirs], [current, reference], (here, there) =>
            comparedByKey(pairing.pairs, { current: here, reference: there, names: [mine.name, theirs.name] }, work),
          )
    const zones = zonesDiffer(pairing.pairs.filter(({ reference: { name } }) => tellsZone(theirs, name)))
    const keys = [...mine.key, ...theirs.key]
    const alike =
      (options.clusterBy ?? options.joinBy) === undefined
        ? await alikeIn(plans, compared, keys, { current, reference, signal })
        : undefined
    const followed = plans.map(({ pair }, i) => ({
      compared: compared[i] as Compared,
      info: infoOf(sides, pair.current.name, options),
    }))
    const spent = stated.acrossRuns ? { spending: spendingOf(followed, context) } : {}
    const judged = [
      ...plans.map(({ pair }, i) => ({ column: pair.current.name, compared: compared[i] as Compared })),
      ...pairing.lost.map((column) => ({ column, compared: 'lost' as const })),
    ]
    return [
      ...(driftedShare === undefined ? [] : [wholeMember(judged, driftedShare, sides, { ...stated, ...spent })]),
      ...(options.multivariate ? [togetherMember(compared.at(-1) as Compared, sides, { ...stated, ...spent })] : []),
      ...judgedMembers(plans, compared, { ...options, ...spent }, member),
      ...oneSided(pairing, leftOutOf(theirs), member),
      ...listedOnce(plans, compared, member),
      ...(zones.length > 0
        ? [
            remark(
              zones.map((pair) => pair.current.name).join(', '),
              'times with and without a zone',
              zoneWords(zones),
              member,
            ),
          ]
        : []),
      ...(alike ? [remark(alike.column, 'rows are not independent', alike.message, member)] : []),
    ]
  } finally {
    // Nobody may wait for a call that came to nothing.
    seat.leave()
  }
}

async function comparedColumns(
  { pairs }: Pairing,
  { current, reference }: Pick<Compare, 'current' | 'reference'>,
  work: Work,
) {
  const { options, signal } = work
  const plans = await planPairs(pairs, current, reference, options, signal)
  const able = plans.flatMap((plan) => (plan.kind === 'plan' ? [plan.pair] : []))
  const whole = options.multivariate ? [await comparedTogether(able, { current, reference }, options)] : []
  return { plans, compared: await comparePairs(plans, work, whole) }
}

/** What is said of rows that are alike, by the columns that were compared. */
async function alikeIn(
  plans: readonly { readonly pair: ColumnPair }[],
  compared: readonly Compared[],
  keys: readonly string[],
  { current, reference, signal }: Pick<Compare, 'current' | 'reference'> & { readonly signal: AbortSignal | undefined },
) {
  const measured = plans.flatMap(({ pair }, i) => {
    const found = compared[i] as Compared
    return found.kind === 'compared' ? [{ column: pair.current.name, measured: found }] : []
  })
  return alikeRows(measured, clusterColumns(current, keys, reference), current, signal)
}

/** What is personal on one side is so on the other. */
function shareTags({ pairs }: Pairing, mine: Dataset, theirs: Dataset): void {
  const personal = pairs.filter(
    ({ current, reference }) => mine.pii.includes(current.name) || theirs.pii.includes(reference.name),
  )
  tagColumns(
    mine,
    personal.map(({ current }) => current.name),
  )
  tagColumns(
    theirs,
    personal.map(({ reference }) => reference.name),
  )
}

async function emptySide({ current, reference }: Sides, context: RunContext): Promise<Judgement | undefined> {
  const [{ rows: here }, { rows: there }] = await Promise.all([
    context.measure(current, { rows: rowCount() }),
    context.measure(reference, { rows: rowCount() }),
  ])
  if (here > 0 && there > 0) return undefined
  const side = here === 0 ? (there === 0 ? 'both sides have' : 'the current data has') : 'the reference has'
  return {
    status: 'vacuous',
    measured: `nothing to compare: ${side} no rows`,
    message: `${side} no rows, so nothing was shown`,
  }
}
