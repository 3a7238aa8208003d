import type { Check, CheckGroup, CheckInfo } from '../checks/check.ts'
import { MOST_SEGMENTS } from '../checks/segmented.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { type TimeSpan, timeWindow } from '../dataset/timeWindow.ts'
import { AssayError } from '../errors.ts'
import { columnNamed, isTime } from '../metrics/metric.ts'
import { countText, numberText } from '../words/text/numbers.ts'
import { besideComparisons } from './besideComparisons.ts'
import type { Sides } from './pairs.ts'
import { windowCounts } from './windowCounts.ts'
import type { DriftWindows } from './windows.ts'

/**
 * A comparison of each window of time of the current data, in order, with the whole reference, or with the window before it
 * (the first one, and those of an infinite time, with the reference). Rows without a time and windows without rows are told.
 * An AssayError where there are more windows than are judged, since what is not judged must not pass.
 */
export function byWindow(
  whole: CheckGroup,
  { current, reference }: Sides,
  { time, every, against = 'reference' }: DriftWindows,
  make: (current: Dataset, reference: Dataset) => Check,
): CheckGroup {
  const { question } = whole
  return {
    ...whole,
    title: `${whole.title}, by ${every} of ${time}`,
    question: { ...question, statement: { ...question.statement, windows: { time, every, against } } },
    async expand(context) {
      const column = columnNamed((await context.relation(current)).columns, time)
      if (!isTime(column))
        throw new AssayError(
          'wrong-type',
          `noDriftFrom got windows of ${JSON.stringify(time)}, a column of ${column.type} values`,
          {
            hint: 'windows are of a column of dates or timestamps; declare it, e.g. dataset(path, { types: { … } })',
          },
        )
      const { windows } = await context.measure(current, { windows: windowCounts(time, every) })
      const labels = [...windows.keys()].filter((label) => label !== '')
      const timeless = windows.get('') ?? 0
      if (labels.length > MOST_SEGMENTS)
        throw new AssayError(
          'wrong-argument',
          `noDriftFrom got windows: every ${every}, of which there are ${numberText(labels.length)}, and judges ${MOST_SEGMENTS} at most`,
          { hint: 'take longer windows, or a slice of the data' },
        )
      const cut = labels.map((label) => ({ label, rows: timeWindow(current, column, every, label) }))
      const gaps = gapsIn(labels, every)
      return [
        ...cut.map(({ label, rows }, i) => {
          const before = against === 'before' ? cut[i - 1] : undefined
          const isApart = before === undefined || INFINITE.test(label) || INFINITE.test(before.label)
          return make(rows, isApart ? reference : before.rows)
        }),
        ...(timeless > 0
          ? [
              remarkOn(
                whole,
                time,
                'rows without a time',
                `${countText(timeless, 'row')} without a time are in no window`,
              ),
            ]
          : []),
        ...(gaps.length > 0
          ? [
              remarkOn(
                whole,
                time,
                'windows without rows',
                `${gaps.length === MOST_GAPS ? 'at least ' : ''}${countText(gaps.length, every)} without rows, the first from ${gaps[0]}`,
              ),
            ]
          : []),
      ]
    },
  }
}

const HOUR = 3_600_000
const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 }
const hours: Readonly<Record<string, number>> = { hour: 1, day: 24, week: 168 }

/** Gaps that are counted. */
const MOST_GAPS = 10_000
/** Windows of the years 1 to 9999: others, and those of an infinite time, have no place between two. */
const USUAL = /^\d{4}-\d\d-\d\d(?: \d\d:00:00)?$/

/** Windows of an infinite time, which is before or after all others, and next to none. */
const INFINITE = /infinity$/

/** The windows between the first and the last one that have no rows. */
function gapsIn(all: readonly string[], every: TimeSpan): readonly string[] {
  const labels = all.filter((label) => USUAL.test(label))
  const text = (at: Date) =>
    at
      .toISOString()
      .replace('T', ' ')
      .slice(0, every === 'hour' ? 19 : 10)
  const known = new Set(labels)
  const gaps: string[] = []
  const at = new Date(`${(labels[0] ?? '1970-01-01').replace(' ', 'T')}${every === 'hour' ? 'Z' : ''}`)
  const end = labels.at(-1) ?? ''
  for (; text(at) < end && gaps.length < MOST_GAPS; ) {
    if (!known.has(text(at))) gaps.push(text(at))
    const step = months[every]
    if (step === undefined) at.setTime(at.getTime() + (hours[every] as number) * HOUR)
    else at.setUTCMonth(at.getUTCMonth() + step)
  }
  return gaps
}

/** Something that whoever reads the windows should know, and that fails nothing. */
function remarkOn(whole: CheckInfo, time: string, what: string, message: string): Check {
  return besideComparisons(
    whole,
    time,
    { windows: what },
    { status: 'warn', blocking: false, measured: what, message, discreet: [{ columns: [time], message: what }] },
  )
}
