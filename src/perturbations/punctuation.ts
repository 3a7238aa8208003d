import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const bare = (text: string): string => text.replace(/[\s.!?,;:…]+$/u, '')

/** Takes the marks off the end, and puts a full stop there: each form that is another. */
export function punctuation(): Perturbation {
  return onText({
    name: 'end marks',
    change: (text) => [bare(text), `${bare(text)}.`].filter((one) => one !== text && one !== '' && one !== '.'),
  })
}
