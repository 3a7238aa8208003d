import { columnOf } from './excelWorkbook.ts'

/** A cell whose value a workbook does not hold. */
export interface ExcelFlaw {
  /** The sheet's row, from 1. */
  readonly row: number
  /** The sheet's column, from 0. */
  readonly column: number
  /** `#REF!` and the like; undefined for a formula that was saved without its value. */
  readonly error: string | undefined
}

/** The cells of a sheet's XML that show an error, and formulas saved without their value: the reader takes both for empty. */
export function excelFlaws(xml: string): readonly ExcelFlaw[] {
  const flaws: ExcelFlaw[] = []
  for (const [, attributes = '', content = ''] of xml.matchAll(/<(?:\w+:)?c\b([^>]*[^/])>(.*?)<\/(?:\w+:)?c>/gs)) {
    const value = /<(?:\w+:)?v\b[^>]*>([^<]+)</.exec(content)?.[1]
    const isError = /\bt\s*=\s*["']e["']/.test(attributes)
    const isFormula = /<(?:\w+:)?f\b/.test(content) && !/\bt\s*=\s*["']str["']/.test(attributes)
    if (!isError && !(isFormula && value === undefined)) continue
    const [, letters = '', row = '0'] = /\br\s*=\s*["']([A-Z]+)(\d+)["']/.exec(attributes) ?? []
    flaws.push({ row: Number(row), column: columnOf(letters), error: isError ? (value ?? 'error') : undefined })
  }
  return flaws
}
