import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { compile } from '../../src/schema/drafts.ts'
import { boolean, compareContracts, inferContract, integer, number, string, table } from '../../src/contracts/index.ts'

type Contract = Readonly<Record<string, unknown>>
const compare = (before: Contract, after: Contract) => compareContracts(before, after)

test('two contracts are compared in words, whatever their order', async () => {
  const before = await inferContract(dataset([{ id: 1, name: 'x', old: true, n: 1 }], { key: 'id' }))
  const after = await inferContract(dataset([{ n: 'x', id: 1, fresh: true, name: null }]))
  const { properties, required, ...rest } = before as { properties: object; required: string[] }
  const turned = {
    ...rest,
    required: required.toReversed(),
    properties: Object.fromEntries(Object.entries(properties).reverse()),
  }
  expect(await compare(before, turned)).toEqual({
    differences: [],
    breaks: { readers: [], writers: [] },
    verdict: 'identical',
  })
  expect((await compare(before, after)).differences).toEqual([
    'column "old" was removed; renamed to "fresh"?',
    'column "fresh" was added (boolean)',
    'column "name" changed type from string to any type',
    'column "name" now has description "no values yet: of any type"',
    'column "name" now has present true',
    'column "name" may now have missing values',
    'column "n" changed type from integer to string',
    'the table no longer has key ["id"]',
  ])
  const loose = { ...before, required: ['id', 'old', 'n'], additionalProperties: true }
  expect(await compare(before, loose)).toEqual({
    differences: ['column "name" may now have missing values', 'extra columns are now allowed'],
    breaks: {
      readers: ['extra columns may now be there', 'column "name" may now have missing values'].reverse(),
      writers: [],
    },
    verdict: 'breaks readers',
  })
})

const base = { id: integer(), amount: number(), kind: string().oneOf('a', 'b'), code: string() }
const of = (columns: Parameters<typeof table>[0], key?: string) =>
  (key === undefined ? table(columns) : table(columns).key(key)).extraColumns('fail').toJSON()
const old = of(base)

const cases: readonly (readonly [string, Contract, readonly string[], readonly string[]])[] = [
  ['nothing', of(base), [], []],
  ['a note', { ...old, description: 'orders' }, [], []],
  ['a wider type', of({ ...base, id: number() }), ['column "id" may now be number (before: integer), e.g. 0.5'], []],
  [
    'a narrower type',
    of({ ...base, amount: integer() }),
    [],
    ['column "amount" must now be integer (before: number), e.g. 0.5'],
  ],
  [
    'null allowed',
    of({ ...base, amount: number().nullable() }),
    [
      'column "amount" may now be number or null (before: number), e.g. null',
      'column "amount" may now have missing values',
    ],
    [],
  ],
  [
    'one more value',
    of({ ...base, kind: string().oneOf('a', 'b', 'c') }),
    ['column "kind" no longer holds to enum ["a","b"] (now: enum ["a","b","c"]), e.g. "c"'],
    [],
  ],
  [
    'one value less',
    of({ ...base, kind: string().oneOf('a') }),
    [],
    ['column "kind" must now hold to enum ["a"] (before: enum ["a","b"]), e.g. "b"'],
  ],
  [
    'a limit',
    of({ ...base, amount: number().between({ min: 0 }) }),
    [],
    ['column "amount" must now hold to minimum 0 (before: anything), e.g. -1'],
  ],
  [
    'a pattern',
    of({ ...base, code: string().matches(/^[A-Z]$/u) }),
    [],
    ['column "code" must now hold to pattern "^[A-Z]$" (before: anything), e.g. ""'],
  ],
  [
    'a column gone',
    of({ id: base.id, amount: base.amount, kind: base.kind }),
    ['column "code" was removed'],
    ['column "code" is no longer allowed'],
  ],
  [
    'a new column',
    of({ ...base, day: boolean() }),
    ['column "day" may now be there'],
    ['column "day" is new and must have a value in every row'],
  ],
  ['unique', of({ ...base, code: string().unique() }), [], ['column "code" must now have unique values']],
  ['a key', of(base, 'id'), [], ['rows must now differ in the key ["id"]']],
  [
    'a share',
    of({ ...base, amount: number().mostly(0.9) }),
    ['column "amount" may now hold in 0.9 of the rows only (before: 1)'],
    [],
  ],
]
test.each(cases)('%s', async (name, now, readers, writers) => {
  const { breaks, verdict } = await compare(old, now)
  expect(breaks).toEqual({ readers, writers })
  const sides = [readers.length > 0 && 'readers', writers.length > 0 && 'writers'].filter(Boolean)
  const plain = name === 'nothing' || name === 'a note' ? (name === 'nothing' ? 'identical' : 'compatible') : undefined
  expect(verdict).toBe(plain ?? (sides.length === 2 ? 'breaks both' : `breaks ${sides[0]}`))
  const back = await compare(now, old)
  expect([back.breaks.readers.length, back.breaks.writers.length]).toEqual([writers.length, readers.length])
})

test('what only warns binds nobody', async () => {
  const warned = of({ ...base, amount: number().between({ max: 5 }).warn() })
  expect((await compare(of({ ...base, amount: number().warn() }), warned)).verdict).toBe('compatible')
  expect((await compare(old, warned)).breaks.writers).toEqual([])
  expect((await compare(old, warned)).breaks.readers).not.toEqual([])
})

test('what cannot be decided says may break', async () => {
  const [a, b] = [/^(?=a)a$/u, /^a{1}$/u].map((pattern) => of({ ...base, code: string().matches(pattern) }))
  const { breaks, verdict } = await compare(a as Contract, b as Contract)
  expect(breaks.writers).toEqual([
    'may break: column "code" must now hold to pattern "^a{1}$" (before: pattern "^(?=a)a$")',
  ])
  expect(verdict).toBe('breaks both')
})

test('a key of more columns follows from a key of fewer', async () => {
  const [one, two] = [table(base).key('id'), table(base).key('id', 'code')].map((built) => built.toJSON())
  expect((await compare(one as Contract, two as Contract)).breaks.writers).toEqual([])
  expect((await compare(one as Contract, two as Contract)).breaks.readers).toHaveLength(1)
})

test('a contract that is none says where', async () => {
  await expect(compare(old, { properties: { id: { minimun: 1 } } })).rejects.toThrow(/#\/properties\/id\/minimun/)
})

const whole = fc.integer({ min: -3, max: 3 })
const half = whole.map((n) => n / 2)
const types = fc.constantFrom('integer', 'number', 'string', 'boolean', 'null', 'array', 'object')
const keyword: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.record({ type: types }),
  fc.record({ type: fc.uniqueArray(types, { minLength: 1, maxLength: 3 }) }),
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((name) => half.map((n) => ({ [name]: n }))),
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'].map((name) =>
    fc.nat(3).map((n) => ({ [name]: n })),
  ),
  fc.record({ multipleOf: fc.constantFrom(1, 2, 3, 4, 0.5) }),
  fc.record({
    enum: fc.uniqueArray(fc.oneof(whole, fc.constantFrom('a', 'ab', null, true)), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ const: fc.oneof(half, fc.constantFrom('a', null)) }),
  fc.record({ pattern: fc.constantFrom('^a', 'b$', '') }),
  fc.record({ format: fc.constantFrom('date', 'email') }),
  fc.record({ items: fc.constantFrom(true, false, { type: 'integer' }, { minimum: 1 }, { type: 'string' }) }),
  fc.record({ prefixItems: fc.constantFrom([{ type: 'integer' }], [true]) }),
  fc.record({ anyOf: fc.constantFrom([{ type: 'integer' }, { minLength: 2 }], [{ maximum: 1 }]) }),
  fc.record({ not: fc.constantFrom({ const: 1 }, { type: 'string' }) }),
  fc.record({ if: fc.constant({ type: 'integer' }), then: fc.constantFrom({ minimum: 0 }, { maximum: 0 }) }),
  fc.record({ $ref: fc.constant('#/$defs/small') }),
  fc.record({
    properties: fc.constantFrom({ p: { type: 'integer' } }, { p: true, q: { maximum: 1 } }),
    additionalProperties: fc.constantFrom(true, false, { type: 'string' }),
  }),
  fc.record({ required: fc.constantFrom(['p'], ['q']) }),
)
const property = fc.oneof(
  { weight: 9, arbitrary: fc.array(keyword, { maxLength: 3 }).map((parts) => Object.assign({}, ...parts) as object) },
  { weight: 1, arbitrary: fc.boolean() },
)
const names = ['a', 'b', 'c']
const rowSchema = fc
  .record(
    {
      properties: fc.dictionary(fc.constantFrom(...names), property, { maxKeys: 3, noNullPrototype: true }),
      required: fc.subarray(names),
      additionalProperties: fc.oneof(fc.boolean(), fc.constantFrom({ type: 'string' }, { minimum: 0 })),
      patternProperties: fc.constantFrom({ '^o': { type: 'integer' } }, { '^ac': false }),
      minProperties: fc.nat(2),
      dependentRequired: fc.constant({ a: ['b'] }),
      anyOf: fc.constantFrom([{ required: ['a'] }], [{ properties: { c: { type: 'integer' } } }]),
      unevaluatedProperties: fc.boolean(),
      small: fc.constantFrom({ maximum: 1 }, { maximum: 2 }),
    },
    { requiredKeys: ['properties', 'small'] },
  )
  .map(({ small, ...one }) => ({ type: 'object', ...one, $defs: { small } }) as Contract)
/** Often a small step from the first, so that both answers occur. */
const pair = fc
  .tuple(rowSchema, rowSchema, fc.constantFrom('other', 'properties', 'required', 'additionalProperties', 'same'))
  .map(([a, b, part]) => {
    if (part === 'other') return [a, b] as const
    const changed = part === 'properties' ? { ...(a.properties as object), ...(b.properties as object) } : b[part]
    const { [part]: _, ...rest } = a
    return [a, part === 'same' || changed === undefined ? rest : { ...rest, [part]: changed }] as const
  })
const value = fc.oneof(
  half,
  fc.constantFrom('', 'a', 'ab', 'abb', 'bb', '2024-01-31', null, true, false, 1e9, -7.25),
  fc.array(fc.oneof(whole, fc.constantFrom('a')), { maxLength: 3 }),
  fc.record({ p: fc.oneof(whole, fc.constant('a')), q: whole, r: fc.constant('x') }, { requiredKeys: [] }),
)
const row = fc.record({ a: value, b: value, c: value, other: value, ac: value }, { requiredKeys: [] })

/** What ajv says of a row; undefined where it crashes, as version 8 does on patternProperties beside anyOf. */
async function judgeOf(contract: Contract): Promise<(row: object) => boolean | undefined> {
  const judge = await compile(contract as never, '2020-12')
  return (candidate) => {
    try {
      return judge(candidate) === undefined
    } catch {
      return undefined
    }
  }
}

/** Fails when a row shows a break that was ruled out; says whether one was ruled out at all. */
async function sound(before: Contract, after: Contract, rows: readonly object[]): Promise<boolean> {
  const { breaks } = await compare(before, after)
  const [isOld, isNew] = await Promise.all([judgeOf(before), judgeOf(after)])
  for (const candidate of rows) {
    const [was, is] = [isOld(candidate), isNew(candidate)]
    if (was && is === false) expect(breaks.writers, JSON.stringify(candidate)).not.toEqual([])
    if (is && was === false) expect(breaks.readers, JSON.stringify(candidate)).not.toEqual([])
  }
  return breaks.writers.length === 0 || breaks.readers.length === 0
}

test('a break that is ruled out never happens: no row is valid under one contract and not under the other', async () => {
  let proven = 0
  await fc.assert(
    fc.asyncProperty(pair, fc.array(row, { minLength: 40, maxLength: 40 }), async ([before, after], rows) => {
      if (await sound(before, after, rows)) proven++
    }),
    { numRuns: 60, seed: 20261124 },
  )
  expect(proven).toBeGreaterThan(10)
})

const limits = fc.constantFrom(-1, -0.5, 0, 0.5, 1, 1.5, 2)
const sizes = fc.nat(3)
const families: readonly (readonly [string, Record<string, fc.Arbitrary<unknown>>])[] = [
  [
    'numbers',
    {
      type: fc.constantFrom('integer', 'number', ['integer', 'null'], ['number', 'string']),
      minimum: limits,
      maximum: limits,
      exclusiveMinimum: limits,
      exclusiveMaximum: limits,
      multipleOf: fc.constantFrom(0.5, 1, 2, 3, 6),
      enum: fc.subarray([-1, 0, 0.5, 1, 2, null], { minLength: 1 }),
    },
  ],
  [
    'texts and lists',
    {
      type: fc.constantFrom('string', 'array', ['string', 'null'], ['array', 'string']),
      minLength: sizes,
      maxLength: sizes,
      minItems: sizes,
      maxItems: sizes,
      pattern: fc.constantFrom('^a', 'b$'),
      items: fc.constantFrom(true, false, { minimum: 1 }, { minimum: 2 }, { type: 'integer' }, { type: 'number' }),
      prefixItems: fc.constant([true]),
      const: fc.constantFrom('a', 'ab', null),
    },
  ],
]
const halves = Array.from({ length: 27 }, (_, i) => (i - 13) / 2)
const texts = ['', 'a', 'b', 'ab', 'ba', 'abb', 'aabb']
const lists = [[], [0], [1], [2], [0.5], [1, 2], [2, 2], [1, 1, 2], ['a'], [2, 1, 2, 1]]
const domain = [...halves, ...texts, ...lists, null, true].map((one) => ({ a: one }))

test.each(families)(
  'nor for neighbours: %s whose schemas differ in one keyword, over all small values',
  async (_, keywords) => {
    const names = Object.keys(keywords)
    const neighbours = fc
      .tuple(fc.record(keywords), fc.record(keywords), fc.subarray(names, { maxLength: 3 }), fc.constantFrom(...names))
      .map(([all, others, kept, changed]) => {
        const one = Object.fromEntries(kept.map((name) => [name, all[name]]))
        // With two that do not have it there is nothing to see: the changed one always does.
        return [one, { ...one, [changed]: others[changed] }] as const
      })
    await fc.assert(
      fc.asyncProperty(neighbours, async (both) => {
        const [before, after] = both.map((a) => ({ type: 'object', properties: { a } }))
        await sound(before as Contract, after as Contract, domain)
      }),
      { numRuns: 150, seed: 20261124 },
    )
  },
)
