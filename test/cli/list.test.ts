import { expect, test } from 'vitest'
import { list, share } from '../../src/cli/list.ts'

test('names are parted by commas, and a name with a comma or quote stands in quotes', () => {
  expect(list('a,b')).toEqual(['a', 'b'])
  expect(list('a b,"last, first","say ""hi"""')).toEqual(['a b', 'last, first', 'say "hi"'])
  expect(list('')).toEqual([''])
  expect(list('"",NA')).toEqual(['', 'NA'])
  expect(list('c', ['a', 'b'])).toEqual(['a', 'b', 'c'])
  expect(list('a"b')).toEqual(['a"b'])
  for (const odd of ['"a', '"a"b']) expect(() => list(odd), odd).toThrow('parted by commas')
})

test('a share is a number up to 1 or a percentage', () => {
  expect(share('0.95')).toBe(0.95)
  expect(share('99.9%')).toBeCloseTo(0.999)
  for (const odd of ['2', '-1', '', '%', 'most', '101%']) expect(() => share(odd), odd).toThrow()
})
