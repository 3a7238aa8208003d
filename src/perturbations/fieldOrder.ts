import { isPlainObject } from '../options.ts'
import { shuffle } from '../stats/random.ts'
import { defined, type Draw, drawing, keyOf, type SeedOptions, seedOptions } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Puts the names of objects in another order, inside of lists and objects too: the same JSON to whoever reads names. */
export function fieldOrder(options: SeedOptions = {}): Perturbation {
  const { seed } = seedOptions('fieldOrder', options)
  const made = defined({ name: 'other order of fields', seed, change: shuffled }, isObject, {
    none: 'no input is a record of two fields or more',
    fits: (input) => isObject(input) && shuffled(input, drawing('')) !== undefined,
  })
  // The same by value: what was shuffled is told apart by its text.
  return { ...made, sameValue: true, apply: made.apply }
}

const isObject = (input: unknown): input is object => isPlainObject(input)

function shuffled(value: object, draw: Draw): object | undefined {
  const copy = reordered(value, draw) as object
  return keyOf(copy) === keyOf(value) ? undefined : copy
}

function reordered(value: unknown, draw: Draw): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => reordered(item, draw))
  if (!isPlainObject(value)) return value
  const names = Object.keys(value)
  shuffle(names, () => draw.next())
  if (names.length > 1 && names.every((name, i) => name === Object.keys(value)[i])) names.reverse()
  return Object.fromEntries(names.map((name) => [name, reordered(value[name], draw)]))
}
