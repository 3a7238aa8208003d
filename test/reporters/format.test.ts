import { expect, test } from 'vitest'
import {
  cut,
  decimal,
  duration,
  integer,
  interval,
  oneLine,
  percent,
  probability,
  sentenceList,
  visible,
} from '../../reporters/format.ts'

test.for([
  [0, '0'],
  [999, '999'],
  [1284310, '1 284 310'],
  [-1200, '−1 200'],
  [Number.NaN, '—'],
  [undefined, '—'],
] as const)('the count %s reads %s', ([value, text]) => {
  expect(integer(value, ' ')).toBe(text)
})

test.for([
  [0, '0 %'],
  [1, '100 %'],
  [0.0000001, '< 0.001 %'],
  [0.9999999, '> 99.999 %'],
  [0.0577, '5.77 %'],
  [0.341, '34.1 %'],
  [0.00004, '0.004 %'],
  [0.999969, '99.997 %'],
  [Number.NaN, '—'],
  [Number.POSITIVE_INFINITY, '—'],
] as const)('the share %s reads %s', ([value, text]) => {
  expect(percent(value)).toBe(text.replace(' %', '\u202f%'))
})

test('a share that is neither 0 nor 1 never reads as 0 % or 100 %', () => {
  for (let exponent = 1; exponent < 15; exponent++) {
    expect(percent(10 ** -exponent)).not.toMatch(/^0\s%/)
    expect(percent(1 - 10 ** -exponent)).not.toMatch(/^100\s%/)
  }
})

test.for([
  [0.03125, '0.0313'],
  [12345.678, '12 345.7'],
  [729.4, '729'],
  [-2.5, '−2.5'],
  [1e21, '1.00e+21'],
  [0.0000123, '0.0000123'],
  [Number.NaN, '—'],
  [Number.POSITIVE_INFINITY, '∞'],
] as const)('the measurement %s reads %s', ([value, text]) => {
  expect(decimal(value).replaceAll('\u202f', ' ')).toBe(text)
})

test('a small probability is a bound', () => {
  expect(probability(1e-30)).toBe('< 0.0001')
  expect(probability(0.0312)).toBe('0.031')
})

test('times, intervals and lists read as words', () => {
  expect([duration(640), duration(6412), duration(725_000)]).toEqual(['640 ms', '6.4 s', '12 min 5 s'])
  expect(interval([0.21, 0.25])).toBe('0.21 to 0.25')
  expect(interval(undefined)).toBe('—')
  expect(sentenceList(['a', 'b', 'c'])).toBe('a, b and c')
})

test('what cannot be seen is shown', () => {
  expect(visible('a\u200bb\u061c\ufeff\u2028')).toBe('a\\u200bb\\u061c\\ufeff\\u2028')
  expect(visible('👩‍👩‍👧 naïve\n\t')).toBe('👩‍👩‍👧 naïve\n\t')
  expect(oneLine('a\r\nb\tc')).toBe('a\\r\\nb\\tc')
})

test('a cut never halves a character', () => {
  expect(cut('ab👍', 3)).toBe('ab… (cut: 3 of 4 characters)')
})
