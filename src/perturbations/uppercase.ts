import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Writes all letters as capitals. */
export function uppercase(): Perturbation {
  return onText({ name: 'all capitals', change: (text) => text.toUpperCase() })
}
