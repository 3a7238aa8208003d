import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countText, numberText, shareText } from '../src/numberText.ts'

const intl = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })

describe('numbers in messages', () => {
  test('are written as Intl writes them', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ min: -1e15, max: 1e15, noNaN: true, maxExcluded: true }),
          fc.integer(),
          fc.float({ min: -10, max: 10, noNaN: true }),
        ),
        (value) => {
          fc.pre(Math.abs(value) >= 1e-4 && Math.abs(value) < 1e15)
          // Just between two: Intl rounds the shortest text of the number up, this its value.
          fc.pre(!/\.\d{6}5$/.test(String(value)))
          expect(numberText(value)).toBe(intl.format(value))
        },
      ),
      { numRuns: 5000, seed: 20261124 },
    )
  })

  test('very large and very small ones are in powers of ten, zero has no sign', () => {
    expect([0, -0, 1e-7, -1.23456789e18, Number.POSITIVE_INFINITY].map(numberText)).toEqual([
      '0',
      '0',
      '1e-7',
      '-1234570000000000000',
      'Infinity',
    ])
  })

  test('one thing is not many', () => {
    expect([0, 1, 1284310].map((count) => countText(count, 'row'))).toEqual(['0 rows', '1 row', '1,284,310 rows'])
    expect(countText(2, 'query', 'queries')).toBe('2 queries')
  })

  test('a share that is not all is never rounded to all', () => {
    expect([0, 1, 0.5, 0.999999, 1e-7].map(shareText)).toEqual(['0 %', '100 %', '50.0 %', '99.99990 %', '0.000010 %'])
  })
})
