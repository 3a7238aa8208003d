import { kindOf } from '../errors.ts'
import { checkedText, type Draw, drawing, keyOf, type SeedOptions, seedOptions, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** What `perturb.of` can be told. */
export interface OwnOptions extends SeedOptions {
  /**
   * What the change is called in titles and reports; default: the name of the function.
   * @example { name: 'as a question' }
   */
  readonly name?: string
  /**
   * The skill that is probed; default `robustness`.
   * @example { capability: 'negation' }
   */
  readonly capability?: string
}

/**
 * A perturbation of one's own: a function that gives the changed input, several of them as a list, or nothing where there
 * is nothing to change. Its second parameter draws at random, the same for the same seed and input.
 */
export function of<I>(change: (input: I, draw: Draw) => unknown, options: OwnOptions = {}): Perturbation {
  const { seed = 1, name = change?.name, capability } = seedOptions('of', options, ['name', 'capability'])
  if (typeof change !== 'function') throw wrong('of', `got ${kindOf(change)}`, 'give a function that changes an input')
  checkedText('of', name === '' ? 'own change' : name, 'name')
  const called = name === '' ? 'own change' : name
  return {
    name: called,
    ...(capability === undefined ? {} : { capability: checkedText('of', capability, 'capability') }),
    seed,
    identity: change,
    apply: (input) => change(input as I, drawing(`${seed} ${called} ${keyOf(input)}`)),
  }
}
