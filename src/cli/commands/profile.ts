import { profile } from '../../profile/profile.ts'
import { freeze } from '../../drift/frozen/freeze.ts'
import { AssayError } from '../../errors.ts'
import type { ColumnProfile, DatasetSummary } from '../../results/runDocument.ts'
import { visible } from '../../words/text/visible.ts'
import { command, exit } from '../command.ts'
import type { Context } from '../context.ts'
import { openData } from '../data.ts'
import { type DataOptions, declareData } from '../dataOptions.ts'
import { withQueryProgress } from '../progress.ts'
import { textTable } from '../table.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import { markersBeside } from '../../contracts/missingNotes.ts'
import { noteTexts, noteUnread } from '../unread.ts'
import { countText, numberText } from '../../words/text/numbers.ts'

/** `assay profile <data…>` */
export default command<[sources: readonly string[]], DataOptions & { readonly freeze?: string }>({
  examples: [
    ['assay profile orders.csv', 'a table of the columns'],
    ['assay profile *.parquet --json', 'the same as JSON, with histograms'],
    ['assay profile train.parquet --freeze reference.profile.json', 'a reference for drift, without its rows'],
    ['gunzip -c orders.csv.gz | assay profile -', 'data on stdin'],
  ],
  declare(parser) {
    declareData(
      parser
        .argument('<data...>', 'files, or - for stdin')
        .option('--freeze <file>', 'also write what drift needs to know of one dataset, without its rows'),
    )
  },
  async run([sources], options, context) {
    if (options.freeze !== undefined && sources.length !== 1)
      throw new AssayError('wrong-argument', `--freeze got ${sources.length} sources`, { hint: 'freeze one at a time' })
    const datasets = await openData(sources, options, context)
    const summaries: DatasetSummary[] = []
    await withQueryProgress(datasets, context, async () => {
      for (const dataset of datasets) summaries.push(await profile(dataset, { signal: context.signal }))
    })
    context.answer(summaries)
    context.print(summaries.map((summary) => shown(summary, context)).join('\n\n'))
    for (const [i, summary] of summaries.entries()) {
      const dataset = datasets[i] as Dataset
      await noteTexts(dataset, await markersBeside(dataset, summary), context)
    }
    await noteUnread(datasets, context)
    if (options.freeze !== undefined) await freeze(datasets[0] as Dataset, options.freeze, { signal: context.signal })
    return exit.holds
  },
})

function shown({ name, source, rows, columns }: DatasetSummary, context: Context): string {
  const [header = '', ...lines] = textTable(
    ['column', 'type', 'missing', 'distinct', 'min', 'max', 'mean', 'most frequent'],
    columns.map((column) => row(column, rows)),
    [2, 3, 6],
  )
  const title = `${context.paint('bold', visible(name))}  ${countText(rows, 'row')}, ${countText(columns.length, 'column')}  ${context.paint('dim', visible(source))}`
  return [title, '', context.paint('dim', header), ...lines].join('\n')
}

function row({ name, type, missing, distinct, min, max, mean, top }: ColumnProfile, rows: number): readonly string[] {
  const share = missing === 0 ? '0' : `${numberText(missing)} (${Number(((100 * missing) / rows).toPrecision(2))} %)`
  return [
    name,
    type,
    share,
    distinct === undefined ? '' : numberText(distinct),
    min ?? '',
    max ?? '',
    mean === undefined ? '' : String(Number(mean.toPrecision(4))),
    (top ?? [])
      .slice(0, 3)
      .map(({ value, count }) => `${value} ×${numberText(count)}`)
      .join(', '),
  ]
}
