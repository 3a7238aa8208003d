import { AssayError, textOf } from '../../errors.ts'
import { changedIn, handed } from '../../cells/handed.ts'
import { inputKey } from '../../models/inputKey.ts'
import { described } from '../../models/value.ts'
import type { Perturbation } from '../../perturbations/perturbation.ts'
import { Unasked } from '../run/definition.ts'

/** Throws an AssayError where something is no perturbation. */
export function checkPerturbation(perturbation: Perturbation, asker: string): void {
  const wrong = (found: string): AssayError =>
    new AssayError('wrong-argument', `${asker} ${found}`, { hint: 'e.g. perturb.typos()' })
  if (typeof perturbation?.apply !== 'function') throw wrong('needs a perturbation')
  const { name, seed, capability } = perturbation
  if (typeof name !== 'string' || name === '') throw wrong('needs a perturbation with a name')
  if (!Number.isFinite(seed))
    throw wrong(`needs a perturbation with a number as seed; that of ${name} is ${textOf(seed)}`)
  if (capability !== undefined && (typeof capability !== 'string' || capability === ''))
    throw wrong(`needs a perturbation whose capability is a text; that of ${name} is ${textOf(capability)}`)
}

/** The changed inputs; none where nothing changed, and the reason where the change could not be made. */
export function variantsOf(perturbation: Perturbation, input: unknown, place?: number): readonly unknown[] | Unasked {
  // A copy: who changes its input in place must not change the case.
  let copy: unknown
  let made: unknown
  try {
    copy = handed(input)
    made = perturbation.apply(copy, place)
  } catch (error) {
    return new Unasked(`${perturbation.name} threw ${textOf(error)}`)
  }
  if (made === undefined || made === null) return []
  const several = Array.isArray(made) && !Array.isArray(input)
  const variants: readonly unknown[] = several ? (made as unknown[]) : [made]
  const odd = variants.find((variant) => kindOfInput(variant) !== kindOfInput(input))
  if (odd !== undefined) return new Unasked(`${perturbation.name} made ${described(odd)} of ${described(input)}`)
  if (perturbation.sameValue) return variants
  const key = inputKey(input)
  return variants.filter((variant) =>
    variant === copy ? changedIn(input, copy) !== undefined : inputKey(variant) !== key,
  )
}

const kindOfInput = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  if (Array.isArray(value)) return 'list'
  return typeof (value as { then?: unknown }).then === 'function' ? 'promise' : 'object'
}
