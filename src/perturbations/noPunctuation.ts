import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Leaves out all punctuation but apostrophes and hyphens inside words. */
export function noPunctuation(): Perturbation {
  return onText({
    name: 'no punctuation',
    change: (text) =>
      text
        .replace(/(?<![\p{L}\p{N}])[\p{P}]+|[\p{P}]+(?![\p{L}\p{N}])|[^\P{P}'’-]+/gu, ' ')
        .replace(/ {2,}/g, ' ')
        .trim(),
  })
}
