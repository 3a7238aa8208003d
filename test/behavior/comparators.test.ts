import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inspect } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { comparators, type Comparison } from '../../src/behavior/comparators/index.ts'
import { mft, type MftRow } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/passMft.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { examplesOf, overallOf, ratesOf } from '../helpers/blocks.ts'
import { model } from '../../src/models/model.ts'

const only = async (check: Parameters<typeof evaluate>[0]) => {
  const [result] = await evaluate(check)
  if (!result) throw new Error('no result')
  return result
}
const echo = model('echo@1', (value: unknown) => value)
const folder = mkdtempSync(path.join(tmpdir(), 'assay-cases-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** For each comparison: what is expected, answers that are right, wrong, and such that it cannot be told. */
const table: Readonly<
  Record<Comparison, readonly [expected: unknown, right: unknown[], wrong: unknown[], error: unknown[]][]>
> = {
  equals: [['a', ['a'], ['A'], []]],
  oneOf: [['a|b', ['a', 'b'], ['c'], []]],
  range: [['0..1', [0, 0.5, 1], [2, '0.5'], []]],
  contains: [['b', ['abc', ['b']], ['a'], [3]]],
  matches: [['^a', ['ab'], ['ba'], [3]]],
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
  ],
  near: [
    ['3.2 +- 0.1', [3.2, 3.3, 3.1], [3.31, '3.2', 'x'], []],
    [[0.3, 0.1], [0.4], [0.41], []],
  ],
  partial: [
    [{ a: { b: 1 } }, [{ a: { b: 1, c: 2 }, d: 3 }, '{"a":{"b":1}}'], [{ a: { b: 2 } }, { a: 1 }, [1], 'text', {}], []],
    ['{"list": [1, 2]}', [{ list: [1, 2] }], [{ list: [1, 2, 3] }], []],
  ],
  satisfies: [
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
        const result = await only(passMft(echo, mft([{ input, expected, compare } as MftRow])))
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
  expect((await only(passMft(echo, cases))).status).toBe('pass')
  const wrong = await only(passMft(echo, mft([{ input: 'x', expected: expect.any(Number) }])))
  expect(examplesOf(wrong)?.examples[0]?.expected).toBe('Any<Number>')
  const text = await only(passMft(echo, mft([{ input: 'x', expected: expect.stringContaining('b') }])))
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
  ['satisfies', 'x', /needs a function/],
])('%s refuses %j', (compare, expected, message) => {
  expect(() => mft([{ input: 'a', expected, compare } as MftRow])).toThrow(message)
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
    only(passMft(echo, cases, { passRate: { min: 0.9 }, capabilities, ...more } as never))
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
