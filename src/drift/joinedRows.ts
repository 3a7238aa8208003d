import { cellOf } from '../cells/cell.ts'
import { comparableWith } from '../cells/identity.ts'
import type { Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { columnNamed, isNumeric, isTime } from '../metrics/metric.ts'
import type { Dialect } from '../sql/dialect.ts'
import { all, any } from '../sql/dialect.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import { countText } from '../words/text/numbers.ts'
import type { ColumnPair } from './pairs.ts'

/** Numbers that differ by no more than this share of themselves are alike: what rounding does. */
const ROUNDING = '1e-9'
/** Columns that one query compares at most. */
const AT_ONCE = 60

/** How the values of one column differ in rows of the same key. */
export interface JoinedColumn {
  readonly differ: number
  /** Of those the rows with a value on the other side alone, and on this side alone. */
  readonly lost: number
  readonly gained: number
  /** By how much numbers that differ do on average, with their sign and without; absent where there are none. */
  readonly bias?: number
  readonly apart?: number
}

/** Rows of both sides with the same key. */
export interface JoinedRows {
  readonly rows: number
  readonly columns: readonly JoinedColumn[]
}

/** Columns to compare by row. */
export interface JoinPair extends Pick<ColumnPair, 'current' | 'reference'> {
  /** One side has no value at all, hence no type: rows differ where the other one has a value. */
  readonly empty?: boolean
}

interface Both {
  readonly current: Relation
  readonly reference: Relation
  readonly names: readonly [current: string, reference: string]
}

/**
 * Joins the rows of two relations by a key, and counts by column in how many the values differ, which must be comparable; rows without a key, or
 * whose key the other side lacks, are left out. Both are on one engine. Throws an AssayError for a key that occurs twice
 * on a side.
 */
export async function joinedRows(
  pairs: readonly JoinPair[],
  key: readonly string[],
  { current, reference, names }: Both,
  signal: AbortSignal | undefined,
): Promise<JoinedRows> {
  const { dialect } = current.engine
  const keys = key.flatMap((name) => {
    const [mine, theirs] = [columnNamed(current.columns, name), columnNamed(reference.columns, name)]
    const others = comparableWith(theirs, mine, dialect)
    return comparableWith(mine, theirs, dialect).map((part, i) => [part, others[i] as Sql] as const)
  })
  await Promise.all(
    ([current, reference] as const).map(async (relation, i) => {
      const parts = join(keys.map((part) => part[i as 0 | 1]))
      const present = all(keys.map((part) => sql`${part[i as 0 | 1]} is not null`))
      const [[repeated] = []] = await relation.engine.query(
        sql`select count(*) from (select 1 as one from ${relation.from} where ${present} group by ${parts} having count(*) > 1) as g`,
        { signal },
      )
      if (Number(repeated) > 0)
        throw new AssayError(
          'wrong-argument',
          `${countText(Number(repeated), 'value')} of ${key.join(', ')} ${Number(repeated) === 1 ? 'occurs' : 'occur'} several times in ${JSON.stringify(names[i])}`,
          { hint: 'join by what each row has alone, e.g. { joinBy: ["id", "day"] }' },
        )
    }),
  )
  const joined: JoinedColumn[] = []
  let rows = 0
  for (let start = 0; start === 0 || start < pairs.length; start += AT_ONCE) {
    const some = pairs.slice(start, start + AT_ONCE)
    const compared = some.map((pair, i) => comparison(pair, i, dialect))
    const side = (which: 0 | 1, from: Sql) =>
      sql`(select ${join([
        ...keys.map((part, i) => sql`${part[which]} as ${id(`__assay_key_${i}`)}`),
        ...compared.flatMap(({ values }) => values.map(([name, ...both]) => sql`${both[which]} as ${name}`)),
      ])} from ${from})`
    const on = all(keys.map((_, i) => sql`a.${id(`__assay_key_${i}`)} = b.${id(`__assay_key_${i}`)}`))
    const [row = []] = await current.engine.query(
      sql`select ${join([raw('count(*)'), ...compared.flatMap(({ counts }) => counts)])}
          from ${side(0, current.from)} as a join ${side(1, reference.from)} as b on ${on}`,
      { signal },
    )
    rows = Number(row[0])
    some.forEach((_, i) => {
      const [differ = 0, lost = 0, came = 0, sum, size, both] = row
        .slice(1 + 6 * i, 7 + 6 * i)
        .map((value) => (value === null ? 0 : Number(value)))
      const numbers = Number(both) > 0 ? { bias: Number(sum) / Number(both), apart: Number(size) / Number(both) } : {}
      joined.push({ differ, lost, gained: came, ...numbers })
    })
  }
  return { rows, columns: joined }
}

/** Why the values of two columns cannot be told apart or alike; undefined where they can. */
export function incomparable({ current, reference }: ColumnPair): AssayError | undefined {
  const both = (is: typeof isNumeric) => is(current) && is(reference)
  if (both(isNumeric) || both(isTime) || current.type === reference.type) return undefined
  return new AssayError(
    'wrong-type',
    `column ${JSON.stringify(current.name)} holds ${current.type} values in the current data and ${reference.type} values in the reference`,
    { hint: 'read both as one type, e.g. dataset(path, { types: { … } }), or name the column in `except`' },
  )
}

/** What is selected of a pair on each side, and the six counts of their difference. */
function comparison({ current, reference, empty }: JoinPair, i: number, dialect: Dialect) {
  const [mine, theirs] = [cellOf(current, dialect), cellOf(reference, dialect)]
  const name = (what: string) => id(`__assay_${what}_${i}`)
  const gone = name('gone')
  const isGone = (cell: typeof mine): Sql => sql`(case when ${cell.missing} then 1 else 0 end)`
  const presence = [gone, isGone(mine), isGone(theirs)] as const
  const apart = (of: Sql) => sql`a.${of} is distinct from b.${of}`
  const count = (where: Sql, what: Sql = raw('1')) => sql`sum(case when ${where} then ${what} end)`
  const oneSided = [count(sql`a.${gone} > b.${gone}`), count(sql`a.${gone} < b.${gone}`)]
  const none = raw('0')
  if (empty) return { values: [presence], counts: [count(apart(gone)), ...oneSided, none, none, none] }
  const others = comparableWith(reference, current, dialect)
  const parts = comparableWith(current, reference, dialect).map((part, j) => [part, others[j] as Sql] as const)
  const rounded = isNumeric(current) && !(current.type === 'integer' && reference.type === 'integer')
  // Cells of text files that are not of their column's type differ by their text.
  const unread = ({ readable, text, unreadable }: typeof mine): Sql =>
    readable === 'always' ? raw('cast(null as varchar)') : sql`case when ${unreadable} then ${text} end`
  const cells = [mine, theirs].some(({ readable }) => readable !== 'always')
  const [first] = parts as [readonly [Sql, Sql]]
  const values: (readonly [Sql, Sql, Sql])[] = [
    presence,
    ...(rounded
      ? [[name('number'), dialect.double(first[0]), dialect.double(first[1])] as const]
      : parts.map((part, j) => [id(`__assay_value_${i}_${j}`), ...part] as const)),
    ...(cells ? [[name('text'), unread(mine), unread(theirs)] as const] : []),
  ]
  const number = name('number')
  const [a, b] = [sql`a.${number}`, sql`b.${number}`]
  const finite = sql`(coalesce(${dialect.isFinite(a)}, false) and coalesce(${dialect.isFinite(b)}, false))`
  const near = sql`(case when ${finite} then abs(${a} - ${b}) <= ${raw(ROUNDING)} * greatest(abs(${a}), abs(${b})) else false end)`
  const differs = any(
    values.map(([of]) => (of === values[1]?.[0] && rounded ? sql`(${apart(of)} and not ${near})` : apart(of))),
  )
  const wide = rounded ? sql`(${differs} and ${finite})` : raw('(1 = 0)')
  const counts = [
    count(differs),
    ...oneSided,
    rounded ? count(wide, sql`${a} - ${b}`) : none,
    rounded ? count(wide, sql`abs(${a} - ${b})`) : none,
    count(wide),
  ]
  return { values, counts }
}
