import { type QueryOptions, type Relation, ROW_NUMBER, type Value } from '../../engine/engine.ts'
import { id, join, raw, type Sql, sql } from '../../sql/sql.ts'
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
  const names = Array.from({ length: width }, (_, i) => id(`v${i}`))
  const each = wanted.map(({ where, counted }, c) => {
    const values = names.map((name, i) =>
      i < counted.length ? sql`${cell(counted[i] as string)} as ${name}` : sql`null::varchar as ${name}`,
    )
    const cells = join([...values, sql`${id(ROW_NUMBER)} as r`, sql`${raw(String(c))} as c`])
    return sql`select ${cells} from ${numbered as Sql} where ${where}`
  })
  const most = raw(String(Math.max(...wanted.map((one) => one.most))))
  const values = join([raw(''), ...names])
  const nothing = names.map(() => raw(', null'))
  const rows = await engine.query(
    sql`with failing as materialized (${join(each, ' union all ')})
      select c, count(*), array_to_string(min(r, ${most}), ' ') as r, 0 as k${join(nothing, '')} from failing group by c
      union all
      select c, n, null, k${values}
      from (select *, row_number() over (partition by c order by n desc${values}) as k
        from (select c, count(*) as n${values} from failing group by c${values}) as grouped) as ranked
      where k <= ${raw(String(MOST_VALUES))} order by c, k`,
    options,
  )
  const failures = wanted.map((): FrontFailures => ({ numbers: [], common: undefined }))
  for (const [c, n, numbers, k, ...cells] of rows) {
    const { counted, most: own } = wanted[Number(c)] as Sought
    const before = failures[Number(c)] as FrontFailures
    if (Number(k) === 0) {
      const common = counted.length > 0 ? { rows: Number(n), values: [] } : undefined
      failures[Number(c)] = { numbers: numbersOf(numbers ?? null).slice(0, own), common }
    } else if (before.common) {
      failures[Number(c)] = { ...before, common: withValue(before.common, cells.slice(0, counted.length), Number(n)) }
    }
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
