import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { comparators, type Comparison } from '../../src/behavior/comparators/index.ts'
import { mft, type MftRow } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { scored } from '../../src/behavior/kinds/scored.ts'
import { examplesOf, overallOf, ratesOf } from '../helpers/blocks.ts'
import { model } from '../../src/models/model.ts'
import { judge } from '../helpers/judge.ts'
import { temporaryFolder } from '../helpers/files.ts'

const echo = model('echo@1', (value: unknown) => value)
const folder = temporaryFolder()

const long = Array.from({ length: 2000 }, (_, i) => `word ${i}`).join(' ')

/** For each comparison: what is expected, answers that are right, wrong, and such that it cannot be told. */
const table: Readonly<
  Record<Comparison, readonly [expected: unknown, right: unknown[], wrong: unknown[], error: unknown[]][]>
> = {
  equals: [['a', ['a'], ['A'], []]],
  oneOf: [['a|b', ['a', 'b'], ['c'], []]],
  range: [['0..1', [0, 0.5, 1], [2, '0.5'], []]],
  contains: [['b', ['abc', ['b']], ['a'], [3]]],
  matches: [
    ['^a', ['ab'], ['ba'], [3]],
    ['^(?:a+)+$', ['aa', 'a'.repeat(40)], [`${'a'.repeat(9)}!`, `${'b'.repeat(40)}!`], [`${'a'.repeat(40)}!`]],
  ],
  not: [
    ['a', ['b', 3, ['a'], { label: 'b', scores: {} }], ['a', { label: 'a', scores: {} }], []],
    [3, [4], [3, 3n], []],
  ],
  ignoreCase: [['New  York', ['new york', ' NEW YORK\n'], ['New-York'], [3]]],
  containsAny: [
    ['refund|money back', ['a refund', 'money back!'], ['Refund', 'no'], [3, ['refund']]],
    [['a', 'b'], ['xa'], ['x'], []],
  ],
  containsAll: [['a|b', ['b and a'], ['a', 'b'], [3]]],
  containsNone: [['a|b', ['c', ''], ['cab', 'b'], [3]]],
  similar: [
    [
      'The parcel is late',
      ['the parcel is  late', 'The parcel is lat', 'Teh parcel is late'],
      ['The parcel is lost in the post'],
      [3],
    ],
    [{ text: 'abc', min: 1 }, ['ABC'], ['abd'], []],
    [long, [long, `${long} the end`], ['a', `${long} ${long}`], [`b ${long.replaceAll('word 1', 'other 2')} c`]],
  ],
  near: [
    ['3.2 +- 0.1', [3.2, 3.3, 3.1], [3.31, '3.2', 'x'], []],
    [[0.3, 0.1], [0.4], [0.41], []],
  ],
  partial: [
    [
      { a: { b: 1 } },
      [{ a: { b: 1, c: 2 }, d: 3 }, '{"a":{"b":1}}'],
      [{ a: { b: 2 } }, { a: 1 }, [1], 'text', {}],
      ['{"a":{"b":1,"b":1}}'],
    ],
    ['{"list": [1, 2]}', [{ list: [1, 2] }], [{ list: [1, 2, 3] }], []],
  ],
  schema: [
    [
      { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
      [{ city: 'Oslo' }, '{"city": "Oslo", "zip": 3}'],
      [{ city: 3 }, {}, 'text', '{"city": ', [1]],
      ['{"city": "Oslo", "city": "Bergen"}'],
    ],
    [
      '{"$schema": "http://json-schema.org/draft-07/schema#", "minimum": 3}',
      [3, 4.5],
      [2, 'five', '5', true, { a: 5 }],
      [],
    ],
    [{ required: ['city'] }, [{ city: 'Oslo' }, '{"city": 3}'], ['I cannot help with that', 3, ['city'], true, {}], []],
    [{ minLength: 2, minItems: 2 }, ['ab', [1, 2]], ['a', [1], 12, { a: 1 }], []],
    [{ type: 'strin' }, [], [], ['x']],
    [{ typ: 'string' }, [], [], ['x', 3]],
    [{ title: 'a city', $defs: { city: { type: 'string' } } }, [], [], ['x', 3]],
    [{ properties: { city: { patern: '^O' } } }, [], [], [{ city: 'Rome' }]],
    [{ pattern: '^(a+)+$' }, ['aa'], ['b'], ['a'.repeat(40) + '!']],
  ],
  scores: [
    [
      { positive: { min: 0.8 } },
      [{ label: 'positive', scores: { positive: 0.8 } }],
      [{ label: 'positive', scores: { positive: 0.7 } }],
      ['positive', { label: 'positive', scores: { negative: 1 } }],
    ],
    [
      { label: 'a', scores: { a: [0.9, 0.05] } },
      [
        { label: 'a', scores: { a: 0.95 } },
        { label: 'a', scores: { a: 0.85 } },
      ],
      [
        { label: 'b', scores: { a: 0.9 } },
        { label: 'a', scores: { a: 0.96 } },
      ],
      [],
    ],
  ],
  allOf: [
    [
      [
        { compare: 'contains', expected: 'refund' },
        { compare: 'matches', expected: '^Dear' },
      ],
      ['Dear all, no refund'],
      ['a refund', 'Dear all'],
      [3],
    ],
    ['[{"expected": "a"}, {"compare": "schema", "expected": {"type": "string"}}]', ['a'], ['b', 3], []],
  ],
  anyOf: [
    [[{ expected: 3 }, { compare: 'contains', expected: 'three' }], [3, 'number three'], ['four'], [4]],
    [[{ compare: 'schema', expected: { type: 'number' } }, { expected: 'none' }], [1, 'none'], ['x'], []],
  ],
  satisfies: [
    [async (value: unknown) => value === 3, [3], [4], []],
    [
      async () => {
        throw new Error('busy')
      },
      [],
      [],
      [1],
    ],
    [(value: unknown) => ({ passed: value === 3, score: 0.2, reason: 'rude' }), [3], [4], []],
    [
      {
        '~standard': {
          version: 1,
          vendor: 'zod',
          validate: (value: unknown) => (typeof value === 'string' ? { value } : { issues: [{ message: 'no text' }] }),
        },
      },
      ['x'],
      [3],
      [],
    ],
    [(value: unknown) => typeof value === 'number' && value > 2, [3], [1, 'x'], []],
    [expect.stringContaining('b'), ['abc'], ['ac', 3], []],
    [() => 'yes', [], [], ['x']],
    [
      () => {
        throw new Error('no')
      },
      [],
      [],
      ['x'],
    ],
  ],
}

test.each(Object.entries(table).flatMap(([compare, rows]) => rows.map((row) => [compare, ...row] as const)))(
  '%s %j',
  async (compare, expected, right, wrong, error) => {
    const kinds = { passed: right, failed: wrong, errors: error }
    for (const [kind, answers] of Object.entries(kinds))
      for (const input of answers as unknown[]) {
        const result = await judge(passMft(echo, mft([{ input, expected, compare } as MftRow])))
        expect(overallOf(result), `${kind} ${inspect(input)}`).toMatchObject({ [kind]: 1 })
      }
  },
)

test('every comparison stands in the table', () => {
  expect(new Set(Object.keys(table))).toEqual(new Set(Object.keys(comparators)))
})

test('a function or a matcher judges by itself, without compare', async () => {
  const cases = mft([
    { input: 3, expected: expect.any(Number) },
    { input: 'abc', expected: (value: string) => value.length === 3 },
  ])
  expect((await judge(passMft(echo, cases))).status).toBe('pass')
  const wrong = await judge(passMft(echo, mft([{ input: 'x', expected: expect.any(Number) }])))
  expect(examplesOf(wrong)?.examples[0]?.expected).toBe('Any<Number>')
  const text = await judge(passMft(echo, mft([{ input: 'x', expected: expect.stringContaining('b') }])))
  expect(examplesOf(text)?.examples[0]?.expected).toBe("StringContaining 'b'")
})

test.each<[Comparison, unknown, RegExp]>([
  ['ignoreCase', 3, /compares texts/],
  ['containsAny', 'a||b', /parted by \|/],
  ['containsAll', [], /parted by \|/],
  ['near', '3.2', /how far from it/],
  ['near', [1, -1], /how far from it/],
  ['similar', { text: 'a', min: 2 }, /similar needs a text/],
  ['partial', {}, /at least one name/],
  ['partial', '[1]', /at least one name/],
  ['partial', '{"a":1,"a":2}', /holds the key "a" twice/],
  ['scores', '{"a":{"min":0.9},"a":{"min":0}}', /holds the key "a" twice/],
  ['allOf', '[{"expected":"a","expected":"b"}]', /holds the key "expected" twice/],
  ['satisfies', 'x', /needs a function/],
  ['schema', {}, /that says something/],
  ['schema', '{"type": ', /a schema/],
  ['schema', 'none/there.json', /cannot be read/],
  ['scores', { a: 3 }, /as limits/],
  ['scores', 'x', /limits by label/],
  ['scores', { a: [1] }, /how far from it/],
  ['allOf', [], /needs comparisons/],
  ['allOf', [{ compare: 'equal', expected: 1 }], /needs comparisons/],
  ['anyOf', [{ compare: 'range', expected: 'x' }], /low\.\.high/],
])('%s refuses %j', (compare, expected, message) => {
  expect(() => mft([{ input: 'a', expected, compare } as MftRow])).toThrow(message)
})

test('a reason of a comparison is told with its case', async () => {
  const cases = mft([{ input: { city: 3 }, expected: { properties: { city: { type: 'string' } } }, compare: 'schema' }])
  expect(examplesOf(await judge(passMft(echo, cases)))?.examples[0]?.reason).toBe('/city must be string')
})

describe('a limit that is met by weight', () => {
  const cases = (n: number, weight: number, right: number) =>
    mft(Array.from({ length: n }, (_, i) => ({ input: `${i}`, expected: i < right ? `${i}` : 'other', weight })))
  const shares = [0.5, 0.7, 0.8, 0.9].flatMap((share) => [10, 20, 50, 100].map((n) => ({ n, share })))

  test.each([0.1, 0.3, 0.7, 1.1, 1 / 3, 2.3])('is met, and not passed, by cases of weight %d', async (weight) => {
    for (const { n, share } of shares) {
      const of = cases(n, weight, Math.round(n * share))
      const met = await judge(passMft(echo, of, { passRate: { min: share } }))
      expect(met).toMatchObject({ status: 'pass', value: share })
      expect((await judge(passMft(echo, of, { passRate: { gt: share } }))).status).toBe('fail')
      expect((await judge(scored(echo, { accuracy: { min: share } }, of))).status).toBe('pass')
      expect((await judge(scored(echo, { accuracy: { gt: share } }, of))).status).toBe('fail')
    }
  })

  test('is missed by one case that failed, however little it weighs', async () => {
    for (const weight of [1e-20, 1e-100]) {
      const of = mft([
        { input: 'a', expected: 'a', weight: 1 },
        { input: 'b', expected: 'other', weight },
      ])
      expect((await judge(passMft(echo, of))).status).toBe('fail')
      expect((await judge(scored(echo, { accuracy: { min: 1 } }, of))).status).toBe('fail')
    }
    const silent = model('silent@1', (input: string) => (input === 'b' ? undefined : input))
    const of = mft([
      { input: 'a', expected: 'a', weight: 1 },
      { input: 'b', expected: 'b', weight: 1e-20 },
    ])
    expect((await judge(passMft(silent, of))).status).toBe('error')
  })
})

test.each([
  [{ min: 0.5 }, 'pass'],
  [{ min: 0.6 }, 'pass'],
  [{ min: 0.7 }, 'error'],
  [{ min: 0.9 }, 'error'],
  [{ gt: 0.9 }, 'fail'],
  [{ min: 0.95 }, 'fail'],
])(
  'of a weight of 10, 6 right and 3 without an answer, a limit of %o is a verdict where these do not change it: %s',
  async (passRate, status) => {
    const some = model('some@1', (text: string) => (text === 'c' ? undefined : text))
    const cases = mft([
      { input: 'a', expected: 'a', weight: 6 },
      { input: 'b', expected: 'other', weight: 1 },
      { input: 'c', expected: 'c', weight: 3 },
    ])
    expect(await judge(passMft(some, cases, { passRate }))).toMatchObject({ status, value: 0.6 })
  },
)

test('cases with weights count by them, and show as much as so many without', async () => {
  const cases = (heavy: number, n = 20) =>
    mft(
      Array.from({ length: n }, (_, i) => ({
        input: `a${i}`,
        expected: i === 0 ? 'other' : `a${i}`,
        weight: i === 0 ? heavy : 1,
      })),
    )
  const ask = (heavy: number, options: object, n?: number) => judge(passMft(echo, cases(heavy, n), options))
  expect(await ask(1, { passRate: { min: 0.95 } })).toMatchObject({ status: 'pass', value: 0.95 })
  expect(await ask(61, { passRate: { min: 0.5 } })).toMatchObject({
    status: 'fail',
    value: 19 / 80,
    measured: '23.8 % of 20 cases by weight (19 pass, 1 fail)',
  })
  // One failure of 93 shows 95 %; weights that differ tell less.
  const options = { passRate: { min: 0.95 }, confidence: 0.95 }
  expect((await ask(1, options, 93)).status).toBe('pass')
  expect((await ask(0.5, options, 93)).status).toBe('pass')
  expect((await ask(3, options, 93)).status).toBe('inconclusive')
  // Weights that are all alike say nothing, however large they are.
  const alike = (weight: number) => judge(passMft(echo, mft(cases(1, 93).map((one) => ({ ...one, weight }))), options))
  const [one, tenth, hundred] = await Promise.all([1, 0.1, 100].map(alike))
  expect(tenth?.status).toBe('pass')
  for (const other of [tenth, hundred]) {
    const [low = 0, high = 0] = overallOf(other)?.interval ?? []
    expect(low).toBeCloseTo(overallOf(one)?.interval?.[0] as number, 9)
    expect(high).toBeCloseTo(overallOf(one)?.interval?.[1] as number, 9)
  }
  for (const weight of [0, -1, 'x', Number.NaN])
    expect(() => mft([{ input: 'a', expected: 'a', weight }])).toThrow('a weight is a number above 0')
})

test('cases come from JSON Lines and JSON, with types and lines', async () => {
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const lines = mft(
    file('a.jsonl', '{"input":{"n":1},"expected":3}\n\n{"input":{"n":2},"expected":["a"],"capability":"x"}\n'),
  )
  expect(lines.map(({ input, expected, line, table: of }) => [input, expected, line, of])).toEqual([
    [{ n: 1 }, 3, 1, 'a.jsonl'],
    [{ n: 2 }, ['a'], 3, 'a.jsonl'],
  ])
  expect(mft(file('b.json', '[{"input":"a","expected":"b"}]'))).toHaveLength(1)
  expect(() => mft(file('c.json', '{"input":"a"}'))).toThrow('holds no array of cases')
  expect(() => mft(file('d.jsonl', '{"input":"a","expected":1}\noops\n'))).toThrow(/line 2 of .* is not JSON/)
  expect(() => mft(file('e.jsonl', '{"input":"a","expcted":1}\n'))).toThrow('did you mean "expected"')
})

test('single capabilities may have limits of their own', async () => {
  const cases = mft([
    ...Array.from({ length: 18 }, (_, i) => ({ input: `a${i}`, expected: `a${i}`, capability: 'words' })),
    { input: 'b', expected: 'b', capability: 'negation' },
    { input: 'c', expected: 'd', capability: 'negation' },
  ])
  const ask = (capabilities: object, more = {}) =>
    judge(passMft(echo, cases, { passRate: { min: 0.9 }, capabilities, ...more } as never))
  expect((await ask({ negation: { min: 0.5 } })).status).toBe('pass')
  const failed = await ask({ negation: { min: 0.9 }, words: { min: 1 } })
  expect(failed).toMatchObject({ status: 'fail', blocking: true })
  expect(failed.message).toBe('negation: 50 % of 2 cases (1 pass, 1 fail), expected at least 90 % of cases')
  expect(ratesOf(failed)?.parts.map(({ limit }) => limit)).toEqual([1, 0.9])
  expect((await ask({ negation: { min: 0.6 } }, { confidence: 0.9, passRate: { min: 0.5 } })).status).toBe(
    'inconclusive',
  )
  expect(() => passMft(echo, cases, { capabilities: { negaton: { min: 1 } } })).toThrow('did you mean negation')
  expect(() => passMft(echo, cases, { capabilities: { negation: { min: 0 } } })).toThrow('pass rate of 0')
})

test.each([/.*/, /^.*/, /\d*$/, /^[\s\S]*$/, /(?:a?)/, /[^x]*/])(
  'an expression that finds something in every text tests nothing: %s',
  (expected) => {
    for (const text of ['', 'a', '1\n', '—']) expect(expected.test(text)).toBe(true)
    expect(() => mft([{ input: 'a', expected, compare: 'matches' }])).toThrow('finds something in every text')
  },
)

test.each([/^.*$/, /^$/, /^[^x]*$/, /^(?!.*refund)/, /a*b/, /\b/, /^\s*\$/, /x|y/, /^a?$/])(
  'an expression that some text does not have is asked: %s',
  (expected) => {
    expect(['', 'a', 'x', 'refund', '\n', '—\nx'].some((text) => !expected.test(text))).toBe(true)
    expect(mft([{ input: 'a', expected, compare: 'matches' }])).toHaveLength(1)
  },
)
