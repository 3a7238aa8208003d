import { describe, expect, test } from 'vitest'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { mft } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { model } from '../../src/models/model.ts'
import { perturb } from '../../src/perturbations/index.ts'
import { encodeResult } from '../../src/results/transport.ts'
import { examplesOf, overallOf } from '../helpers/blocks.ts'
import { judge } from '../helpers/judge.ts'

class Label {
  label = 'yes'
  scores = {}
}
class Labels extends Array<string> {}
const circle: Record<string, unknown> = { label: 'yes' }
circle.self = circle
const hostile = (): never => {
  throw Object.create(null)
}
const deep = (levels: number): unknown => (levels === 0 ? 'yes' : [deep(levels - 1)])
/** What is no answer, and what is said of it. */
const bad: readonly (readonly [string, () => unknown, string])[] = [
  ['undefined', () => undefined, 'answered undefined'],
  ['null', () => null, 'answered null'],
  ['NaN', () => Number.NaN, 'answered NaN'],
  ['Infinity', () => Number.POSITIVE_INFINITY, 'answered Infinity'],
  ['a function', () => () => 'yes', 'answered a function, which is no JSON value'],
  ['a class', () => Label, 'answered a function'],
  ['a symbol', () => Symbol('yes'), 'answered a symbol, which is no JSON value'],
  ['a Map', () => new Map([['label', 'yes']]), 'answered a Map, which is no JSON value'],
  ['a Set', () => new Set(['yes']), 'answered a Set, which is no JSON value'],
  ['a WeakMap', () => new WeakMap(), 'answered a WeakMap'],
  // oxlint-disable-next-line require-yield
  ['a generator', () => (function* () {})(), 'answered a Generator, which is no JSON value'],
  ['an async generator', () => (async function* () {})(), 'answered an AsyncGenerator'],
  ['an iterator', () => ['yes'].values(), 'answered an Array Iterator'],
  ['an instance of a class', () => new Label(), 'answered a Label, which is no JSON value'],
  ['a list of a class', () => Labels.from(['yes']), 'answered a Labels, which is no JSON value'],
  ['an object that inherits', () => Object.create({ label: 'yes', scores: {} }) as object, 'which is no JSON value'],
  ['an error', () => new Error('yes'), 'answered an Error'],
  ['a regular expression', () => /yes/, 'answered a RegExp'],
  // oxlint-disable-next-line no-new-wrappers
  ['a boxed text', () => new String('yes'), 'answered a String'],
  // oxlint-disable-next-line no-new-wrappers
  ['a boxed number', () => new Number(1), 'answered a Number'],
  ['typed numbers', () => new Float32Array([0.5]), 'answered a Float32Array, which is no JSON value'],
  ['bytes', () => Buffer.from('yes'), 'answered an Uint8Array'],
  ['a date', () => new Date(0), 'answered a Date, which is no JSON value'],
  ['an invalid date', () => new Date(Number.NaN), 'answered a Date'],
  ['a match', () => /y(e)s/.exec('yes'), 'answered a list with properties of its own'],
  // oxlint-disable-next-line no-sparse-arrays
  ['a list with gaps', () => ['yes', , 'no'], 'answered a list with gaps'],
  ['NaN in an object', () => ({ label: 'yes', scores: { yes: Number.NaN } }), 'answered NaN at scores.yes'],
  ['undefined in an object', () => ({ label: 'yes', why: undefined }), 'answered undefined at why'],
  ['undefined in a list', () => ['yes', undefined], 'answered undefined at [1]'],
  ['a Map in an object', () => ({ yes: [new Map()] }), 'answered a Map at yes[0], which is no JSON value'],
  ['a promise in a list', () => [Promise.resolve('yes')], 'answered a Promise at [0], which is no JSON value'],
  ['a function in an object', () => ({ toJSON: () => 'yes' }), 'answered a function at toJSON'],
  ['a symbol as name', () => ({ [Symbol('yes')]: 1 }), 'answered an object with a symbol as name'],
  ['a circle', () => circle, 'answered a value that holds itself at self'],
  ['a thousand levels', () => deep(1000), 'answered a value nested deeper than 500 levels'],
  [
    'what throws when it is read',
    () => ({
      get label() {
        throw new Error('no label')
      },
    }),
    'answered something that cannot be read: no label',
  ],
  [
    'what throws all over',
    () =>
      new Proxy(
        {},
        {
          get: hostile,
          ownKeys: hostile,
          getPrototypeOf: hostile,
        },
      ),
    'something without text',
  ],
  [
    'a rejection without text',
    () => {
      throw Object.create(null)
    },
    'threw something without text',
  ],
  [
    'an error of hostile parts',
    () => {
      throw Object.assign(new Error('x'), { name: Symbol('name'), message: Object.create(null) })
    },
    'threw Symbol(name): something without text',
  ],
]

const cases = {
  equals: { input: 'ab', expected: 'yes' },
  'equals JSON': { input: 'ab', expected: { label: 'yes' } },
  'equals JSON text': { input: 'ab', expected: '{}' },
  oneOf: { input: 'ab', expected: 'yes|no', compare: 'oneOf' },
  range: { input: 'ab', expected: '0..1', compare: 'range' },
  contains: { input: 'ab', expected: 'e', compare: 'contains' },
  matches: { input: 'ab', expected: '.', compare: 'matches' },
} as const

describe.each([
  ['at once', (answer: () => unknown) => answer, {}],
  ['later', (answer: () => unknown) => async () => answer(), {}],
  ['in a batch', (answer: () => unknown) => (inputs: unknown[]) => inputs.map(answer), { batch: 2 }],
])('answered %s', (_, how, options) => {
  test.each(bad)('%s is an error of its case, whatever is compared', async (_name, answer, message) => {
    const tested = model('bad@1', how(answer), options)
    const checks = [
      ...Object.values(cases).map((row) => passMft(tested, mft([row, { ...row, input: 'cd' }]))),
      invariantTo(tested, perturb.typos(), { over: ['ab', 'cd'] }),
      invariantTo(tested, perturb.typos(), { over: ['ab', 'cd'], tolerance: 1e9 }),
    ]
    for (const result of await evaluate(checks)) {
      expect(result).toMatchObject({
        status: 'error',
        blocking: true,
        evidence: [{ overall: { passed: 0, failed: 0, errors: 2 } }, {}],
      })
      expect(examplesOf(result)?.examples[0]?.got).toContain(`error: `)
      expect(examplesOf(result)?.examples[0]?.got).toContain(message)
      expect(JSON.parse(encodeResult(result))).toMatchObject({ id: result.id, status: 'error' })
    }
  })
})

test('a text is asked of by contains and matches; what was found instead is an error of the case', async () => {
  const echo = model('echo@1', (value: unknown) => value)
  const inputs = [3, 10n, true, { a: 1 }, { label: 4, scores: {} }]
  const ask = async (compare: 'contains' | 'matches', more: readonly unknown[] = []) =>
    judge(passMft(echo, mft([...inputs, ...more].map((input) => ({ input, expected: 'o', compare })))))
  for (const result of [await ask('contains'), await ask('matches', [['o']])]) {
    expect(result).toMatchObject({ status: 'error', evidence: [{ overall: { passed: 0, failed: 0 } }, {}] })
    const got = examplesOf(result)?.examples.map((example) => example.got) ?? []
    expect(got[0]).toMatch(
      /error: (contains judges texts and lists|matches judges texts), and the answer is the number 3/,
    )
    expect(got[1]).toContain('the number 10')
    expect(got[2]).toContain('the boolean true')
    expect(got[3]).toContain('an object: {"a":1}')
    expect(got[4]).toContain('the number 4')
  }
})

test('what is right and what is wrong, by comparator', async () => {
  const echo = model('echo@1', (value: unknown) => value)
  const g = /b/g
  const right = mft([
    { input: 9007199254740993n, expected: 9007199254740993n },
    { input: 3n, expected: 3 },
    { input: 3, expected: 3n },
    { input: 9007199254740995n, expected: '9007199254740995' },
    { input: { n: [1n] }, expected: { n: [1] } },
    { input: { b: 1, a: { d: 2, c: 3 } }, expected: { a: { c: 3, d: 2 }, b: 1 } },
    { input: [], expected: [] },
    { input: -0, expected: 0 },
    { input: '1970-01-01T00:00:00.000Z', expected: new Date(0) },
    { input: Object.create(null) as object, expected: {} },
    { input: JSON.parse('{"__proto__":1}') as object, expected: '{"__proto__":1}' },
    { input: { label: 'a', scores: { a: 0.9 } }, expected: { label: 'a', scores: { a: 0.9 } } },
    { input: { label: 'a', scores: { a: 0.8 } }, expected: 'a' },
    { input: 'ab', expected: g, compare: 'matches' },
    { input: 'abb', expected: g, compare: 'matches' },
    { input: 'cb', expected: /b/y.source, compare: 'matches' },
    { input: 'xb', expected: /b/gy, compare: 'matches' },
    { input: 'B', expected: /b/i, compare: 'matches' },
    { input: [1, 2], expected: 2, compare: 'contains' },
    { input: [{ a: 1 }], expected: { a: 1 }, compare: 'contains' },
    { input: 'about 3', expected: 3, compare: 'contains' },
    { input: 3n, expected: [1n, 3n], compare: 'range' },
    { input: -1e300, expected: '-Infinity..0', compare: 'range' },
    { input: [1], expected: [[1], [2]], compare: 'oneOf' },
  ])
  const wrong = mft([
    { input: 9007199254740992, expected: 9007199254740993n },
    { input: 9007199254740994, expected: '9007199254740993' },
    { input: { n: 9007199254740992 }, expected: { n: 9007199254740993n } },
    { input: 16, expected: '0x10' },
    { input: {}, expected: [] },
    { input: [], expected: {} },
    { input: { a: 1 }, expected: { a: 1, b: 1 } },
    { input: { a: 1, b: 1 }, expected: { a: 1 } },
    { input: { toString: 1 }, expected: { valueOf: 1 } },
    { input: ['1'], expected: [1] },
    { input: '1', expected: true },
    { input: 1, expected: true },
    { input: { label: 'a', scores: { a: 0.9 } }, expected: { label: 'a', scores: { a: 0.8 } } },
    { input: 9007199254740993n, expected: [0, 9007199254740992n], compare: 'range' },
    { input: 'c', expected: g, compare: 'matches' },
  ])
  expect(examplesOf(await judge(passMft(echo, right)))?.examples).toEqual([])
  expect(overallOf(await judge(passMft(echo, wrong)))).toMatchObject({ passed: 0, failed: wrong.length })
})

describe('invariance compares by value', () => {
  const answers = (before: unknown, after: unknown) =>
    model('two@1', (text: string) => (text === 'ab' ? before : after))
  const status = async (before: unknown, after: unknown, tolerance?: number) =>
    (
      await judge(
        invariantTo(answers(before, after), perturb.typos(), {
          over: ['ab'],
          ...(tolerance === undefined ? {} : { tolerance }),
        }),
      )
    ).status
  const scored = (label: string, a: number) => ({ label, scores: { a, b: 1 - a } })

  test.each([
    ['names in another order', { a: 1, b: [2] }, { b: [2], a: 1 }, undefined, 'pass'],
    ['a number and a bigint', 1, 1n, undefined, 'pass'],
    ['a number that moved', 0.5, 0.52, undefined, 'fail'],
    ['a number within its tolerance', 0.5, 0.52, 0.1, 'pass'],
    ['a number at its tolerance', 0.3, 0.4, 0.1, 'pass'],
    ['a number just over its tolerance', 0.3, 0.4000001, 0.1, 'fail'],
    ['a number in its last place, with a tolerance of 0', 0.3, 0.1 + 0.2, 0, 'fail'],
    ['a bigint at its tolerance', 2n ** 60n, 2n ** 60n + 1n, 1, 'pass'],
    ['a bigint over its tolerance', 2n ** 60n, 2n ** 60n + 2n, 1, 'fail'],
    ['a list within', [0.5, 1], [0.52, 1], 0.1, 'pass'],
    ['a list beyond', [0.5, 1], [0.5, 2], 0.1, 'fail'],
    ['a longer list', [0.5], [0.5, 0.5], 0.1, 'fail'],
    ['an object within', { x: { y: 1 } }, { x: { y: 1.05 } }, 0.1, 'pass'],
    ['another name', { x: 1 }, { y: 1 }, 0.1, 'fail'],
    ['another text', ['a'], ['b'], 9, 'fail'],
    ['a label with other scores, without a tolerance', scored('a', 0.9), scored('a', 0.6), undefined, 'pass'],
    ['scores that may not move', scored('a', 0.9), scored('a', 0.89), 0, 'fail'],
    ['scores within', scored('a', 0.9), scored('a', 0.85), 0.1, 'pass'],
    ['scores beyond', scored('a', 0.9), scored('a', 0.6), 0.1, 'fail'],
    ['a label that flips', scored('a', 0.51), scored('b', 0.49), 0.5, 'fail'],
    ['a label that is a number and flips', { label: 1, scores: {} }, { label: 2, scores: {} }, 5, 'fail'],
    ['bigints within', 10n ** 20n, 10n ** 20n + 1n, 1, 'pass'],
    ['bigints beyond', 10n ** 20n, 10n ** 20n + 2n, 1, 'fail'],
    ['a number and its text', 1, '1', 1, 'fail'],
    ['true and 1', true, 1, 1, 'fail'],
  ])('%s', async (_, before, after, tolerance, expected) => {
    expect(await status(before, after, tolerance)).toBe(expected)
  })

  test('a tolerance is a finite number, and a change that is no text is an error of its input', async () => {
    for (const tolerance of [Number.POSITIVE_INFINITY, Number.NaN, -1, '0.1', null] as never[])
      expect(() => invariantTo(answers(1, 1), perturb.typos(), { over: ['ab'], tolerance })).toThrow(/tolerance:/)
    for (const apply of [
      () => 3,
      () => ['x', {}],
      async () => 'x',
      () => {
        throw new Error('no')
      },
    ] as never[]) {
      const result = await judge(invariantTo(answers(1, 1), { name: 'odd', seed: 1, apply }, { over: ['ab'] }))
      expect(result).toMatchObject({ status: 'error', evidence: [{ overall: { errors: 1, passed: 0 } }, {}] })
    }
    expect(() =>
      invariantTo(answers(1, 1), { name: 'odd', seed: 1n, apply: String } as never, { over: ['a'] }),
    ).toThrow('number as seed')
  })
})

test('the verdict that hangs on what could not be predicted is an error, else what the others say', async () => {
  const tested = model('some@1', (text: string) => (text.startsWith('error') ? undefined : text.slice(0, 3)))
  const status = async (yes: number, no: number, error: number, min: number, more: object = {}) => {
    const rows = { yes, no, error }
    const cases = Object.entries(rows).flatMap(([word, count]) =>
      Array.from({ length: count }, (_, i) => ({ input: `${word} ${i}`, expected: 'yes' })),
    )
    const { status: found, blocking } = await judge(passMft(tested, mft(cases), { passRate: { min }, ...more }))
    return [found, blocking]
  }
  expect(await status(8, 1, 1, 0.8)).toEqual(['pass', false])
  expect(await status(8, 1, 1, 0.9)).toEqual(['error', true])
  expect(await status(8, 1, 1, 0.9, { severity: 'warn' })).toEqual(['error', true])
  expect(await status(8, 1, 1, 0.95)).toEqual(['fail', true])
  expect(await status(0, 0, 3, 1)).toEqual(['error', true])
  expect(await status(90, 0, 10, 0.9, { confidence: 0.95 })).toEqual(['error', true])
  expect(await status(19, 1, 0, 0.9, { confidence: 0.95, onInconclusive: 'fail' })).toEqual(['inconclusive', true])
  expect(await status(19, 1, 0, 0.9, { confidence: 0.95, onInconclusive: 'fail', severity: 'warn' })).toEqual([
    'inconclusive',
    false,
  ])
})

test('an answer that holds one list again and again is refused before it fills the memory', async () => {
  let value: unknown = ['yes', 'yes', 'yes', 'yes']
  for (let i = 0; i < 20; i++) value = [value, value, value, value]
  const result = await judge(
    passMft(
      model('twice@1', () => value),
      mft([{ input: 'a', expected: 'b' }]),
    ),
  )
  expect(examplesOf(result)?.examples[0]?.got).toBe('error: answered more than four million values')
})

test('failing cases have a key that order, other cases and a corrected answer leave as it is', async () => {
  const rows = [
    { input: 'a', expected: 'x', capability: 'one' },
    { input: 'a', expected: 'x', capability: 'two' },
    { input: 'b', expected: 'x', name: 'named' },
    { input: { a: 1, b: 2n }, expected: 'x' },
    { input: 'c', expected: 'x', compare: 'contains' },
    { input: 'c', expected: 'y', compare: 'contains' },
  ] as const
  const keys = async (given: readonly (typeof rows)[number][], answer = 'no') =>
    examplesOf(
      await judge(
        passMft(
          model('no@1', () => answer),
          mft(given),
        ),
      ),
    )?.failing
  const first = (await keys(rows)) ?? []
  expect(new Set(first).size).toBe(rows.length)
  expect(first[2]).toBe('named')
  expect(await keys(rows.toReversed())).toEqual(first.toReversed())
  expect(await keys(rows.slice(1, 3))).toEqual(first.slice(1, 3))
  expect(await keys([{ ...rows[0], expected: 'z' as never }])).toEqual(first.slice(0, 1))
  const many = mft(Array.from({ length: 1001 }, (_, i) => ({ input: i, expected: 'x' })))
  const result = await judge(
    passMft(
      model('no@1', () => 'no'),
      many,
    ),
  )
  expect(overallOf(result)?.failed).toBe(1001)
  expect(examplesOf(result)).toMatchObject({ total: 1001, examples: { length: 20 } })
  expect(examplesOf(result)?.failing).toBeUndefined()
})
