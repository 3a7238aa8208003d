import type { QueryOptions, Relation } from '../../engine/engine.ts'
import type { MetricContext } from '../../metrics/metric.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import type { AskedFor } from '../askedReading.ts'
import type { FailingRows, Judgement } from '../check.ts'
import { readAnew } from '../readAsWritten.ts'
import { unreadableNote } from '../unreadable.ts'
import { cellIn } from './rowRule.ts'

interface Counts {
  readonly rows: number
  readonly missing: number
  readonly unreadable?: number
}

/** What a check of a number does about cells of a column that are not what it is read as: they are read anew, shown, told of. */
export function aboutUnread(name: string, asks: AskedFor | undefined) {
  return {
    reread: ({ unreadable = 0 }: Counts, relation: Relation, asked: QueryOptions) =>
      unreadable > 0 ? readAnew(relation, [name], asks, asked) : relation,
    failing: ({ unreadable = 0 }: Counts, context: MetricContext): FailingRows => ({
      where: cellIn(context, name).unreadable,
      marked: [name],
      total: unreadable,
    }),
    async explain({ rows, missing, unreadable = 0 }: Counts, relation: Relation, told: QueryOptions) {
      if (unreadable === 0) return undefined
      const { column } = cellIn({ columns: relation.columns, dialect: relation.engine.dialect }, name)
      return unreadableNote(relation, { column, unreadable, present: rows - missing }, told)
    },
  }
}

/** The verdict on a number of a column some cells of which are not what it is read as: without them it is not the column's. */
export function unreadVerdict(
  name: string,
  { noun, asks, rows, unreadable }: { noun: string; asks: AskedFor | undefined; rows: number; unreadable: number },
  context: MetricContext,
): Judgement {
  const none = asks === 'number' ? 'no number' : `no ${cellIn(context, name).column.type}`
  const verb = unreadable === 1 ? 'is' : 'are'
  return {
    status: 'fail',
    measured: `no ${noun}: ${countText(unreadable, 'cell')} of ${numberText(rows)} ${verb} ${none}`,
  }
}
