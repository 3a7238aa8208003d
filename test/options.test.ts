import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, test } from 'vitest'
import { AssayError } from '../src/errors.ts'
import { ownOptions } from '../src/options.ts'

const known = ['seed', 'size']
const read = (options: unknown) => ownOptions('sample()', options as { seed?: number } | undefined, known)

describe('options', () => {
  test('are those of the object itself; none at all are none', () => {
    expect({ ...read({ seed: 2 }) }).toEqual({ seed: 2 })
    expect({ ...read(undefined) }).toEqual({})
    expect({ ...read(Object.assign(Object.create(null), { seed: 2 })) }).toEqual({ seed: 2 })
    expect({ ...read(runInNewContext('({ seed: 2 })')) }).toEqual({ seed: 2 })
  })

  test.each([
    ['null', null, /^sample\(\) got null as options\n.*seed, size/],
    ['a string', 'x', /got a string as options/],
    ['a function', () => {}, /got a function as options/],
    ['an array', ['seed'], /got an array as options/],
    ['a Map', new Map([['seed', 1]]), /got a Map as options/],
    ['an object that inherits', Object.create({ seed: 1 }), /got an object as options/],
    ['a typo', { sede: 1 }, /^sample\(\) does not know the option "sede"\n.*did you mean seed\?/],
    ['a name far off', { banana: 1 }, /does not know the option "banana"\n.*it knows seed, size/],
    ['an own __proto__', JSON.parse('{"__proto__":{"seed":1}}'), /does not know the option "__proto__"/],
  ])('%s is refused, saying what is known', (_, options, expected) => {
    expect(() => read(options)).toThrow(expected)
    expect(() => read(options)).toThrow(AssayError)
  })
})

describe('a polluted prototype', () => {
  afterEach(() => {
    delete (Object.prototype as { seed?: unknown }).seed
  })

  test('sets no option', () => {
    ;(Object.prototype as { seed?: unknown }).seed = 7
    expect(read({}).seed).toBeUndefined()
    expect(read(undefined).seed).toBeUndefined()
  })
})
