import { fileSource } from '../fileSource.ts'
import { checkNumberOptions } from '../text/numberOptions.ts'
import { type LinesOptions, linesOptions } from './linesOptions.ts'

/** Lines of text files. With a pattern its named groups are the columns, and a line that doesn't match is a finding. */
export const logLines = fileSource<LinesOptions>({
  name: 'lines',
  endings: ['log', 'txt'],
  options: linesOptions,
  check: checkNumberOptions,
  compressed: true,
  claims: ({ pattern }) => pattern !== undefined,
  open: async (files, options) => (await import('./openLines.ts')).openLines(files, options),
})
