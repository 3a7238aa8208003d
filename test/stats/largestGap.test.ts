import fc from 'fast-check'
import { expect, test } from 'vitest'
import { largestGap } from '../../src/stats/largestGap.ts'
import { seeded, seededWords } from '../../src/stats/random.ts'

/** Looks at every value. */
function naive(a: Float64Array, b: Float64Array): { gap: number; location: number } {
  const upTo = (sample: Float64Array, x: number) => sample.filter((value) => value <= x).length
  let [gap, location] = [0, Number.NaN]
  for (const x of new Set([...a, ...b].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0)))) {
    const difference = Math.abs(upTo(a, x) * b.length - upTo(b, x) * a.length)
    if (difference > gap) [gap, location] = [difference, x]
  }
  return { gap, location }
}

const draws: Record<string, (next: () => number) => number> = {
  continuous: (next) => next(),
  'a few values': (next) => Math.floor(6 * next()),
  'many ties': (next) => (next() < 0.5 ? 0 : next()),
  'ends of the scale': (next) => [-Infinity, 0, 1, Infinity][Math.floor(4 * next())] as number,
}

test('the largest gap of two samples is that of all their values, and stands at the first of them', () => {
  const size = fc.integer({ min: 0, max: 400 })
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(draws)),
      size,
      size,
      fc.integer(),
      fc.constantFrom(0, 0.2, 1),
      (...of) => {
        const [draw, n, m, seed, shift] = of
        const next = seeded(seed)
        const sample = (count: number, by: number) => Float64Array.from({ length: count }, () => draw(next) + by).sort()
        const [a, b] = [sample(n, shift), sample(m, 0)]
        // An empty sample has no distribution function: nothing is compared with it.
        expect(largestGap(a, b)).toEqual(n * m === 0 ? { gap: 0, location: Number.NaN } : naive(a, b))
      },
    ),
    { numRuns: 25 },
  )
})

test('numbers drawn at once are those drawn one by one', () => {
  for (const seed of [0, -3, 2 ** 40 + 1]) {
    const [next, draw, words] = [seeded(seed), seededWords(seed), new Uint32Array(50)]
    for (let i = 0; i < 3; i++) {
      draw(words)
      expect([...words].map((word) => word / 2 ** 32)).toEqual(Array.from({ length: 50 }, next))
    }
  }
})
