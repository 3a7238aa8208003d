import fc from 'fast-check'
import { expect, test } from 'vitest'
import { perturb } from '../../src/perturbations/index.ts'

const characters = (text: string) => Array.from(text).sort().join('')

test('a typo keeps the characters, changes two places at most, and comes out the same each time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), (text, seed) => {
      const { apply } = perturb.typos({ seed })
      const changed = apply(text) as string
      const before = Array.from(text)
      const moved = Array.from(changed).flatMap((character, i) => (character === before[i] ? [] : [i]))
      expect(characters(changed)).toBe(characters(text))
      expect([0, 2]).toContain(moved.length)
      if (moved.length === 2) expect(moved[1]).toBe((moved[0] as number) + 1)
      expect(apply(text)).toBe(changed)
    }),
  )
})

test('a text with two different letters side by side always changes', () => {
  expect(perturb.typos().apply('ab')).toBe('ba')
  expect(perturb.typos({ n: 2 }).apply('abcd')).not.toBe('abcd')
})

test('a text without such a pair stays as it is', () => {
  for (const text of ['', 'a', 'aaa', 'a b', '!?', '👍👎']) expect(perturb.typos().apply(text)).toBe(text)
})

test('each of several swaps takes places of its own, so none undoes another', () => {
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz0123456789')
  fc.assert(
    fc.property(
      fc.shuffledSubarray(letters, { minLength: 12 }),
      fc.integer({ min: 2, max: 4 }),
      fc.integer(),
      (text, n, seed) => {
        const changed = Array.from(perturb.typos({ n, seed }).apply(text.join('')) as string)
        const moved = changed.flatMap((character, i) => (character === text[i] ? [] : [i]))
        expect(moved).toHaveLength(2 * n)
        for (let k = 0; k < moved.length; k += 2) {
          const i = moved[k] as number
          expect([changed[i], changed[i + 1]]).toEqual([text[i + 1], text[i]])
        }
      },
    ),
  )
})

test('another seed gives other typos', () => {
  const text = 'The quick brown fox jumps over the lazy dog'
  const made = new Set(Array.from({ length: 20 }, (_, seed) => perturb.typos({ seed }).apply(text)))
  expect(made.size).toBeGreaterThan(5)
})

test('wrong options are named', () => {
  expect(() => perturb.typos({ n: 0 })).toThrow(/n: 0/)
  expect(() => perturb.typos({ m: 1 } as never)).toThrow(/does not know the option "m"/)
  expect(() => perturb.typos({ seed: 1n } as never)).toThrow(/seed: 1/)
  for (const options of [null, 3, 'n'] as never[]) expect(() => perturb.typos(options)).toThrow(/as options/)
})
