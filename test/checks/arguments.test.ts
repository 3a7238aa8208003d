import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { catalogue } from '../../src/checks/catalogue.ts'
import * as checks from '../../src/checks/index.ts'
import type { Check } from '../../src/checks/check.ts'
import type { CheckKind } from '../../src/checks/definition.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import * as drift from '../../src/drift/index.ts'
import { AssayError } from '../../src/errors.ts'
import * as schema from '../../src/contracts/index.ts'
import { profile } from '../../src/profile/profile.ts'
import { sql } from '../../src/sql/sql.ts'

const rows = dataset([{ id: 1, word: 'a', amount: 2 }], { name: 'rows' })
const amount = rows.column('amount')
const word = rows.column('word')
const row = { type: 'object', properties: { id: { type: 'integer' } } }

const pack = { resources: [{ name: 'a', path: 'a.csv', schema: { fields: [{ name: 'id', type: 'integer' }] } }] }

/** A value as code says it; where another dataset is meant, these rows. */
function said(example: string): unknown {
  if (/^[a-z]\w*$/.test(example)) return rows
  // oxlint-disable-next-line no-new-func -- examples of our own definitions
  return new Function('sql', `return (${example})`)(sql)
}

/** A kind of check as its definition shows it. */
const asked = ({ receiver, parameters }: CheckKind): readonly unknown[] => [
  receiver === 'column' ? amount : rows,
  ...parameters.map(({ example }) => said(example)),
  { severity: 'warn' },
]

/** Every function that is asked about data or a schema, with arguments that are fine. The last may be options. */
const fine: Readonly<Record<string, readonly unknown[]>> = {
  ...Object.fromEntries(catalogue().map((kind) => [kind.kind, asked(kind)])),
  defineMetric: [{ name: 'x', cells: () => [], finish: () => 1 }],
  rowsSatisfy: [rows, (row: object) => 'id' in row, { severity: 'warn' }],
  checkFromJSON: [rows, { kind: 'rowCount', bounds: 1 }],
  checkToJSON: [checks.rowCount(rows, 1)],
  evaluate: [[checks.rowCount(rows, 1)], { waivers: [] }],
  profile: [rows, { top: 3 }],
  freeze: [rows],
  noDriftFrom: [rows, rows, { severity: 'warn' }],
  matchesSchema: [rows, row, { severity: 'warn' }],
  contractCheck: [rows, row, 'rows.schema.json'],
  readSchema: [pack, { part: 'a' }],
  convertSchema: [pack, 'table', { part: 'a' }],
  inferContract: [rows],
  suggest: [rows, { signal: new AbortController().signal }],
  compareContracts: [row, row],
  readContract: ['none.schema.json'],
  writeContract: ['none.schema.json', row],
  contractPath: ['a.test.ts', 'rows'],
}
/** Exported beside them: what makes the columns of `table()`, which `builder.test.ts` asks, and what defines a method. */
const builders = ['driftMethod', 'boolean', 'date', 'integer', 'number', 'string', 'table', 'timestamp']
const exported: Readonly<Record<string, unknown>> = { ...checks, profile, ...drift, ...schema }
const isOptions = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !('kind' in value) &&
  ['severity', 'waivers', 'top', 'part', 'signal'].some((name) => name in value)

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** What an argument may be in place of the right one, and is never fine. */
const junk: readonly unknown[] = [null, Number.NaN, {}, [], Symbol('x'), () => 1, new Map(), '', Object.create(null)]
const badBounds = [
  { min: Number.NaN },
  { max: Infinity },
  { min: -Infinity },
  { min: 2, max: 1 },
  { mni: 1 },
  { min: '1' },
  { min: null },
  Object.create({ min: 1 }),
]
const brand = Symbol.for('assay.column')
const badReceivers = [
  undefined,
  'id',
  42,
  [rows],
  { dataset: rows, name: 'id' },
  { [brand]: true },
  { dataset: rows, name: undefined, [brand]: true },
]

function calls(name: string): readonly (readonly unknown[])[] {
  const args = fine[name] as readonly unknown[]
  const put = (i: number, value: unknown): unknown[] => args.map((arg, k) => (k === i ? value : arg))
  const made: unknown[][] = [[]]
  args.forEach((arg, i) => {
    if (isOptions(arg)) {
      for (const value of [
        null,
        42,
        'x',
        [],
        () => 1,
        new Map(),
        { sevrity: 'warn' },
        { strict: true },
        Object.create(arg),
      ])
        made.push(put(i, value))
      for (const option of Object.keys(arg)) made.push(put(i, { [option]: 'nonsense' }), put(i, { [option]: null }))
      return
    }
    for (const value of junk) made.push(put(i, value))
    if (typeof arg === 'object' && arg !== null && 'min' in arg) for (const value of badBounds) made.push(put(i, value))
    if (arg === rows || arg === amount || arg === word) for (const value of badReceivers) made.push(put(i, value))
    if (arg === rows && name !== 'noDriftFrom') made.push(put(i, amount))
    if (arg === amount || arg === word) made.push(put(i, rows))
  })
  return made
}

const short = (value: unknown): string =>
  [rows, amount, word].includes(value as never)
    ? 'the data'
    : String(value instanceof Error ? value : inspect(value, { depth: 1, breakLength: Infinity })).slice(0, 150)

/** What comes of a call: the error it throws or rejects with, or what it returns. */
async function outcome(name: string, args: readonly unknown[]): Promise<unknown> {
  try {
    return await (exported[name] as (...all: readonly unknown[]) => unknown)(...args)
  } catch (error) {
    return error
  }
}
/** Calls that are fine though an argument is none of those above. */
const alsoFine: Readonly<Record<string, (args: readonly unknown[]) => boolean>> = {
  contractPath: ([, name]) => name === '',
  // It says less than the other, and so is one side of a comparison.
  compareContracts: ([before, after]) => isEmpty(before) !== isEmpty(after),
  // It can be read; nothing can be judged by it.
  readSchema: ([schema, options]) => isEmpty(schema) && isEmpty(options),
}

test('every exported function has arguments in this table', () => {
  const functions = Object.keys(exported).filter((name) => typeof exported[name] === 'function')
  expect(Object.keys(fine).sort()).toEqual(functions.filter((name) => !builders.includes(name)).sort())
})

describe('a call with something wrong is an AssayError that says how it is called, and never a pass', () => {
  test.for(Object.keys(fine))('%s', async (name) => {
    const wrong: unknown[] = []
    for (const args of calls(name)) {
      if (alsoFine[name]?.(args)) continue
      const found = await outcome(name, args)
      // A schema is read when it is judged: what is wrong with it is said then.
      const judged =
        typeof found === 'object' && found !== null && 'expand' in found ? await checks.evaluate(found as Check) : []
      const told =
        (found instanceof AssayError &&
          found.message.length > 20 &&
          !/undefined is not|Cannot read/.test(found.message)) ||
        (judged.length > 0 && judged.every(({ status, blocking }) => blocking && ['error', 'vacuous'].includes(status)))
      if (!told)
        wrong.push([
          args.map(short),
          judged.length > 0 ? judged.map(({ status, message }) => [status, message]) : short(found),
        ])
    }
    expect(wrong).toEqual([])
  })
})

test('a call that is fine is heard', async () => {
  for (const [name, args] of Object.entries(fine)) {
    if (name === 'writeContract') continue
    expect([name, await outcome(name, args)]).not.toEqual([name, expect.any(Error)])
  }
})

test('an option that is not known is told with the near name', () => {
  for (const [name, args] of Object.entries(fine)) {
    const last = args.at(-1)
    if (!isOptions(last) || !('severity' in last)) continue
    const attempt = () =>
      (exported[name] as (...all: readonly unknown[]) => unknown)(...args.slice(0, -1), { sevrity: 'warn' })
    expect(attempt).toThrow(/does not know the option "sevrity"\n.*did you mean severity\?/)
  }
})

describe('what a polluted prototype holds changes no verdict', () => {
  const polluted = ['severity', 'allowEmpty', 'mostly', 'blocking', 'min', 'limit', 'nulls', 'remark', 'accepted']
  afterEach(() => {
    for (const name of polluted) Reflect.deleteProperty(Object.prototype, name)
  })
  test('options, limits and judgements count what is their own', async () => {
    const some = dataset([
      { id: 1, n: 1 },
      { id: 1, n: -1 },
    ])
    const none = some.where({ id: 9 })
    const broken = { properties: { n: { type: 'integer', maximum: 0 } } }
    // Read before, a schema is judged by what was read.
    await checks.evaluate(schema.matchesSchema(some, broken))
    Object.assign(Object.prototype, { severity: 'warn', allowEmpty: true, mostly: 0.01, blocking: false })
    Object.assign(Object.prototype, { nulls: 'ignore', remark: true, accepted: { owner: 'x' } })
    const run = {
      type: 'run',
      kind: 'x',
      family: 'schema',
      subject: { type: 'dataset', name: 'x' },
      title: 'x',
      expected: 'x',
      question: { about: {}, statement: {}, limits: {} },
    }
    const results = await checks.evaluate([
      checks.valuesBetween(some.column('n'), { max: 0 }),
      checks.uniqueKey(some, 'id'),
      checks.noMissing(none.column('n')),
      checks.sumBetween(none.column('n'), { max: 0 }),
      { ...run, run: () => Promise.resolve({ status: 'fail', measured: 'x' }) } as unknown as Check,
    ])
    expect(results.map(({ status, blocking }) => [status, blocking])).toEqual(
      ['fail', 'fail', 'vacuous', 'vacuous', 'fail'].map((status) => [status, true]),
    )
    // The validator itself may stumble over such a prototype: an error then, and no pass.
    for (const said of [broken, {}]) {
      const judged = await checks.evaluate(schema.matchesSchema(some, said))
      expect(judged.some(({ blocking }) => blocking)).toBe(true)
    }
    Object.assign(Object.prototype, { min: 0 })
    expect(() => checks.valuesBetween(some.column('n'), {})).toThrow(/no limit at all/)
  })
})
