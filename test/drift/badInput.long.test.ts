import { describe, expect, test } from 'vitest'
import { AssayError } from '../../src/errors.ts'
import { driftMethods } from '../../src/drift/index.ts'
import { compare, effectOf, many, normal, random, rowsOf } from './data.ts'

const next = random(7)
const numbers = (count: number) => many(count, () => normal(next))
const words = (count: number) => many(count, () => (next() < 0.6 ? 'yes' : 'no'))
const times = (count: number) => many(count, () => new Date(Date.UTC(2026, 0, 5) + Math.floor(1e9 * next())))
const kinds = { numbers, words, times } as const

/**
 * What may pass: words that the reference has, and texts of one word each, are alike though their values are not; a constant
 * may be the mean, or the middle, of what varies.
 */
const KNOWN = new Set([
  'outOfVocabulary: a constant beside what varies',
  'wordCount: two constants',
  ...['mannWhitney', 'welch', 'studentT', 'permutation'].map((method) => `${method}: a constant beside what varies`),
  'wordCount: a constant beside what varies',
])

/** Bad sides by name, each as two lists of values: of the current data, and of the reference; and what may come of it. */
const cases: Readonly<
  Record<
    string,
    { readonly sides: (of: (count: number) => unknown[]) => readonly [unknown[], unknown[]]; readonly mayPass?: true }
  >
> = {
  'no rows in the current data': { sides: (of) => [[], of(300)] },
  'no rows in the reference': { sides: (of) => [of(300), []] },
  'no rows at all': { sides: () => [[], []] },
  'one row': { sides: (of) => [of(1), of(300)] },
  'a reference of one row': { sides: (of) => [of(300), of(1)] },
  'one row on each side': { sides: (of) => [of(1), of(1)] },
  'all missing in the current data': { sides: (of) => [many(300, () => null), of(300)] },
  'all missing in the reference': { sides: (of) => [of(300), many(300, () => null)] },
  'all missing on both sides': { sides: () => [many(300, () => null), many(300, () => null)], mayPass: true },
  'one constant on both sides': {
    sides: (of) => {
      const [value] = of(1)
      return [many(300, () => value), many(300, () => value)]
    },
    mayPass: true,
  },
  'two constants': {
    sides: (of) => {
      const [one, ...others] = of(50)
      const two = others.find((other) => String(other) !== String(one))
      return [many(300, () => one), many(300, () => two)]
    },
  },
  'a constant beside what varies': { sides: (of) => [many(300, () => 0).fill(of(1)[0] as never), of(300)] },
  'another type': { sides: (of) => [many(300, (i) => [i]), of(300)] },
}
const infinite = {
  'infinite values on one side': [
    [...numbers(270), ...many(30, (i) => (i % 2 ? 1 : -1) * Number.POSITIVE_INFINITY)],
    numbers(300),
  ],
  'infinite values above all others': [[...numbers(270), ...many(30, () => Number.POSITIVE_INFINITY)], numbers(300)],
  'infinite values turned round': [
    [...numbers(240), ...many(60, () => Number.POSITIVE_INFINITY)],
    [...numbers(240), ...many(60, () => Number.NEGATIVE_INFINITY)],
  ],
  'infinite values turned to what is no number': [
    [...numbers(240), ...many(60, () => Number.NaN)],
    [...numbers(240), ...many(60, () => Number.POSITIVE_INFINITY)],
  ],
  'nothing but infinite values': [many(300, () => Number.POSITIVE_INFINITY), numbers(300)],
  'nothing but what is no number': [many(300, () => Number.NaN), numbers(300)],
  'the largest doubles': [many(300, (i) => (i % 2 ? 1 : -1) * Number.MAX_VALUE), numbers(300)],
  'the smallest doubles': [many(300, (i) => i * Number.MIN_VALUE), many(300, (i) => -i * Number.MIN_VALUE)],
} as const

/** A verdict of the kinds that say nothing, or drift, in words that hold no broken number; or an error that says why. */
async function judged(current: readonly unknown[], reference: readonly unknown[], method: string, mayPass = false) {
  const answer = await compare(rowsOf(current), rowsOf(reference), { method }).catch((error: unknown) => error)
  if (answer instanceof Error) {
    expect(answer, answer.stack).toBeInstanceOf(AssayError)
    return
  }
  const results = answer as Awaited<ReturnType<typeof compare>>
  const said = results.map(({ status, measured, message = '' }) => `${status}: ${measured}; ${message}`).join('\n')
  if (!mayPass)
    expect(
      results.map(({ status }) => status).every((status) => status === 'pass'),
      said,
    ).toBe(false)
  expect(said).not.toMatch(/\bNaN\b|undefined|\[object|null/)
  for (const effect of results.map(effectOf)) {
    if (!effect) continue
    expect(effect.value, said).not.toBeNaN()
    const [low, high] = effect.interval ?? [effect.value, effect.value]
    expect(low, said).toBeLessThanOrEqual(effect.value)
    expect(high, said).toBeGreaterThanOrEqual(effect.value)
  }
}

describe.each(driftMethods.map((method) => [method.name, method] as const))('%s', (name, method) => {
  const kind = method.accepts('string', 'string') ? 'words' : method.accepts('number', 'number') ? 'numbers' : 'times'
  test.each(Object.entries(cases))(
    '%s: no pass by default, no crash, no broken number',
    async (what, { sides, mayPass }) => {
      await judged(...sides(kinds[kind]), name, mayPass ?? KNOWN.has(`${name}: ${what}`))
    },
  )
  if (!method.accepts('number', 'number')) return
  test.each(Object.entries(infinite))(
    '%s: no pass by default, no crash, no broken number',
    async (what, [current, reference]) => {
      await judged(current, reference, name, KNOWN.has(`${name}: ${what}`))
    },
  )
})

/** What a library has no number for: types that differ, a side without any value. */
const differing: Readonly<Record<string, readonly [unknown[], unknown[]]>> = {
  'numbers beside words': [numbers(300), words(300)],
  'words beside numbers': [words(300), numbers(300)],
  'all missing beside numbers': [many(300, () => null), numbers(300)],
  'numbers beside all missing': [numbers(300), many(300, () => null)],
  'numbers beside lists': [numbers(300), many(300, (i) => [i])],
}
describe.each(['evidently', 'nannyml', 'deepchecks'] as const)('compat: %s', (compat) => {
  test.each(Object.entries(differing))('%s are an error that names the column', async (_, [current, reference]) => {
    for (const other of [{}, { columns: ['x'] }]) {
      const results = await compare(rowsOf(current), rowsOf(reference), { compat, ...other })
      expect(results.map(({ status }) => status)).toEqual(['error'])
      expect(results[0]?.message).toMatch(/column "x" holds/)
    }
  })
})

test('constants, and columns without any value, have no odds to be open', async () => {
  for (const value of ['a', '', null, true]) {
    const [result] = await compare(rowsOf(many(400, () => value)), rowsOf(many(400, () => value)))
    expect(result).toMatchObject({ status: 'pass' })
  }
})
