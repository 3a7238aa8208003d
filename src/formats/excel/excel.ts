import { fileSource } from '../fileSource.ts'
import { type ExcelOptions, excelOptions } from './excelOptions.ts'

/**
 * A sheet of an Excel workbook (.xlsx): the first one, or `sheet`, under the names in its first row, or `headerRow`.
 * Formulas read as the value Excel saved last; a cell that shows an error is missing, and a finding.
 */
export const excel = fileSource<ExcelOptions>({
  name: 'xlsx',
  endings: ['xlsx'],
  options: excelOptions,
  compressed: true,
  open: async (...files) => (await import('./openExcel.ts')).openExcel(...files),
})
