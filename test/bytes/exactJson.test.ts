import { describe, expect, test } from 'vitest'
import { exactJson, exactJsonText, withNumbers } from '../../src/bytes/exactJson.ts'

const wholes: readonly (readonly [string, number | bigint])[] = [
  ['9007199254740992', 9007199254740992],
  ['9007199254740993', 9007199254740993n],
  ['-9007199254740993', -9007199254740993n],
  ['1234567890123456789', 1234567890123456789n],
  ['12345678901234567000', 12345678901234567000n],
  ['12345678901234567168', 12345678901234567000],
  ['10000000000000000000', 1e19],
  ['1000000000000000000000001', 1000000000000000000000001n],
  [`1${'0'.repeat(400)}`, 10n ** 400n],
  ['9007199254740993.0', 9007199254740992],
  ['9007199254740993e0', 9007199254740992],
  ['0.12345678901234568', 0.12345678901234568],
  ['123456789012345', 123456789012345],
]

describe.each(wholes)('%s', (text, value) => {
  test.each<[string, (text: string) => string, (value: unknown) => unknown]>([
    ['by itself', (one) => one, (one) => one],
    ['among white space', (one) => ` \n\t${one}\r\n`, (one) => one],
    ['in a list', (one) => `[1,${one}, ${one},"x"]`, (one) => [1, one, one, 'x']],
    ['in an object', (one) => `{"a":${one},"b":{"c":[${one}]}}`, (one) => ({ a: one, b: { c: [one] } })],
    ['beside its own text', (one) => `["${one}",${one},"\\"${one}"]`, (one) => [text, one, `"${text}`]],
    ['after a text that ends in backslashes', (one) => `["a\\\\",${one},"\\\\\\""]`, (one) => ['a\\', one, '\\"']],
    ['named twice', (one) => `{"a":"x","a":${one}}`, (one) => ({ a: one })],
    ['beside its own name', (one) => `{"${text}":${one}}`, (one) => ({ [text]: one })],
  ])('is read as it is %s', (_, written, made) => {
    expect(exactJson(written(text))).toEqual(made(value))
  })
})

test('a name like __proto__ holds what it holds', () => {
  const value = exactJson('{"__proto__":9007199254740993}') as object
  expect(Object.entries(value)).toEqual([['__proto__', 9007199254740993n]])
})

test('what JSON.parse refuses is refused in its words', () => {
  for (const text of [
    '',
    '{"a":09007199254740993}',
    '[9007199254740993',
    '9007199254740993-',
    '-',
    '"9007199254740993',
  ])
    expect(() => exactJson(text)).toThrow(
      (() => {
        try {
          return String((JSON.parse(text) as Error).message)
        } catch (error) {
          return (error as Error).message
        }
      })(),
    )
})

test('a whole number is read however deep it lies, and beside texts of any length', () => {
  const deep = 20_000
  let value = exactJson(`${'['.repeat(deep)}9007199254740993${']'.repeat(deep)}`)
  for (let i = 0; i < deep; i++) [value] = value as readonly unknown[]
  expect(value).toBe(9007199254740993n)
  const long = '\\"'.repeat(3_000_000)
  expect((exactJson(`["${long}",9007199254740993]`) as readonly unknown[])[1]).toBe(9007199254740993n)
})

test('values are written as JSON.stringify writes them, whole numbers with all their digits', () => {
  const at = new Date('2026-01-02')
  const value = {
    a: [1n, 2n ** 64n, undefined, Number.NaN],
    at,
    none: undefined,
    b: true,
    big: 2 ** 64 + 2 ** 14,
    small: 0.5,
  }
  expect(exactJsonText(value)).toBe(
    '{"a":[1,18446744073709551616,null,null],"at":"2026-01-02T00:00:00.000Z","b":true,"big":18446744073709568000,"small":0.5}',
  )
  expect(exactJsonText(5n)).toBe('5')
  expect(exactJsonText(1e300)).toBe('1e+300')
  expect(exactJsonText(undefined)).toBeUndefined()
  const hostile = ['integer0:5', '"integer0:5"', 'integer1:5', 'integer2', 5n]
  expect(JSON.parse(exactJsonText(hostile) as string)).toEqual([...hostile.slice(0, 4), 5])
  for (const [text, whole] of wholes.slice(0, 8)) expect(exactJson(exactJsonText(whole) as string), text).toBe(whole)
})

test('bigints become numbers where a number is the same, in whatever is shared or holds itself', () => {
  const shared: Record<string, unknown> = { n: 1n, big: 2n ** 53n + 1n }
  shared.self = shared
  const value = withNumbers([shared, shared, 10n ** 400n, -0n]) as readonly unknown[]
  expect(value).toEqual([shared, shared, 10n ** 400n, 0])
  expect(shared).toMatchObject({ n: 1, big: 2n ** 53n + 1n })
  expect(withNumbers(3n)).toBe(3)
})
