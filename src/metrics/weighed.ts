import type { Dialect } from '../sql/dialect.ts'
import { raw, type Sql, sql } from '../sql/sql.ts'
import { type Aggregate, aggregateSql } from './aggregate.ts'

/** Whether groups of equal rows say what the aggregate of all rows is, each with how many rows it stands for. */
export const isWeighable = ({ fn }: Aggregate): boolean => weighable.has(fn)

const weighable: ReadonlySet<Aggregate['fn']> = new Set(['rows', 'rowsWhere', 'count', 'min', 'max', 'constant'])

/** The aggregate over groups of equal rows; `n` is how many rows a group stands for. */
export function weighedSql(aggregate: Aggregate, n: Sql, dialect: Dialect): Sql {
  switch (aggregate.fn) {
    case 'rows':
      return summed(n)
    case 'rowsWhere':
      return summed(sql`case when ${aggregate.of} then ${n} else 0 end`)
    case 'count':
      return summed(sql`case when ${aggregate.of} is not null then ${n} else 0 end`)
    default:
      return aggregateSql(aggregate, dialect)
  }
}

const summed = (n: Sql): Sql => sql`cast(coalesce(sum(${n}), ${raw('0')}) as bigint)`
