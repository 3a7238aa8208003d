import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Writes a text that is JSON with other white space. */
export function jsonSpacing(): Perturbation {
  return onText({
    name: 'other white space in JSON',
    change(text) {
      if (!/^\s*[[{]/.test(text)) return undefined
      try {
        const value: unknown = JSON.parse(text)
        const wide = JSON.stringify(value, null, 2)
        // Digits that a number cannot hold would be lost.
        if (text.replace(/\s+/g, '') !== JSON.stringify(value).replace(/\s+/g, '')) return undefined
        return wide === text ? JSON.stringify(value) : wide
      } catch {
        return undefined
      }
    },
  })
}
