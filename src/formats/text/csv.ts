import { endingOf, fileSource } from '../fileSource.ts'
import { checkTextOptions, type TextOptions, textOptions } from './textOptions.ts'

/**
 * CSV and TSV files, compressed or not. Delimiter, header and types are read off the beginning; every cell keeps its
 * text, and every record that cannot be read is a finding.
 */
export const csv = fileSource<TextOptions>({
  name: 'csv',
  endings: ['csv', 'tsv'],
  compressed: true,
  options: textOptions,
  check: checkTextOptions,
  async open(files, options, signal) {
    const { openText } = await import('./openText.ts')
    const { textRelation } = await import('./textRelation.ts')
    const texts = []
    for (const file of files) {
      const tabs = options.format === 'tsv' || endingOf(file.file) === 'tsv'
      texts.push({ file: file.file, text: await openText(file, tabs, options, signal) })
    }
    const relation = textRelation(texts, options)
    return { relation: (engine) => Promise.resolve(relation(engine)) }
  },
})
