import { kindOf } from '../errors.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import { checkedText, keyOf, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** What `perturb.given` can be told. */
export interface GivenOptions {
  /**
   * What the change is called in titles and reports; default `given forms`.
   * @example { name: 'as a question' }
   */
  readonly name?: string
  /**
   * The skill that is probed; default `robustness`.
   * @example { capability: 'taxonomy' }
   */
  readonly capability?: string
}

/** A perturbation whose forms are known, with the inputs it is about. */
export interface GivenForms extends Perturbation {
  /** The first of each group: `over: forms.inputs`. */
  readonly inputs: readonly unknown[]
}

/**
 * Forms of inputs that were written or made elsewhere: each group an input and the forms of it, as a list or as
 * `{ input, forms }`. Asked over its own `inputs` each group is a case, also where two begin alike; over
 * others an input has the forms of all groups that begin with it.
 * @example const pairs = perturb.given([['Is it open?', 'Is it open now?'], ['Who is he?', 'Who is this man?']])
 */
export function givenForms(groups: readonly unknown[], options: GivenOptions = {}): GivenForms {
  const { name = 'given forms', capability } = ownOptions('perturb.given', options, ['name', 'capability'])
  checkedText('given', name, 'name')
  if (capability !== undefined) checkedText('given', capability, 'capability')
  if (!Array.isArray(groups) || groups.length === 0)
    throw wrong('given', `got ${Array.isArray(groups) ? 'no group' : kindOf(groups)}`, HINT)
  const read = Array.from(groups as readonly unknown[], groupOf)
  const inputs = read.map(({ input }) => input)
  const keys = inputs.map(keyOf)
  const byKey = new Map<string, readonly unknown[]>()
  read.forEach(({ forms }, i) => {
    const key = keys[i] as string
    byKey.set(key, [...(byKey.get(key) ?? []), ...forms])
  })
  return {
    name,
    ...(capability === undefined ? {} : { capability }),
    seed: 1,
    identity: read,
    inputs,
    needs: { none: 'no input is one of those given', fits: (input) => byKey.has(keyOf(input)) },
    apply(input, place) {
      const key = keyOf(input)
      const forms = place !== undefined && keys[place] === key ? read[place]?.forms : byKey.get(key)
      if (!Array.isArray(input) || forms === undefined) return forms
      if (forms.length > 1) throw wrong('given', 'has several groups of one list', 'ask over its own inputs')
      return forms[0]
    },
  }
}

const HINT = "give groups of an input and its forms, e.g. [['Is it open?', 'Is it open now?']]"

function groupOf(group: unknown, i: number): { readonly input: unknown; readonly forms: readonly unknown[] } {
  const own: { input?: unknown; forms?: unknown } = isPlainObject(group)
    ? group
    : Array.isArray(group)
      ? { input: (group as unknown[])[0], forms: (group as unknown[]).slice(1) }
      : {}
  const { input, forms } = own
  if (input === undefined || input === null || !Array.isArray(forms) || forms.length === 0)
    throw wrong(
      'given',
      `got a group without ${input === undefined || input === null ? 'an input' : 'a form'} at ${i}`,
      HINT,
    )
  if (Array.isArray(input) && forms.length > 1)
    throw wrong('given', `got several forms of a list at ${i}`, 'a list has one form in a group: give each a group')
  return { input, forms: forms as readonly unknown[] }
}
