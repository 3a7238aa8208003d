import { type QueryOptions, type Relation, ROW_NUMBER, type Value } from '../engine/engine.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import { type CommonValues, MOST_VALUES, shownCells, type Sought } from './rowsWanted.ts'

/** The first rows of a front that fail, by number, and the commonest values of all that do. */
export interface FrontFailures {
  readonly numbers: readonly number[]
  readonly common: CommonValues | undefined
}

/** What fails among the first rows, for many checks in one query. */
export async function frontFailures(
  { engine, columns, numbered }: Relation,
  wanted: readonly Sought[],
  options: QueryOptions,
): Promise<readonly FrontFailures[]> {
  const cell = shownCells(columns, engine.dialect)
  const width = Math.max(...wanted.map(({ counted }) => counted.length))
  const values = Array.from({ length: width }, (_, i) => id(`v${i}`))
  // One query each in one: what fails in few rows is cheaper to look at alone than among all that fail.
  const each = wanted.map(({ where, most, counted }, c) => {
    const own = values.slice(0, counted.length)
    const cells = own.map((name, i) => sql`${cell(counted[i] as string)} as ${name}`)
    const rows = sql`select ${join([...cells, sql`${id(ROW_NUMBER)} as r`])} from ${numbered as Sql} where ${where}`
    const [first] = own
    const all = first ? sql`grouping(${first})` : raw('1')
    const shown = values.map((name, i) => (i < own.length ? name : raw('null::varchar')))
    const sets = first ? sql` group by grouping sets ((${join(own)}), ())` : raw('')
    return sql`select ${join([raw(String(c)), all, sql`count(*)`, sql`min(r, ${raw(String(most))})`, ...shown])} from (${rows}) as failing${sets}`
  })
  const names = join([raw('c'), raw('total'), raw('n'), raw('r'), ...values])
  const ranked = join([raw('n desc'), ...values])
  const rows = await engine.query(
    sql`select c, total, n, case when total = 1 then array_to_string(r, ' ') end, ${join([raw('k'), ...values])}
      from (select *, row_number() over (partition by c, total order by ${ranked}) as k from (${join(each, ' union all ')}) as f(${names})) as ranked
      where k <= ${raw(String(MOST_VALUES))} order by c, total desc, k`,
    options,
  )
  const failures = wanted.map((): FrontFailures => ({ numbers: [], common: undefined }))
  for (const [c, total, n, numbers, , ...cells] of rows) {
    const { counted } = wanted[Number(c)] as Sought
    const before = failures[Number(c)] as FrontFailures
    failures[Number(c)] =
      Number(total) === 1
        ? {
            numbers: numbersOf(numbers ?? null),
            common: counted.length > 0 && Number(n) > 0 ? { rows: Number(n), values: [] } : undefined,
          }
        : { ...before, common: withValue(before.common as CommonValues, cells.slice(0, counted.length), Number(n)) }
  }
  return failures
}

const withValue = ({ rows, values }: CommonValues, cells: readonly Value[], count: number): CommonValues => ({
  rows,
  values: [...values, { cells, count }],
})

/** Numbers of rows as a query lists them, in order. */
export function numbersOf(text: Value): readonly number[] {
  if (text === null) return []
  return String(text)
    .split(' ')
    .map(Number)
    .sort((a, b) => a - b)
}
