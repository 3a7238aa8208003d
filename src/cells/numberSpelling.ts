import { literal, type Sql, sql } from '../sql/sql.ts'

/** What stands in numbers beside digits and sign. */
export interface NumberForm {
  readonly decimal?: '.' | ','
  readonly thousands?: string
}

/** How numbers are written in a file, where that is not as in JSON. */
export interface NumberSpelling {
  /** A cell's text with `.` before the fraction and nothing between the digits; what is no such number is no number. */
  readonly sql: (cell: Sql) => Sql
  readonly text: (cell: string) => string
}

/** The spelling that the options say; undefined for that of JSON. */
export function numberSpelling({ decimal = '.', thousands }: NumberForm): NumberSpelling | undefined {
  if (decimal === '.' && thousands === undefined) return undefined
  const escaped = (character: string): string => `[${character}]`
  const grouped = thousands
    ? `^[+-]?[1-9][0-9]{0,2}(${escaped(thousands)}[0-9]{3})+(${escaped(decimal)}[0-9]*)?$`
    : undefined
  const pattern = grouped === undefined ? undefined : new RegExp(grouped, 'u')
  // Point and comma change places, so that a point where a comma must stand makes no number.
  const swapped = (cell: string): string =>
    decimal === '.' ? cell : cell.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '.'))
  return {
    sql(cell) {
      const plain = decimal === '.' ? cell : sql`translate(${cell}, ${literal('.,')}, ${literal(',.')})`
      if (!grouped || !thousands) return plain
      const bare = sql`replace(${cell}, ${literal(thousands)}, '')`
      const respelled = decimal === '.' ? bare : sql`replace(${bare}, ',', '.')`
      return sql`case when regexp_matches(${cell}, ${literal(grouped)}) then ${respelled} else ${plain} end`
    },
    text(cell) {
      return thousands && pattern?.test(cell) ? swapped(cell.replaceAll(thousands, '')) : swapped(cell)
    },
  }
}
