import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Writes letters and their accents as separate code points (Unicode NFD): the same text to a reader. */
export function decomposed(): Perturbation {
  return onText({ name: 'decomposed letters', change: (text) => text.normalize('NFD') })
}
