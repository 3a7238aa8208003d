import { evaluate } from '../checks/evaluate.ts'
import { wellFormed } from '../checks/wellFormed.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { namedIn, namingOf, renamed } from '../results/names.ts'
import { resultBlock } from '../words/resultBlock.ts'
import type { Context } from './context.ts'

/** Tells of each dataset what of it could not be read, on stderr; whether there was anything. */
export async function noteUnread(datasets: readonly Dataset[], context: Context): Promise<boolean> {
  const results = await evaluate(
    datasets.map((dataset) => wellFormed(dataset)),
    { signal: context.signal },
  )
  const found = renamed(results, namingOf(namedIn(results))).filter(({ status }) => status !== 'pass')
  for (const result of found) context.note(`${resultBlock(result)}\n`)
  return found.length > 0
}
