import { isPlainObject, ownOptions } from '../options.ts'
import { checkedText, fieldsNeeded, wrong } from './define.ts'
import { formsOf } from './forms.ts'
import type { Perturbation } from './perturbation.ts'

/** What `perturb.inField` can be told. */
export interface FieldOptions {
  /**
   * Whether the texts of several fields are changed as one, so that a name in both becomes the same other name in both.
   * Default: each by itself.
   * @example { together: true }
   */
  readonly together?: boolean
}

type Fields = Readonly<Record<string, unknown>>

/**
 * A change of one field of records, or of several. Each field is changed by itself, and where the change draws at random
 * it draws by the text that stands there, so that the same text in two fields is changed alike; with `together` the texts
 * are changed as one. A change that makes several forms makes as many records, of several fields each with each.
 */
export function inField(
  fields: string | readonly string[],
  perturbation: Perturbation,
  options: FieldOptions = {},
): Perturbation {
  const { together = false } = ownOptions('perturb.inField', options, ['together'])
  const names: readonly string[] = typeof fields === 'string' ? [fields] : fields
  if (!Array.isArray(names) || names.length === 0)
    throw wrong('inField', 'got no field', "name one, e.g. perturb.inField('text', perturb.typos())")
  for (const name of names) checkedText('inField', name, 'field')
  if (typeof together !== 'boolean')
    throw wrong('inField', 'got together, but no true or false', 'true changes the texts as one')
  if (together && names.length < 2)
    throw wrong('inField', 'got together for one field', "name those that are changed as one: ['first', 'second']")
  if (typeof perturbation?.apply !== 'function') throw wrong('inField', 'needs a perturbation', 'e.g. perturb.typos()')
  return {
    ...perturbation,
    name: `${perturbation.name} in ${names.join(', ')}${together ? ' together' : ''}`,
    needs: fieldsNeeded(names),
    apply(input) {
      if (!isPlainObject(input)) return undefined
      const forms = together ? asOne(input, names, perturbation) : eachWithEach(input, names, perturbation)
      return forms.length > 1 ? forms : forms[0]
    },
  }
}

function eachWithEach(input: Fields, names: readonly string[], perturbation: Perturbation): readonly Fields[] {
  let forms: readonly Fields[] = [input]
  for (const name of names) {
    if (!Object.hasOwn(input, name)) continue
    const values = formsOf(perturbation, input[name])
    if (values.length > 0) forms = forms.flatMap((form) => values.map((value) => ({ ...form, [name]: value })))
  }
  return forms[0] === input ? [] : forms
}

/** Between texts that are changed as one: no letter, mark or space. */
const BETWEEN = '\n\u2063\u2063\u2063\n'

function asOne(input: Fields, names: readonly string[], perturbation: Perturbation): readonly Fields[] {
  const own = names.filter((name) => typeof input[name] === 'string')
  if (own.length === 0) return []
  return formsOf(perturbation, own.map((name) => input[name]).join(BETWEEN)).map((form) => {
    const texts = String(form).split(BETWEEN)
    if (texts.length !== own.length)
      throw wrong('inField', `cannot tell the fields apart after ${perturbation.name}`, 'leave out together')
    return { ...input, ...Object.fromEntries(own.map((name, i) => [name, texts[i]])) }
  })
}
