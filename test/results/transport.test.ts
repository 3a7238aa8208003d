import { expect, test } from 'vitest'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { decodeResult, encodeResult, RESULT_CAP } from '../../src/results/transport.ts'
import { generate } from '../helpers/runDocument.ts'
import { changed, examplesOf, overallOf, ratesOf } from '../helpers/blocks.ts'

const result = generate().results.find(ratesOf) as CheckResult
const circle: Record<string, unknown> = {}
circle.self = circle

test.each([
  ['a bigint', 1n],
  ['a circle', circle],
  [
    'what refuses to be JSON',
    {
      toJSON: () => {
        throw new Error('no')
      },
    },
  ],
])('a result with %s where JSON belongs is reported by the rest of it', (_, value) => {
  for (const odd of [
    { ...result, lineage: { ...result.lineage, seed: value } },
    changed(result, 'rates', { seed: value as never }),
    { ...result, subject: { ...result.subject, capability: value } },
    { ...result, sql: ['x'.repeat(RESULT_CAP)], limit: value },
  ] as never[]) {
    const { id, status, blocking, subject, message } = decodeResult(encodeResult(odd))
    expect({ id, status, blocking }).toEqual({ id: result.id, status: result.status, blocking: result.blocking })
    expect(subject.name).toBe(result.subject.name)
    expect(message).toContain('could not be reported')
  }
})

test('a thousand failing cases with long names stay within the cap', () => {
  const failing = Array.from({ length: 1000 }, (_, i) => `${i} ${'x'.repeat(75)}`)
  const text = encodeResult(changed(result, 'examples', { failing }))
  expect(text.length).toBeLessThanOrEqual(RESULT_CAP)
  expect(overallOf(decodeResult(text))).toEqual(overallOf(result))
  expect(examplesOf(decodeResult(text))?.examples).toHaveLength(examplesOf(result)?.examples.length ?? 0)
})
