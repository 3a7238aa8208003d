import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Writes all letters small. */
export function lowercase(): Perturbation {
  return onText({ name: 'all small', change: (text) => text.toLowerCase() })
}
