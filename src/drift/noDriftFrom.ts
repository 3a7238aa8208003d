import type { CheckGroup } from '../checks/check.ts'
import { checkedColumn, described, isColumn, isOpenable } from '../checks/receiver.ts'
import type { Dataset, DatasetColumn } from '../dataset/dataset.ts'
import { rootOf } from '../dataset/opened.ts'
import { AssayError } from '../errors.ts'
import { byWindow } from './byWindow.ts'
import { bySegment } from './bySegment.ts'
import { DRIFT_PROFILE, type DriftProfile } from './frozen/driftProfile.ts'
import { isThawed, thaw } from './frozen/thaw.ts'
import { infoOf } from './infoOf.ts'
import { checkedDriftOptions, wrongCut } from './checkedOptions.ts'
import { joinedBy } from './namedColumns.ts'
import type { DriftOptions } from './options.ts'
import { type Sides, sidesOf } from './pairs.ts'
import { joined } from './together.ts'

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
  if (
    sides.columns &&
    (checked.columns || checked.except || checked.driftedShare !== undefined || checked.multivariate)
  ) {
    throw new AssayError(
      'wrong-argument',
      'noDriftFrom got one column and an option of several: columns, except, driftedShare or multivariate',
      {
        hint: 'compare the datasets, or leave the option out',
      },
    )
  }
  const { segmentBy, windows } = checked
  for (const [name, column] of Object.entries({ segmentBy, windows: windows?.time }))
    if (column !== undefined && sides.columns?.current === column)
      throw wrongCut(column, `as what is compared and in ${name}`)
  const { columns: single } = sides
  if (single && single.current === single.reference && joinedBy(checked).includes(single.current))
    throw wrongCut(single.current, 'as what is compared and in joinBy')
  const ofRows = (['segmentBy', 'clusterBy', 'joinBy', 'multivariate', 'chunks'] as const).find((name) => checked[name])
  if (ofRows !== undefined && isThawed(sides.reference))
    throw new AssayError('wrong-argument', `noDriftFrom got ${ofRows}, and a frozen reference has no rows`, {
      hint: 'compare with the data it was made of',
    })
  const about = [sides.current, sides.reference].map(placeOf).join(' ')
  const whole = comparison(sides, checked, about)
  if (windows !== undefined) {
    const apart = { ...checked, except: [...(checked.except ?? []), windows.time] }
    return byWindow(whole, sides, windows, (here, there) =>
      comparison({ ...sides, current: here, reference: there }, apart, `${about} by ${windows.every}`),
    )
  }
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
    async expand(context) {
      // Who is judged together must be known before anything is waited for.
      const seat = joined(about)
      const { membersOf } = await import('./membersOf.ts')
      return membersOf(sides, options, seat, context)
    },
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

const places = new WeakMap<Dataset, number>()
let placed = 0

/** Tells datasets, and the slices of each, apart. */
function placeOf(dataset: Dataset): string {
  const root = rootOf(dataset)
  const place = places.get(root) ?? ++placed
  places.set(root, place)
  return `${place} ${JSON.stringify(dataset.slice ?? null)}`
}
