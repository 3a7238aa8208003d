import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Writes each word with a capital. */
export function titleCase(): Perturbation {
  return onText({
    name: 'capital words',
    change: (text) => text.replace(/(?<![\p{L}\p{N}'’])\p{Ll}/gu, (letter) => letter.toUpperCase()),
  })
}
