import type { Judgement } from '../checks/check.ts'
import { undecided } from '../checks/undecided.ts'
import { countText, shareText } from '../words/text/numbers.ts'
import type { Compared } from './compared.ts'
import { findingsOf, isNoDrift } from './findingVerdict.ts'
import { settingOf } from './byColumn.ts'
import { levelsOf } from './levels.ts'
import type { DriftOptions } from './options.ts'

/** A column that was asked about, with what came of it; lost ones are drifted. */
export interface JudgedColumn {
  readonly column: string
  readonly compared: Compared | 'lost'
}

/**
 * Whether more than a share of the columns drifted: fails when surely so many did, passes when surely so few did, counting
 * every undecided column as it would be worst.
 */
export function judgeDriftedShare(columns: readonly JudgedColumn[], limit: number, options: DriftOptions): Judgement {
  const judged = columns.filter(({ compared: found }) => found === 'lost' || found.kind !== 'apart')
  const drifted = judged.filter(({ column, compared: found }) => isDrift(column, found, options))
  const quiet = judged.filter(({ column, compared: found }) => isQuiet(column, found, options))
  const all = judged.length
  if (all === 0) return { status: 'vacuous', measured: 'no column was compared', message: 'nothing was shown' }
  const [least, most] = [drifted.length / all, (all - quiet.length) / all]
  const open = all - drifted.length - quiet.length
  const measured = `${shareText(least)} of ${countText(all, 'column')}${open > 0 ? `, ${countText(open, 'more', 'more')} undecided` : ''}`
  const names = drifted.map(({ column }) => JSON.stringify(column)).join(', ')
  const message = names === '' ? undefined : `drifted: ${names}`
  const base = { measured, value: least, ...(message === undefined ? {} : { message }) }
  if (least > limit) return { status: 'fail', ...base }
  if (most <= limit) return { status: 'pass', measured, value: least }
  const onInconclusive = settingOf(options.onInconclusive, '*')
  return undecided(
    {
      ...base,
      message: `too little evidence in ${countText(open, 'column')}${message === undefined ? '' : `; ${message}`}`,
    },
    onInconclusive ? { onInconclusive } : {},
  )
}

function isDrift(column: string, found: JudgedColumn['compared'], options: DriftOptions): boolean {
  if (found === 'lost') return true
  if (found.kind !== 'compared') return false
  return found.adjustedP <= levelsOf(options, column).fail || findingsOf(found, options, column).length > 0
}

function isQuiet(column: string, found: JudgedColumn['compared'], options: DriftOptions): boolean {
  if (found === 'lost' || found.kind !== 'compared' || isDrift(column, found, options)) return false
  return isNoDrift(found, options, column)
}
