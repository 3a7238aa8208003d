import { checkedText, onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Adds a sentence at the beginning. An empty text is nothing to change. */
export function prepend(sentence: string): Perturbation {
  checkedText('prepend', sentence, 'sentence')
  return onText({
    name: `prepend ${JSON.stringify(sentence)}`,
    change: (text) => (text.trim() === '' ? undefined : `${sentence} ${text}`),
  })
}
