import { type TimeSpan, timeSpans } from '../dataset/timeWindow.ts'
import { AssayError } from '../errors.ts'
import { ownOptions } from '../options.ts'

/** Windows of time that are compared one by one. */
export interface DriftWindows {
  /**
   * The column of the current data that says when a row is from.
   * @example { windows: { time: 'created_at', every: 'week' } }
   */
  readonly time: string
  /**
   * How long a window is, in UTC; weeks begin on Monday.
   * @example { windows: { time: 'created_at', every: 'month' } }
   */
  readonly every: TimeSpan
  /**
   * What each window is compared with: the whole reference (default), or the window before it, the first one with the
   * reference.
   * @example { windows: { time: 'created_at', every: 'day', against: 'before' } }
   */
  readonly against?: 'reference' | 'before'
}

/** Checks the windows; an AssayError that names what is wrong with them. */
export function checkWindows(asker: string, stated: DriftWindows | undefined): void {
  if (stated === undefined) return
  const { time, every, against } = ownOptions(`${asker} windows`, stated, ['time', 'every', 'against'])
  const wrong = (what: string, hint: string) =>
    new AssayError('wrong-argument', `${asker} got windows: ${what}`, { hint })
  if (typeof time !== 'string' || time === '')
    throw wrong(`time: ${JSON.stringify(time)}`, 'time is the name of a column of dates or timestamps')
  if (!timeSpans.includes(every as TimeSpan))
    throw wrong(`every: ${JSON.stringify(every)}`, `it is one of ${timeSpans.join(', ')}`)
  if (against !== undefined && against !== 'reference' && against !== 'before')
    throw wrong(`against: ${JSON.stringify(against)}`, "it is 'reference' or 'before'")
}
