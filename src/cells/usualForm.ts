import type { Dialect, LogicalType } from '../sql/dialect.ts'
import { join, literal, raw, type Sql, sql } from '../sql/sql.ts'

/** A text, what the engine casts it to, and how many of them there may be. */
interface CastText {
  readonly text: Sql
  readonly value: Sql
  readonly dialect: Dialect
  readonly rows: number
}

/** Texts from which on proving a number otherwise than by its grammar saves more than planning it costs. */
const MANY = 100_000

/**
 * How values of types are mostly written, where seeing that costs less than the grammar does, as branches of a `case`;
 * undefined where it does not. Dates and timestamps in the usual length only: the engine writes other things back too
 * (`infinity`, years before Christ).
 */
export function usualForm(type: LogicalType, cast: CastText): Sql | undefined {
  const { text, value, dialect, rows } = cast
  switch (type) {
    case 'integer':
      return writtenBack(cast, text)
    case 'date':
      return writtenBack(cast, ofLength('YYYY-MM-DD'.length, cast))
    case 'timestamp':
      return writtenBack(cast, ofLength('YYYY-MM-DD hh:mm:ss'.length, cast))
    case 'boolean':
      return join(
        ['true', 'false', 'True', 'False'].map((word) => sql`when ${text} = ${literal(word)} then ${raw(word)}`),
        ' ',
      )
    case 'number':
      return rows >= MANY ? dialect.writtenNumber?.(text, value) : undefined
    default:
      return undefined
  }
}

/** What the engine writes as it stands here. No "and" beside it: the engine would cast once for each part. */
const writtenBack = ({ value, dialect }: CastText, text: Sql): Sql =>
  sql`when ${dialect.text(value)} = ${text} then ${value}`

const ofLength = (length: number, { text, dialect }: CastText): Sql =>
  sql`case when ${dialect.codePoints(text)} = ${length} then ${text} end`
