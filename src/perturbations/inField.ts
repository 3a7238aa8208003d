import { isPlainObject } from '../options.ts'
import { checkedText, fieldsNeeded, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/**
 * A change of one field of records, or of several: each field is changed by itself, and where the change draws at random
 * it draws by the text that stands there, so that the same text in two fields is changed alike.
 */
export function inField(fields: string | readonly string[], perturbation: Perturbation): Perturbation {
  const names = typeof fields === 'string' ? [fields] : fields
  if (!Array.isArray(names) || names.length === 0)
    throw wrong('inField', 'got no field', "name one, e.g. perturb.inField('text', perturb.typos())")
  for (const name of names) checkedText('inField', name, 'field')
  if (typeof perturbation?.apply !== 'function') throw wrong('inField', 'needs a perturbation', 'e.g. perturb.typos()')
  return {
    ...perturbation,
    name: `${perturbation.name} in ${names.join(', ')}`,
    needs: fieldsNeeded(names as readonly string[]),
    apply(input) {
      if (!isPlainObject(input)) return undefined
      const changed: Record<string, unknown> = { ...input }
      let any = false
      for (const name of names as readonly string[]) {
        if (!Object.hasOwn(input, name)) continue
        const made = perturbation.apply(input[name])
        const first: unknown = Array.isArray(made) && !Array.isArray(input[name]) ? made[0] : made
        if (first === undefined || first === null) continue
        changed[name] = first
        any = true
      }
      return any ? changed : undefined
    },
  }
}
