import { AsyncLocalStorage } from 'node:async_hooks'
import { countText } from '../words/text/numbers.ts'
import type { Judgement } from './check.ts'

/** How many answers there were of which something is to be said, by what. */
const remarks = new AsyncLocalStorage<Map<string, number>>()

/** Says something of one answer, which the result of the check that is being judged will tell of all, whatever the verdict. */
export function remark(words: string): void {
  const counts = remarks.getStore()
  counts?.set(words, (counts.get(words) ?? 0) + 1)
}

/** A judgement with what was remarked meanwhile: `3 answers were cut off before the end (finish_reason length)`. */
export async function withRemarks(judge: () => Promise<Judgement>): Promise<Judgement> {
  const counts = new Map<string, number>()
  const judgement = await remarks.run(counts, judge)
  if (counts.size === 0) return judgement
  const lines = [...counts].map(
    ([words, count]) => `${countText(count, 'answer')} ${count === 1 ? 'was' : 'were'} ${words}`,
  )
  const { message } = judgement
  return { ...judgement, message: [...(message === undefined ? [] : [message]), ...lines].join('\n') }
}
