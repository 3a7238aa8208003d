import { endingOf, fileSource } from '../fileSource.ts'
import type { SourceKind } from '../source.ts'
import { checkTextOptions, textOptionNames } from './textOptions.ts'

/**
 * CSV and TSV files, compressed or not. Delimiter, header and types are read off the beginning; every cell keeps its
 * text, and every record that cannot be read is a finding.
 */
export const csv: SourceKind = fileSource({
  name: 'csv',
  endings: ['csv', 'tsv'],
  compressed: true,
  options: textOptionNames,
  async open(files, options, signal) {
    const { openText } = await import('./openText.ts')
    const { textRelation } = await import('./textRelation.ts')
    checkTextOptions(options)
    const texts = []
    for (const file of files) {
      const tabs = options.format === 'tsv' || endingOf(file) === 'tsv'
      texts.push({ file, text: await openText(file, tabs, options, signal) })
    }
    const relation = textRelation(texts, options)
    return { relation: (engine) => Promise.resolve(relation(engine)) }
  },
})
