import { join, raw, type Sql, sql } from './sql.ts'

/** Conditions that one integer holds. */
const BITS = 30

/** Conditions as integers, of each of which a bit is a condition. */
export function asBits(conditions: readonly Sql[]): readonly Sql[] {
  return Array.from({ length: Math.ceil(conditions.length / BITS) }, (_, i) => {
    const own = conditions.slice(i * BITS, (i + 1) * BITS)
    return join(
      own.map((condition, bit) => sql`case when ${condition} then ${raw(String(2 ** bit))} else 0 end`),
      ' + ',
    )
  })
}

/** Whether the condition of a place is true in a row that has the integers from `start` on. */
export function hasBit(row: readonly unknown[], start: number, place: number): boolean {
  return ((Number(row[start + Math.floor(place / BITS)]) >> (place % BITS)) & 1) === 1
}
