import type { Perturbation } from '../../perturbations/perturbation.ts'
import type { Input } from '../inputs.ts'
import { Unasked } from '../run/definition.ts'
import { variantsOf } from './variants.ts'

/** The forms that a perturbation makes of inputs, and how many it changed. */
export class ChangedInputs {
  private readonly perturbation: Perturbation
  private readonly forms = new WeakMap<Input, readonly unknown[]>()
  private present = 0
  private changed = 0
  private fitting = 0

  constructor(perturbation: Perturbation) {
    this.perturbation = perturbation
  }

  /** The input and its changed forms; nothing where it is missing or nothing changed it. */
  questions(unit: Input): readonly unknown[] | undefined | Unasked {
    const { input, row } = unit
    if (input === null) return undefined
    this.present++
    if (this.perturbation.needs?.fits(input)) this.fitting++
    const variants = variantsOf(this.perturbation, input, row)
    if (variants instanceof Unasked || variants.length > 0) this.changed++
    if (variants instanceof Unasked) return variants
    if (variants.length === 0) return undefined
    this.forms.set(unit, variants)
    return [input, ...variants]
  }

  /** The changed forms of an input that was asked about. */
  formsOf(unit: Input): readonly unknown[] | undefined {
    return this.forms.get(unit)
  }

  get unchanged(): number {
    return this.present - this.changed
  }

  /** Why no input tells anything; undefined where there was none. */
  whyVacuous(): string | undefined {
    const { present, changed } = this
    const { name, needs } = this.perturbation
    if (present === 0) return undefined
    if (changed > 0)
      return `${name} changed ${changed} of the ${present} inputs, and the question applies to none of them`
    const none = present === 1 ? 'nothing in the one input' : `none of the ${present} inputs`
    return `${name} changed ${none}, so nothing was shown${needs && this.fitting === 0 ? `: ${needs.none}` : ''}`
  }
}
