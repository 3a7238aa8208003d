import { hasFraction } from '../cells/fraction.ts'
import { type Sql, sql } from '../sql/sql.ts'

/**
 * JSON Schema's types of a number: an integer is one without a fraction, however it is spelled and however large (1.0, 1e300
 * and -0 are), a row of digits beyond all doubles too. `invalid` is what no number of JSON is.
 */
export function jsonTypeOfNumber(value: number): 'integer' | 'number' | 'invalid' {
  if (!Number.isFinite(value)) return 'invalid'
  return Number.isInteger(value) ? 'integer' : 'number'
}

/** The type of a JSON value as SQL over what the engine calls it and its text; null where there is no value. */
export function jsonTypeOfValue(name: Sql, text: Sql): Sql {
  const value = sql`try_cast(${text} as double)`
  return sql`case ${name} when 'BIGINT' then 'integer' when 'UBIGINT' then 'integer'
    when 'DOUBLE' then case
      when regexp_full_match(${text}, '-?[0-9]+') then 'integer'
      when not coalesce(isfinite(${value}), false) then 'invalid'
      when ${hasFraction(value)} then 'number' else 'integer' end
    when 'VARCHAR' then 'string' when 'BOOLEAN' then 'boolean'
    when 'ARRAY' then 'array' when 'OBJECT' then 'object' when 'NULL' then 'null' end`
}
