import type { Check, CheckGroup, Judgement, RunContext } from '../checks/check.ts'
import { checkedColumn, described, isColumn, isOpenable } from '../checks/receiver.ts'
import type { Dataset, DatasetColumn } from '../dataset/dataset.ts'
import { rootOf, tagColumns } from '../dataset/opened.ts'
import { AssayError } from '../errors.ts'
import { rowCount } from '../metrics/rowCount.ts'
import { alikeRows, clusterColumns } from './alikeRows.ts'
import { bySegment } from './bySegment.ts'
import type { Compare } from './comparedAs.ts'
import { type Compared, comparePairs } from './comparePairs.ts'
import { DRIFT_PROFILE, type DriftProfile } from './frozen/driftProfile.ts'
import { isThawed, leftOutOf, thaw } from './frozen/thaw.ts'
import { infoOf, judgedMembers, listedOnce, type Member, oneSided, remark, wholeMember } from './members.ts'
import { checkedDriftOptions, type DriftOptions } from './options.ts'
import { type Pairing, pairColumns, type Sides, sidesOf } from './pairs.ts'
import { type Plan, planPairs } from './planPairs.ts'
import { joined } from './together.ts'
import { zonesDiffer, zoneWords } from './zones.ts'

/**
 * The data still has the distribution of a reference, column by column. Each column gets one result: `fail` (drift)
 * when the effect is surely above the limit, `pass` when it is surely not, `inconclusive` when there are too few rows
 * to tell. Surely means with `confidence`, for any number of rows: fails over all columns of the call together, each pass
 * by itself. Rows are taken to be independent of each other, but for
 * `clusterBy`. Missing values, new and lost categories are part of a
 * distribution. A column that the current data lacks fails; one that only it has is listed. `vacuous` when a side has
 * no rows.
 *
 * Numbers and times are compared by Kolmogorov-Smirnov's D, text by the largest change of a share, booleans by Cramér's
 * V, times that move on by hour and weekday; `method` overrides. The datasets' keys are left out. Identifiers are listed
 * once as not compared. A reference may be what `freeze` made of one, or its path.
 */
export function noDriftFrom(
  current: Dataset | DatasetColumn,
  reference: Dataset | DatasetColumn | DriftProfile | string,
  options?: DriftOptions,
): CheckGroup {
  const checked = checkedDriftOptions(options)
  const thawed = typeof reference === 'string' || isProfile(reference) ? thaw(reference) : reference
  const sides = sidesOf(sideOf(current, 'the current data'), sideOf(thawed, 'the reference'))
  if (sides.columns && (checked.columns || checked.except || checked.driftedShare !== undefined)) {
    throw new AssayError(
      'wrong-argument',
      'noDriftFrom got one column and an option of several: columns, except or driftedShare',
      {
        hint: 'compare the datasets, or leave the option out',
      },
    )
  }
  const { segmentBy, clusterBy } = checked
  if ((segmentBy ?? clusterBy) !== undefined && isThawed(sides.reference))
    throw new AssayError(
      'wrong-argument',
      `noDriftFrom got ${segmentBy === undefined ? 'clusterBy' : 'segmentBy'}, and a frozen reference has no rows`,
      { hint: 'compare with the data it was made of' },
    )
  const about = [sides.current, sides.reference].map(placeOf).join(' ')
  const whole = comparison(sides, checked, about)
  if (segmentBy === undefined) return whole
  // Within a segment its column has one value.
  const within = { ...checked, except: [...(checked.except ?? []), segmentBy] }
  const name = JSON.stringify(segmentBy)
  return bySegment(whole, sides, segmentBy, (here, there) =>
    comparison({ ...sides, current: here, reference: there }, within, `${about} by ${name}`),
  )
}

/** The comparison of two sides; those `about` the same are corrected together. */
function comparison(sides: Sides, options: DriftOptions, about: string): CheckGroup {
  return {
    ...infoOf(sides, sides.columns?.current, options),
    type: 'group',
    inputs: [sides.current, sides.reference],
    expand: (context) => expand(sides, options, about, context),
  }
}

const isProfile = (value: unknown): value is DriftProfile =>
  typeof value === 'object' && value !== null && 'assay' in value && value.assay === DRIFT_PROFILE

function sideOf(value: unknown, what: string): { dataset: Dataset; column?: DatasetColumn } {
  if (isOpenable(value)) return { dataset: value }
  if (isColumn(value)) return { dataset: value.dataset, column: checkedColumn(value, 'noDriftFrom') }
  throw new AssayError('wrong-argument', `noDriftFrom got ${described(value)} as ${what}`, {
    hint: 'it compares datasets or columns: dataset(…) or dataset(…).column(…)',
  })
}

async function expand(
  sides: Sides,
  asked: DriftOptions,
  about: string,
  context: RunContext,
): Promise<readonly Check[]> {
  const { driftedShare } = asked
  // Where the dataset is judged by how many columns drifted, they only warn.
  const options: DriftOptions =
    driftedShare === undefined ? asked : { ...asked, severity: 'warn', onInconclusive: 'warn' }
  const seat = joined(about)
  const { current: mine, reference: theirs } = sides
  const member: Member = (column, run, more = {}) => ({
    ...infoOf(sides, column, options),
    ...more,
    type: 'run',
    inputs: [mine, theirs],
    run: async () => run(),
  })
  try {
    const empty = await emptySide(sides, context)
    if (empty) return [member(sides.columns?.current, () => empty)]
    const [current, reference] = await Promise.all([context.relation(mine), context.relation(theirs)])
    const pairing = pairColumns(sides, current.columns, reference.columns, options)
    shareTags(pairing, mine, theirs)
    const { signal } = context
    const plans = await planPairs(pairing.pairs, current, reference, options, signal)
    // The verdict of a column depends on how many others were asked: all are compared at once.
    const compared = await comparePairs(plans, { options, signal, seat })
    const zones = zonesDiffer(pairing.pairs)
    const keys = [...mine.key, ...theirs.key]
    const alike =
      options.clusterBy === undefined ? await alikeIn(plans, compared, keys, { current, reference, signal }) : undefined
    const judged = [
      ...plans.map(({ pair }, i) => ({ column: pair.current.name, found: compared[i] as Compared })),
      ...pairing.lost.map((column) => ({ column, found: 'lost' as const })),
    ]
    return [
      ...(driftedShare === undefined ? [] : [wholeMember(judged, driftedShare, sides, asked)]),
      ...judgedMembers(plans, compared, options, member),
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

const places = new WeakMap<Dataset, number>()
let placed = 0

/** Tells datasets, and the slices of each, apart. */
function placeOf(dataset: Dataset): string {
  const root = rootOf(dataset)
  const place = places.get(root) ?? ++placed
  places.set(root, place)
  return `${place} ${JSON.stringify(dataset.slice ?? null)}`
}

/** What is said of rows that are alike, by the columns that were compared. */
async function alikeIn(
  plans: readonly Plan[],
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
