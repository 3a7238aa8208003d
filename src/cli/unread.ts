import { evaluate } from '../checks/evaluate.ts'
import { wellFormed } from '../checks/kinds/wellFormed.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { namedIn, namingOf, renamed } from '../results/names.ts'
import { resultBlock } from '../words/resultBlock.ts'
import { type Markers, missingNote } from '../contracts/missingNotes.ts'
import { spellingNote } from '../contracts/spellingNote.ts'
import { visible } from '../words/text/visible.ts'
import type { Context } from './context.ts'
import { relationOf } from '../dataset/opened.ts'

/** Tells of each dataset what of it could not be read, on stderr; whether there was anything. */
export async function noteUnread(datasets: readonly Dataset[], context: Context): Promise<boolean> {
  const results = await evaluate(
    datasets.map((dataset) => wellFormed(dataset)),
    { signal: context.signal },
  )
  const unread = renamed(results, namingOf(namedIn(results))).filter(({ status }) => status !== 'pass')
  for (const result of unread) context.note(`${resultBlock(result)}\n`)
  return unread.length > 0
}

/** Tells which texts of a dataset seem to stand for missing values or for numbers, and how to say so. */
export async function noteTexts(dataset: Dataset, markers: Markers, context: Context): Promise<void> {
  const relation = await relationOf(dataset)
  const notes = [missingNote(markers, relation), await spellingNote(relation, { signal: context.signal })]
  for (const note of notes) if (note !== undefined) context.note(visible(`${dataset.name}: ${note}`))
}
