import { checkedText, onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Adds a sentence at the end. An empty text is nothing to change. */
export function append(sentence: string): Perturbation {
  checkedText('append', sentence, 'sentence')
  return onText({
    name: `append ${JSON.stringify(sentence)}`,
    change: (text) => (text.trim() === '' ? undefined : `${text} ${sentence}`),
  })
}
