import type { Dataset } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import { countWhere, type Predicate } from '../metrics/countWhere.ts'
import { duplicates } from '../metrics/duplicates.ts'
import { identityOf } from '../metrics/identity.ts'
import { columnNamed, type MetricContext } from '../metrics/metric.ts'
import { rowCount } from '../metrics/rowCount.ts'
import { all, any } from '../sql/dialect.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import { countText, numberText } from '../words/text/numbers.ts'
import { aboutDataset, type Check, measured } from './check.ts'
import { checkedDataset, described } from './receiver.ts'
import { checkedOptions, judgeRows, type RowCheckOptions } from './rowCheck.ts'

/**
 * No two rows share their values in `columns` (default: the dataset's key). Every member of a duplicate group fails,
 * and the message says how many rows would have to go. A row with a missing value in any of the columns is counted as
 * missing and not tested. In a text file a cell that is not of its column's type fails.
 */
export function uniqueKey(dataset: Dataset, columns?: string | readonly string[], options?: RowCheckOptions): Check {
  checkedDataset(dataset, 'uniqueKey', "['id']")
  const names = checkedColumns(dataset, columns)
  const { mostly = 1, nulls = 'ignore', allowEmpty = false, severity = 'error' } = checkedOptions(options, 'uniqueKey')
  const missing: Predicate = { key: 'keyMissing', columns: names, sql: (context) => any(texts(context).map(isNull)) }
  const unreadable: Predicate = {
    key: 'keyUnreadable',
    columns: names,
    sql: (context) => all([any(names.map((name) => isNull(id(name)))), ...texts(context).map(isPresent)]),
  }
  function texts({ columns: found }: MetricContext): readonly Sql[] {
    return names.map((name) => id(columnNamed(found, name).rawName ?? name))
  }
  return measured({
    kind: 'uniqueKey',
    family: 'unique',
    ...aboutDataset(dataset, names, { limits: { mostly, nulls, allowEmpty, severity } }),
    title: names.length === 1 ? 'unique values' : 'unique combinations',
    expected: 'every row different',
    severity,
    allowEmpty,
    dataset,
    metrics: ({ columns: found }) => ({
      rows: rowCount(),
      missing: countWhere(missing),
      ...(names.some((name) => columnNamed(found, name).rawName) ? { unreadable: countWhere(unreadable) } : {}),
      repeated: duplicates(names),
    }),
    judge: ({ rows, missing: none, unreadable: unread = 0, repeated }) => {
      const judgement = judgeRows({ rows, missing: none, broken: repeated.rows + unread, mostly, nulls })
      if (repeated.excess === 0 || judgement.status !== 'fail') return judgement
      const groups = repeated.rows - repeated.excess
      const shared = countText(groups, 'value')
      return {
        ...judgement,
        message: `${numberText(repeated.rows)} rows share ${names.length === 1 ? shared : shared.replace('value', 'combination')}: ${numberText(repeated.excess)} too many`,
      }
    },
    failing: ({ missing: none, unreadable: unread = 0, repeated }, context) => {
      const withNulls = nulls === 'fail'
      const key = join(names.flatMap((name) => identityOf(columnNamed(context.columns, name))))
      const present = all(names.map((name) => isPresent(id(name))))
      const others = any([unreadable.sql(context), ...(withNulls ? [missing.sql(context)] : [])])
      return {
        from: (table) => sql`(select * from ${table} where ${others} or (${key}) in
          (select ${key} from ${table} where ${present} group by ${key} having count(*) > 1)) as t`,
        where: raw('(1 = 1)'),
        marked: names,
        total: repeated.rows + unread + (withNulls ? none : 0),
      }
    },
  })
}

const isNull = (value: Sql): Sql => sql`${value} is null`
const isPresent = (value: Sql): Sql => sql`${value} is not null`

function checkedColumns(dataset: Dataset, columns: string | readonly string[] | undefined): readonly string[] {
  const names = columns === undefined ? dataset.key : typeof columns === 'string' ? [columns] : columns
  const hint = 'name them: uniqueKey(orders, ["id"]), or declare them: dataset(…, { key: "id" })'
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string' || name === ''))
    throw new AssayError('wrong-argument', `uniqueKey needs names of columns, and got ${described(columns)}`, { hint })
  if (names.length === 0) {
    const found = columns === undefined ? `dataset ${JSON.stringify(dataset.name)} has no key` : 'got no column'
    throw new AssayError('wrong-argument', `uniqueKey: ${found}`, { hint })
  }
  if (new Set(names).size < names.length)
    throw new AssayError('wrong-argument', `uniqueKey got a column twice: ${names.join(', ')}`, { hint })
  return names
}
