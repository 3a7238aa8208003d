import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countText,
  decimal,
  exactShare,
  exactText,
  integer,
  interval,
  numberText,
  probability,
  shareText,
} from '../../src/words/text/numbers.ts'
import { duration } from '../../src/words/text/times.ts'

const intl = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })
const seed = 20261125
const anyNumber = fc.double({ noNaN: true }).map((value) => (value === 0 ? 0 : value))
/** A number and one so near that rounding would make them one. */
const near = fc
  .tuple(anyNumber, fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(1e-16, 1e-12, 1e-9, 1e-6, 1e-3, 1))
  .map(([value, steps, size]) => [value, value + value * steps * size] as const)
const pairs = fc.oneof(near, fc.tuple(anyNumber, anyNumber), fc.tuple(fc.maxSafeInteger(), fc.maxSafeInteger()))
const share = fc
  .oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.tuple(fc.integer({ min: 0, max: 1e7 }), fc.integer({ min: 1, max: 1e7 })).map(([a, b]) => Math.min(a, b) / b),
    fc.integer({ min: 1, max: 16 }).map((power) => 1 - 10 ** -power),
  )
  .map((value) => (value === 0 ? 0 : value))
const shares = fc.oneof(
  fc.tuple(share, share),
  fc.tuple(share, fc.constantFrom(1e-15, 1e-12, 1e-9, 1e-6, 1e-3)).map(([a, b]) => [a, Math.min(1, a + b)] as const),
)

describe('numbers that stand beside each other', () => {
  test('read the same only when they are the same, whichever is a limit', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        fc.pre(a !== b)
        const texts = [numberText(a, [b]), numberText(b, [a]), exactText(a), exactText(b)]
        expect(texts[0]).not.toBe(texts[1])
        expect(texts[0]).not.toBe(texts[3])
        expect(texts[1]).not.toBe(texts[2])
        expect(texts[2]).not.toBe(texts[3])
        expect(decimal(a, { beside: [b] })).not.toBe(decimal(b, { beside: [a] }))
        expect(decimal(a, { beside: [b] })).not.toBe(exactText(b))
      }),
      { numRuns: 5000, seed },
    )
  })

  test('are shares that read the same only when they are the same, and 0 % or 100 % only when they are', () => {
    fc.assert(
      fc.property(shares, ([a, b]) => {
        fc.pre(a !== b && String(a) !== String(b))
        expect(shareText(a, [b])).not.toBe(shareText(b, [a]))
        expect(shareText(a, [b])).not.toBe(exactShare(b))
        expect(exactShare(a)).not.toBe(exactShare(b))
        for (const text of [shareText(a), exactShare(a)]) {
          expect(text === '0 %').toBe(a === 0)
          expect(text === '100 %').toBe(a === 1)
        }
      }),
      { numRuns: 5000, seed },
    )
  })

  test('have no more digits than it takes', () => {
    expect(numberText(0.30000001, [0.3])).toBe('0.30000001')
    expect(numberText(0.2999999, [0.3])).toBe('0.2999999')
    expect(numberText(12.5, [13])).toBe('12.5')
    expect(shareText(2 / 3, [0.667])).toBe('66.67 %')
    expect(shareText(0.6666, [0.667])).toBe('66.66 %')
    expect(decimal(0.10001, { beside: [0.1] })).toBe('0.10001')
  })
})

describe('a limit reads with all its digits', () => {
  test.for([
    [0.30000001, '0.30000001'],
    [1e21, '1e+21'],
    [12345.678, '12,345.678'],
    [-0.00001, '-1e-5'],
    [Number.NEGATIVE_INFINITY, '-∞'],
  ] as const)('%s as %s', ([value, text]) => expect(exactText(value)).toBe(text))

  test.for([
    [0.07, '7 %'],
    [0.29, '29 %'],
    [1e-7, '0.00001 %'],
    [0.999, '99.9 %'],
    [2 / 3, '66.66666666666666 %'],
    [1.5, '150 %'],
  ] as const)('the share %s as %s', ([value, text]) => expect(exactShare(value)).toBe(text))
})

describe('numbers in messages and reports', () => {
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
    const values = [0, -0, 1e-7, -1.23456789e18, 9_007_199_254_740_991, Number.POSITIVE_INFINITY, Number.NaN]
    expect(values.map((value) => numberText(value))).toEqual([
      '0',
      '0',
      '1e-7',
      '-1.23457e+18',
      '9,007,199,254,740,991',
      '∞',
      '—',
    ])
  })

  test.for([
    [0.03125, '0.0313'],
    [12345.678, '12,346'],
    [729.4, '729'],
    [-2.5, '-2.5'],
    [1e21, '1e+21'],
    [0.0000123, '1.23e-5'],
    [Number.NaN, '—'],
    [undefined, '—'],
  ] as const)('the measurement %s in short reads %s', ([value, text]) => expect(decimal(value)).toBe(text))

  test.for([
    [0, '0 %'],
    [1, '100 %'],
    [0.5, '50 %'],
    [0.0577, '5.77 %'],
    [0.341, '34.1 %'],
    [0.00004, '0.004 %'],
    [0.999969, '99.9969 %'],
    [1e-7, '0.00001 %'],
    [Number.NaN, '—'],
  ] as const)('the share %s reads %s', ([value, text]) => expect(shareText(value)).toBe(text))

  test('one thing is not many', () => {
    expect([0, 1, 1284310].map((count) => countText(count, 'row'))).toEqual(['0 rows', '1 row', '1,284,310 rows'])
    expect(countText(2, 'query', 'queries')).toBe('2 queries')
    expect([undefined, 999, -1200].map(integer)).toEqual(['—', '999', '-1,200'])
  })

  test('small probabilities are bounds, times and intervals read as words', () => {
    expect([1e-30, 0.0312].map(probability)).toEqual(['< 0.0001', '0.031'])
    expect([duration(640), duration(6412), duration(725_000)]).toEqual(['640 ms', '6.4 s', '12 min 5 s'])
    expect([interval([0.21, 0.25]), interval(undefined)]).toEqual(['0.21 to 0.25', '—'])
  })
})
