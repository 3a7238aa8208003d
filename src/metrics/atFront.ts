import type { QueryOptions, Relation } from '../engine/engine.ts'
import { narrowed } from '../engine/narrowing.ts'
import { fingerprintSql } from '../sql/render.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'

/** Rows that are looked at, to choose a way that costs less. */
export const FRONT_ROWS = 8192

/** How many of the first rows were looked at, in how many of them an expression has a value, and how many different ones. */
export interface AtFront {
  readonly rows: number
  readonly present: number
  readonly distinct: number
}

/** A value that rows have, and the columns that it is made of. */
export interface FrontExpression {
  readonly expression: Sql
  readonly columns: readonly string[]
}

/** What is to be looked at of a relation, all in one query. */
interface Look {
  readonly of: FrontExpression[]
  readonly done: Promise<readonly AtFront[]>
}

const known = new WeakMap<Relation, Map<string, Promise<AtFront>>>()
const looks = new WeakMap<Relation, Look>()

/** The values that the first rows of a relation have; not numbers where that could not be looked at. */
export function atFront(
  relation: Relation,
  of: readonly FrontExpression[],
  options: QueryOptions,
): Promise<readonly AtFront[]> {
  const fronts = known.get(relation) ?? new Map<string, Promise<AtFront>>()
  known.set(relation, fronts)
  return Promise.all(
    of.map((value) => {
      const key = fingerprintSql(value.expression)
      const own = fronts.get(key) ?? seen(relation, value, options)
      fronts.set(key, own)
      return own.then((front) => {
        // Nothing was found out, so that the next who asks looks again.
        if (Number.isNaN(front.rows)) fronts.delete(key)
        return front
      })
    }),
  )
}

async function seen(relation: Relation, value: FrontExpression, options: QueryOptions): Promise<AtFront> {
  const waiting = looks.get(relation) ?? newLook(relation, options)
  const place = waiting.of.push(value) - 1
  return (await waiting.done)[place] as AtFront
}

function newLook(relation: Relation, options: QueryOptions): Look {
  const of: FrontExpression[] = []
  const done = Promise.resolve().then(() => {
    looks.delete(relation)
    return look(relation, of, options)
  })
  looks.set(relation, { of, done })
  return { of, done }
}

async function look(
  relation: Relation,
  of: readonly FrontExpression[],
  options: QueryOptions,
): Promise<readonly AtFront[]> {
  const names = of.map((_, i) => id(`value ${i}`))
  const values = of.map(({ expression }, i) => sql`${expression} as ${names[i] as Sql}`)
  const counts = join(names.map((name) => sql`count(${name}), count(distinct ${name})`))
  const { engine, from } = narrowed(
    relation,
    of.flatMap(({ columns }) => columns),
  )
  // What cannot be asked here fails where its metric is asked, with a reason.
  const [row = []] = await engine
    .query(
      sql`select count(*), ${counts} from (select ${join(values)} from ${from} limit ${raw(String(FRONT_ROWS))}) as front`,
      { ...options, keep: true, oneThread: true },
    )
    .catch(() => [])
  const [rows = Number.NaN, ...numbers] = row.map(Number)
  return of.map((_, i) => ({ rows, present: numbers[2 * i] as number, distinct: numbers[2 * i + 1] as number }))
}

/** Whether an expression is likely to have no more values than `most`: a table of few rows has few of anything. */
export async function isFewAtFront(
  relation: Relation,
  value: FrontExpression,
  most: number,
  options: QueryOptions,
): Promise<boolean> {
  const [front] = await atFront(relation, [value], options)
  return front !== undefined && (front.rows < FRONT_ROWS || front.distinct <= most)
}
