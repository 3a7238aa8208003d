import { expect, test } from 'vitest'
import { canonical } from '../../src/results/canonical.ts'

test('values have the same text exactly when they are equal', () => {
  const loop: Record<string, unknown> = {}
  loop.self = loop
  const values = [0, 1, 1n, '1', true, null, undefined, Number.NaN, Number.POSITIVE_INFINITY, [], [1], ['1'], [[1]], {}]
  const more = [{ a: 1 }, { a: 1n }, { b: 1 }, new Set([1]), new Map([[1, 1]]), new Date(0), /a/, /a/i, [1, 2], loop]
  const texts = [...values, ...more].map((value) => canonical(value))
  expect(new Set(texts).size).toBe(texts.length)
  expect(canonical({ a: 1, b: [{ d: 1, c: 2 }] })).toBe(canonical({ b: [{ c: 2, d: 1 }], a: 1 }))
  expect(canonical({ a: 1, b: undefined })).toBe(canonical({ a: 1 }))
  expect(canonical({ question: 1, other: 2 })).not.toBe(canonical({ question: 1, other: 3 }))
})
