import { AssayError } from '../../errors.ts'
import { valueText } from '../receiver.ts'
import type { Parameter } from './parameter.ts'

/** What a plain parameter says about itself. */
export interface PlainParameter {
  /** What it says, in half a sentence. */
  readonly doc: string
  /** An example of it in code. */
  readonly example: string
  /** Whether another value is another statement (`asked`), or the same with another limit; default: `limit`. */
  readonly role?: 'asked' | 'limit'
}

/** A finite number. */
export function number<N extends string>(name: N, definition: PlainParameter): Parameter<N, number, [value: number]> {
  return {
    role: 'limit',
    ...definition,
    name,
    type: 'number',
    parse: (value, { asker }) => checked(value, Number.isFinite(value), { asker, name, wanted: 'a finite number' }),
    toJSON: (value) => value,
  }
}

/** A text that is not empty. */
export function text<N extends string>(name: N, definition: PlainParameter): Parameter<N, string, [value: string]> {
  return {
    role: 'limit',
    ...definition,
    name,
    type: 'string',
    parse: (value, { asker }) =>
      checked(value, typeof value === 'string' && value !== '', { asker, name, wanted: 'text' }),
    toJSON: (value) => value,
  }
}

function checked<V>(value: unknown, fine: boolean, words: { asker: string; name: string; wanted: string }): V {
  if (fine) return value as V
  const { asker, name, wanted } = words
  throw new AssayError('wrong-argument', `${asker} got ${name}: ${valueText(value)}`, { hint: `${name} is ${wanted}` })
}
