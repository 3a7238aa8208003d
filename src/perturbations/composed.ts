import { keyOf } from './define.ts'
import { checkedParts, formsOf, sharedBy } from './forms.ts'
import type { Perturbation } from './perturbation.ts'

/** One change after another; those with nothing to change are left out. Of several forms each goes on. */
export function composed(...perturbations: readonly Perturbation[]): Perturbation {
  const parts = checkedParts('composed', perturbations, 'perturb.composed(perturb.typos(), perturb.lowercase())')
  return {
    name: parts.map(({ name }) => name).join(', then '),
    ...sharedBy(parts),
    seed: parts.reduce((sum, { seed }) => sum * 31 + seed, 0),
    apply(input) {
      let forms: readonly unknown[] = [input]
      let rewritten = false
      for (const part of parts)
        forms = forms.flatMap((form) => {
          const next = formsOf(part, form)
          if (next.length > 0 && part.sameValue) rewritten = true
          return next.length === 0 ? [form] : next
        })
      const key = keyOf(input)
      const changed = forms.filter((form) => form !== input && (rewritten || key === '' || keyOf(form) !== key))
      return Array.isArray(input) ? changed[0] : changed.length > 1 ? changed : changed[0]
    },
  }
}
