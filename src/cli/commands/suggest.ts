import { AssayError } from '../../errors.ts'
import { visible, visibleJson } from '../../words/text/visible.ts'
import { LEAST_VALUES } from '../../contracts/suggest/proposal.ts'
import { suggest, type Suggestions } from '../../contracts/suggest/suggest.ts'
import { command, exit } from '../command.ts'
import type { Context } from '../context.ts'
import { openData } from '../data.ts'
import { type DataOptions, declareData } from '../dataOptions.ts'
import { withQueryProgress } from '../progress.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import { markersIn } from '../../contracts/missingNotes.ts'
import { noteTexts, noteUnread } from '../unread.ts'
import { countText } from '../../words/text/numbers.ts'

interface SuggestOptions extends DataOptions {
  readonly as?: string
}

const forms = ['text', 'code', 'contract'] as const
type Form = (typeof forms)[number]

/** `assay suggest <data…>` */
export default command<[sources: readonly string[]], SuggestOptions>({
  examples: [
    ['assay suggest orders.csv', 'constraints with their evidence, likely to hold next month'],
    ['assay suggest orders.csv --as code', 'the same as TypeScript: table({ … })'],
    ['assay suggest orders.csv --as contract > orders.schema.json', 'the same as a contract'],
  ],
  declare(parser) {
    declareData(parser.argument('<data...>', 'files, or - for stdin')).option(
      '--as <form>',
      `how to write them: ${forms.join(', ')}`,
      'text',
    )
  },
  async run([sources], { as = 'text', ...options }, context) {
    const form = forms.find((name) => name === as)
    if (!form)
      throw new AssayError('wrong-argument', `--as got ${JSON.stringify(as)}`, { hint: `it knows ${forms.join(', ')}` })
    const datasets = await openData(sources, options, context)
    const all: Suggestions[] = []
    await withQueryProgress(datasets, context, async () => {
      for (const dataset of datasets) all.push(await suggest(dataset, { signal: context.signal }))
    })
    context.answer(all)
    context.print(all.map((suggestions) => shown(suggestions, form, context)).join('\n\n'))
    for (const [i, { contract }] of all.entries()) await noteTexts(datasets[i] as Dataset, markersIn(contract), context)
    await noteUnread(datasets, context)
    const none = form === 'text' && all.every(({ suggestions }) => suggestions.length === 0)
    return none ? exit.fails : exit.holds
  },
})

function shown({ dataset, rows, suggestions, contract, code }: Suggestions, form: Form, context: Context): string {
  if (form === 'contract') return visibleJson(JSON.stringify(contract, null, 2))
  if (form === 'code') return code.trimEnd()
  const title = `${context.paint('bold', visible(dataset))}  ${countText(rows, 'row')}`
  if (suggestions.length === 0)
    return `${title}\n\nnothing to suggest: a suggestion takes ${LEAST_VALUES} values of a column; assay init writes what these rows show`
  const lines = suggestions.map(({ column, constraint, evidence, confidence, because }) => {
    const about = `${context.paint('bold', visible(column ?? 'table'))}  ${visible(constraint)}`
    return `${about}\n  ${visible(evidence)}\n  ${context.paint('dim', `${confidence}${confidence === 'low' ? ', so a note only' : ''}: ${visible(because)}`)}`
  })
  return [title, ...lines].join('\n\n')
}
