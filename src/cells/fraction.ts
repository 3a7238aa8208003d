import { type Sql, sql } from '../sql/sql.ts'

/**
 * Whether a finite number has a fraction. Not by its floor: that of a decimal with all the digits its type holds is one more,
 * which the type does not hold, and the engine fails.
 */
export const hasFraction = (value: Sql): Sql => sql`${value} <> trunc(${value})`
