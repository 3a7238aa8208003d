import { REDACTED } from '../../dataset/personal.ts'
import type { DatasetColumn } from '../../dataset/dataset.ts'
import { max } from '../../metrics/kinds/max.ts'
import { missingCount } from '../../metrics/kinds/missingCount.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { unreadableCount } from '../../metrics/kinds/unreadableCount.ts'
import { ageText, instant } from '../../words/text/times.ts'
import { measured } from '../check.ts'
import { checkTimes } from '../checkTimes.ts'
import { defineKind, infoOf } from '../definition.ts'
import { cellIn, reading } from '../forms/rowRule.ts'
import { aboutUnread, unreadVerdict } from '../forms/unread.ts'
import { instantShown } from '../limits.ts'
import { age, millisecondsOf } from '../parameters/age.ts'
import { allowEmpty, type RowCheckOptions, segmentBy, severity } from '../parameters/options.ts'
import { options } from '../parameters/parameter.ts'

/** What `newestWithin` can be told. */
export type NewestWithinOptions = Pick<RowCheckOptions, 'severity' | 'allowEmpty' | 'segmentBy'>

const HOUR = 3_600_000
/** How far a value may lie ahead of the run's instant: clocks differ, and a day begins 14 hours earlier in the east. */
const AHEAD = { days: 14 * HOUR, times: HOUR / 12 }

const noun = 'newest value'
const asks = 'time'

/**
 * The newest day or time of the column is at most so old at the instant of the run: a day counts from its beginning, a time
 * without a zone as UTC. One that lies ahead of that instant fails: nothing is known of the age of the rest. Missing values
 * are left out; without any value there is nothing to judge. Text is read as days and times, and a cell that is none makes
 * it fail. An error for a column that holds neither.
 */
export const newestWithin = defineKind<DatasetColumn, readonly [typeof age], NewestWithinOptions>(
  {
    kind: 'newestWithin',
    family: 'statistic',
    says: 'The newest day or time of the column is at most so old when the run begins, and lies not ahead of it.',
    example: "await expect(orders.column('created')).toHaveNewestWithin({ hours: 24 })",
    parameters: [age],
    options: options(severity, allowEmpty, segmentBy),
  },
  { form: 'aggregate', receiver: 'column' },
  (call) => {
    const { dataset, column: name = '', values } = call
    const most = millisecondsOf(values.age)
    const words = `at most ${ageText(most)} old`
    const unread = aboutUnread(name, asks)
    return measured({
      ...infoOf(call, {
        columns: [name],
        title: `${noun} ${words}`,
        expected: words,
        limit: { max: most / HOUR },
      }),
      inputs: [dataset],
      read: reading(name, asks),
      metrics: (context) => {
        checkTimes(cellIn(context, name).column)
        return {
          newest: max(name),
          rows: rowCount(),
          missing: missingCount(name),
          unreadable: unreadableCount(name),
        }
      },
      judge: ({ newest, rows, missing, unreadable }, context) => {
        if (unreadable > 0) return unreadVerdict(name, { noun, asks, rows, unreadable }, context)
        if (newest === null)
          return {
            status: 'vacuous',
            measured: 'nothing to judge',
            counts: { rows, missing, tested: rows - missing, failed: 0 },
          }
        const old = context.now.getTime() - Number(newest)
        const ahead = AHEAD[cellIn(context, name).column.type === 'date' ? 'days' : 'times']
        const isAhead = -old > ahead
        return {
          status: isAhead || old > most ? 'fail' : 'pass',
          measured: `${old < 0 ? `${ageText(-old)} ahead` : `${ageText(old)} old`} (${instantShown(new Date(Number(newest)))})`,
          value: old / HOUR,
          ...(isAhead
            ? {
                message: `it lies ahead of the run, ${instant(context.now.toISOString())}: how old the other rows are is not known`,
              }
            : {}),
          discreet: [{ columns: [name], measured: REDACTED, without: ['value'] }],
        }
      },
      reread: (numbers, relation, asked) => unread.reread(numbers, relation, asked),
      failing: (numbers, context) => unread.failing(numbers, context),
      explain: (numbers, relation, asked) => unread.explain(numbers, relation, asked),
    })
  },
)
