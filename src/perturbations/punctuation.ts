import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const MARK = /[\s.!?,;:…]/u

function bare(text: string): string {
  let end = text.length
  while (end > 0 && MARK.test(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** Takes the marks off the end, and puts a full stop there: each form that is another. */
export function punctuation(): Perturbation {
  return onText({
    name: 'end marks',
    change: (text) => [bare(text), `${bare(text)}.`].filter((one) => one !== text && one !== '' && one !== '.'),
  })
}
