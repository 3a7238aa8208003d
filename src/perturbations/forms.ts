import { keyOf, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** What a perturbation makes of an input, as a list; empty where it changes nothing. */
export function formsOf(perturbation: Perturbation, input: unknown): readonly unknown[] {
  const made = perturbation.apply(input)
  if (made === undefined || made === null) return []
  const forms: readonly unknown[] = Array.isArray(made) && !Array.isArray(input) ? (made as unknown[]) : [made]
  if (perturbation.sameValue) return forms
  const key = keyOf(input)
  // Bytes and other things that are no JSON are told apart by who they are.
  return forms.filter((form) => form !== input && (key === '' || typeof input === 'bigint' || keyOf(form) !== key))
}

/** Checks perturbations that make up another one; an AssayError where they are none. */
export function checkedParts(name: string, parts: unknown, example: string): readonly Perturbation[] {
  const list: readonly unknown[] = Array.isArray(parts) ? (parts as unknown[]) : []
  if (list.length === 0 || list.some((one) => typeof (one as Perturbation | undefined)?.apply !== 'function'))
    throw wrong(name, 'needs perturbations', `e.g. ${example}`)
  return list as readonly Perturbation[]
}

/** What is said of a perturbation that others make up: the capability they share, what inputs they need, and which they are. */
export function sharedBy(
  parts: readonly Perturbation[],
): Pick<Perturbation, 'capability' | 'sameValue' | 'needs' | 'identity'> {
  const capabilities = new Set(parts.map(({ capability }) => capability))
  const [capability] = capabilities
  const needs = parts.flatMap((one) => (one.needs ? [one.needs] : []))
  return {
    identity: parts.map(({ name, seed, identity }) => [name, seed, identity]),
    ...(capabilities.size === 1 && capability !== undefined ? { capability } : {}),
    ...(parts.some(({ sameValue }) => sameValue) ? { sameValue: true as const } : {}),
    ...(needs.length < parts.length
      ? {}
      : {
          needs: {
            none: [...new Set(needs.map(({ none }) => none))].join('; '),
            fits: (input: unknown) => needs.some(({ fits }) => fits(input)),
          },
        }),
  }
}
