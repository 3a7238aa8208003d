import { type DeclaredOption, isText, whole } from '../option.ts'

/** Options of Excel workbooks. */
export interface ExcelOptions {
  /**
   * Of an Excel workbook: the sheet's name, or its number from 1 (default: the first).
   * @example { sheet: 'March' }
   */
  readonly sheet?: string | number
  /**
   * Of an Excel sheet: the row that holds the names, from 1 (default: 1). Rows before it are left out.
   * @example { headerRow: 3 }
   */
  readonly headerRow?: number
}

export const excelOptions: DeclaredOption<ExcelOptions> = {
  sheet: {
    fits: (value): value is string | number => isText(value) || (Number.isSafeInteger(value) && Number(value) > 0),
    takes: "a sheet's name, or its number from 1",
    help: "of an Excel workbook: the sheet's name, or its number from 1 (default: the first)",
    flag: { as: 'place', value: 'sheet' },
    part: true,
  },
  headerRow: whole(1, {
    value: 'row',
    takes: 'the number of a row, from 1',
    help: 'of an Excel sheet: the row that holds the names, from 1 (default: 1)',
  }),
}
