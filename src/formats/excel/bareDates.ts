import { columnOf } from './excelWorkbook.ts'

/** Parts of a date, one after another without a mark between them: `YYYYMMDD`, `MMDDYYAM/PM`. */
const bare = /^(?=.*[dy])[dmyhs]{4,}((am\/pm|a\/p)[dmyhs]*)?$/i

/** A cell that Excel shows as a date. */
export interface DatePlace {
  /** The sheet's row, from 1. */
  readonly row: number
  /** The sheet's column, from 0. */
  readonly column: number
}

/**
 * The cells whose number a format of their own shows as a date without a mark between its parts: the reader, which
 * takes such words for no date, leaves the number.
 */
export function bareDates(styles: string, sheet: string): readonly DatePlace[] {
  const formats = new Set(
    [...styles.matchAll(/<(?:\w+:)?numFmt\b[^>]*>/g)]
      .map(([tag]) => ({ id: attribute(tag, 'numFmtId'), code: attribute(tag, 'formatCode') ?? '' }))
      .filter(({ code }) => bare.test(code))
      .map(({ id }) => id),
  )
  if (formats.size === 0) return []
  const [, cells = ''] = /<(?:\w+:)?cellXfs\b[^>]*>(.*?)<\/(?:\w+:)?cellXfs>/s.exec(styles) ?? []
  const own = [...cells.matchAll(/<(?:\w+:)?xf\b[^>]*>/g)].flatMap(([tag], i) =>
    formats.has(attribute(tag, 'numFmtId')) ? [String(i)] : [],
  )
  return [...sheet.matchAll(/<(?:\w+:)?c\b[^>]*>/g)].flatMap(([tag]) => {
    if (!own.includes(attribute(tag, 's') ?? '') || (attribute(tag, 't') ?? 'n') !== 'n') return []
    const [, letters = '', row = '0'] = /^([A-Z]+)(\d+)$/.exec(attribute(tag, 'r') ?? '') ?? []
    return [{ row: Number(row), column: columnOf(letters) }]
  })
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1]
}
