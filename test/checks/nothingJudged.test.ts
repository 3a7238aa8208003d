import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Check, CheckGroup, RunCheck } from '../../src/checks/check.ts'
import {
  evaluate,
  noMissing,
  rowCount,
  missingShareBetween,
  rowCountRatioBetween,
  sameRows,
  standardDeviationBetween,
  sumBetween,
  uniqueKey,
  valueLengthBetween,
  valuesBetween,
  valuesIn,
  valuesMatching,
  valuesOfType,
  wellFormed,
} from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { AssayError } from '../../src/errors.ts'
import { integer, matchesSchema, string, table } from '../../src/contracts/index.ts'
import { folderWith, temporaryFile } from '../helpers/files.ts'
import { thrown } from '../helpers/judge.ts'

const rows = dataset(
  [
    { id: 1, amount: 5, word: 'a', tags: [1] },
    { id: 2, amount: 7, word: 'b', tags: [2] },
  ],
  { name: 'rows' },
)
const none = rows.where({ id: 9 })
const about = {
  family: 'schema',
  subject: { type: 'dataset', name: 'x' },
  question: { about: {}, statement: {}, limits: {} },
  title: 'x',
  expected: 'x',
} as const
const answering = (judgement: unknown): RunCheck => ({
  ...about,
  type: 'run',
  kind: 'answering',
  run: () => Promise.resolve(judgement as never),
})
const groupOf = (members: readonly Check[]): CheckGroup => ({
  ...about,
  type: 'group',
  kind: 'groupOf',
  expand: () => Promise.resolve(members),
})
const whole = { type: 'integer' }

/** Checks by which nothing is judged, and what must be told. */
const nothing: Readonly<Record<string, readonly [Check, RegExp]>> = {
  'missing values of no rows': [noMissing(none.column('id')), /no rows/],
  'the same rows of none': [sameRows(none, none), /neither has a row/],
  'a share of no rows': [noMissing(none.column('id'), { mostly: 0.01 }), /no rows/],
  'limits of no rows': [valuesBetween(none.column('id'), { min: 0 }), /no rows/],
  'a sum of no rows': [sumBetween(none.column('id'), { min: 0 }), /no rows/],
  'a key of no rows': [uniqueKey(none, 'id'), /no rows/],
  'a set for no values': [valuesIn(dataset([{ a: null, b: 1 }]).column('a'), ['x']), /missing/],
  'a pattern for no rows': [valuesMatching(none.column('word'), /^\bx/), /no rows/],
  'lengths of no rows': [valueLengthBetween(none.column('word'), { min: 1 }), /no rows/],
  'a type of no rows': [valuesOfType(none.column('id'), 'integer'), /no rows/],
  'a pass of a check that tested nothing': [
    answering({ status: 'pass', measured: 'fine', counts: { rows: 0, missing: 0, tested: 0, failed: 0 } }),
    /no rows, so nothing was shown/,
  ],
  'a check that returns nothing': [answering(undefined), /returned undefined, which is no verdict/],
  'a check that returns half a verdict': [answering({ measured: 'fine' }), /no verdict/],
  'a check that returns true': [answering(true), /no verdict/],
  'a check that returns a verdict nobody knows': [answering({ status: 'passed', measured: 'fine' }), /status passed/],
  'a group of nothing': [groupOf([]), /nothing that can be judged/],
  'a group of remarks': [
    groupOf([{ ...answering({ status: 'warn', measured: 'x' }), remark: true }]),
    /nothing that can be judged/,
  ],
  'a group of a group of nothing': [groupOf([groupOf([])]), /nothing that can be judged/],
  '{} as schema': [matchesSchema(rows, {}), /nothing that can be judged/],
  'a schema of any object': [matchesSchema(rows, { type: 'object' }), /nothing that can be judged/],
  'a schema without columns': [matchesSchema(rows, { properties: {}, required: [] }), /nothing that can be judged/],
  'a schema of the table and not of its rows': [
    matchesSchema(rows, { minItems: 1, items: { properties: { id: whole } } }),
    /nothing that can be judged/,
  ],
  'a schema of texts': [matchesSchema(rows, { pattern: '^a', format: 'email' }), /nothing that can be judged/],
  'a schema of lists for a column that has none': [
    matchesSchema(rows, { properties: { id: { items: { type: 'integer' }, minItems: 1 }, word: { required: ['a'] } } }),
    /items, minItems judge lists only; the column holds|required judges objects only; the column holds/,
  ],
  'a schema whose one column is misspelled': [
    matchesSchema(rows, { properties: { amuont: whole } }),
    /names no column of the data; did you mean "amount" for "amuont"\?/,
  ],
  'a misspelled schema under severity warn': [
    matchesSchema(rows, { properties: { Amount: whole } }, { severity: 'warn' }),
    /did you mean "amount"/,
  ],
  'a misspelled schema under allowEmpty': [
    matchesSchema(rows, { properties: { amuont: whole } }, { allowEmpty: true }),
    /did you mean "amount"/,
  ],
  'a schema of other data': [matchesSchema(rows, { properties: { zzzzz: whole } }), /the data has "id"/],
  'a schema that says nothing of values': [
    matchesSchema(rows, { properties: { id: {}, amount: true, word: { description: 'x', custom: 3 } } }),
    /names "id", "amount", "word" and says nothing of the values/,
  ],
  'a schema of a format that nothing judges': [
    matchesSchema(rows, { properties: { word: { format: 'idn-email' } } }),
    /says nothing of the values/,
  ],
  'a format that nobody knows': [
    matchesSchema(rows, { properties: { word: { type: 'string', format: 'phone' } } }),
    /format "phone"/,
  ],
  'a table of optional columns that are not there': [
    matchesSchema(rows, table({ amuont: integer().optional(), wrod: string().optional() })),
    /"amount" for "amuont", "word" for "wrod"/,
  ],
  'a schema by reference of other columns': [
    matchesSchema(rows, {
      $ref: '#/definitions/Order',
      definitions: { Order: { type: 'object', properties: { Amount: { minimum: 9 }, nr: { type: 'integer' } } } },
    }),
    /it names no column of the data; did you mean "amount" for "Amount"\?/,
  ],
  'a schema by reference that says nothing': [
    matchesSchema(rows, { $ref: '#/$defs/Order', $defs: { Order: { type: 'object', properties: { id: {} } } } }),
    /says nothing/,
  ],
  'parts of a schema of other columns': [
    matchesSchema(rows, { allOf: [{ properties: { nr: whole } }, { anyOf: [{ properties: { day: whole } }] }] }),
    /it names "nr", "day"; the data has/,
  ],
  'dependencies of other columns': [
    matchesSchema(rows, { dependentRequired: { nr: ['id'] }, dependentSchemas: { day: { required: ['id'] } } }),
    /it names "nr", "day"/,
  ],
  'patterns of other columns': [matchesSchema(rows, { patternProperties: { '^nr': whole } }), /it names "\^nr"/],
  'any of zod': [matchesSchema(rows, z.any()), /accepts rows of anything/],
  'an object of zod without columns': [matchesSchema(rows, z.object({})), /accepts rows of anything/],
  'an object of zod that is misspelled': [
    matchesSchema(rows, z.object({ amuont: z.number().optional() })),
    /accepts rows of anything/,
  ],
  'any of valibot': [matchesSchema(rows, v.any()), /accepts rows of anything/],
  'a part of a schema that has none': [
    matchesSchema(rows, { properties: { id: whole } }, { part: 'orders' }),
    /has no parts, so none is called "orders"/,
  ],
  'drift of columns that cannot be compared': [
    noDriftFrom(dataset([{ t: [1] }, { t: [2] }]), dataset([{ t: [1] }])),
    /no column can be compared/,
  ],
  'drift of columns that cannot be compared, passed over': [
    noDriftFrom(dataset([{ t: [1] }]), dataset([{ t: [1] }]), { onInconclusive: 'pass' }),
    /no column can be compared/,
  ],
  'drift of no rows': [noDriftFrom(none, rows), /no rows/],
}

describe('nothing judged is never a pass', () => {
  test.for(Object.entries(nothing))('%s', async ([, [check, message]]) => {
    const results = await evaluate(check)
    const blocking = results.filter((result) => result.blocking)
    expect(blocking.map(({ status }) => status)).not.toEqual([])
    expect(blocking.every(({ status }) => ['vacuous', 'error'].includes(status))).toBe(true)
    expect(results.filter(({ status }) => status === 'fail')).toEqual([])
    expect(results.map((result) => result.message).join('\n')).toMatch(message)
  })
})

test('a schema file that holds nothing, or not the part that is asked for, is refused', async () => {
  const folder = await folderWith({
    'empty.yaml': '',
    'comment.yaml': '# nothing yet',
    'empty.json': '',
    'null.json': 'null',
    'part.json': '{ "properties": { "id": { "type": "integer" } } }',
  })
  for (const name of ['empty.yaml', 'comment.yaml', 'empty.json', 'null.json', 'part.json#orders']) {
    const results = await evaluate(matchesSchema(rows, `${folder}/${name}`))
    expect([name, ...results.map(({ status, blocking }) => [status, blocking])]).toEqual([name, ['error', true]])
  }
})

test('what may hold without a value holds when that is said', async () => {
  const properties = { id: whole }
  const results = await evaluate([
    noMissing(none.column('id'), { allowEmpty: true }),
    valuesBetween(none.column('id'), { min: 0 }, { allowEmpty: true }),
    sumBetween(none.column('id'), { min: 0 }, { allowEmpty: true }),
    uniqueKey(none, 'id', { allowEmpty: true }),
    valuesMatching(none.column('word'), /^\bx/, { allowEmpty: true }),
    matchesSchema(none, { properties, required: ['id'] }, { allowEmpty: true }),
    matchesSchema(dataset([]), { properties }, { allowEmpty: true }),
    matchesSchema(rows, z.any(), { allowEmpty: true }),
  ])
  expect(results.map(({ status }) => status)).toEqual(results.map(() => 'pass'))
  expect(await evaluate(matchesSchema(dataset([]), { properties }))).toMatchObject([
    { status: 'vacuous', blocking: true },
  ])
})

test('a schema of code that judges something of the rows is not accused of judging nothing', async () => {
  const judging = [
    z.object({ id: z.number().optional() }),
    z.custom((row) => typeof row === 'object' && row !== null && 'id' in row),
    z.record(z.string(), z.unknown()).refine((row) => row.amount === undefined || row.word !== undefined),
    z.record(z.string(), z.unknown()).refine((row) => Object.keys(row).length === 4),
    z.any().refine((row: { id: number; amount: number }) => row.id < row.amount),
  ]
  for (const schema of judging) expect(await evaluate(matchesSchema(rows, schema))).toMatchObject([{ status: 'pass' }])
})

test('an optional column that is not there is told where one of almost that name is', async () => {
  const judge = async (properties: object) =>
    (await evaluate(matchesSchema(rows, { properties }))).map(({ kind, status, message }) => [kind, status, message])
  expect(await judge({ id: whole, amuont: whole })).toEqual([
    ['valuesOfType', 'pass', undefined],
    ['schemaUnjudged', 'warn', expect.stringMatching(/"amuont" be absent.* did you mean "amount"\?/)],
  ])
  // A name that the schema knows, one that differs by its number and short ones are no slips.
  for (const properties of [
    { amount: whole, amuont: whole },
    { amount: whole, is: whole },
  ])
    expect((await judge(properties)).map(([, status]) => status)).toEqual(['pass'])
  const years = dataset([{ id: 1, year2024: 1 }])
  expect(await evaluate(matchesSchema(years, { properties: { id: whole, year2023: whole } }))).toHaveLength(1)
})

test('limits that exclude nothing, or are none, are refused', () => {
  const amount = rows.column('amount')
  const word = rows.column('word')
  const refused: readonly [() => unknown, RegExp][] = [
    [() => rowCount(rows, { min: 0 }), /limits that every number of rows meets: at least 0/],
    [() => rowCount(rows, { min: -1 }), /every number of rows meets/],
    [() => rowCount(rows, { gt: -0.5 }), /every number of rows meets/],
    [() => rowCount(rows, -1), /no number of rows meets/],
    [() => rowCount(rows, 1.5), /no number of rows meets/],
    [() => rowCount(rows, { gt: 1, lt: 2 }), /no number of rows meets/],
    [() => rowCount(rows, { max: Infinity }), /max: Infinity, which is no limit/],
    [() => rowCount(rows, Infinity), /Infinity, which is no limit/],
    [() => standardDeviationBetween(amount, { min: 0 }), /every number from 0 meets/],
    [() => standardDeviationBetween(amount, { lt: 0 }), /no number from 0 meets/],
    [() => rowCountRatioBetween(rows, rows, { min: 0 }), /every number from 0 meets/],
    [() => missingShareBetween(amount, { max: 5 }), /every share meets/],
    [() => missingShareBetween(amount, { gt: 1 }), /no share meets/],
    [() => valueLengthBetween(word, { min: 0 }), /every length meets/],
    [() => valueLengthBetween(word, { max: -1 }), /no length meets/],
    [() => valuesBetween(amount, { min: -Infinity }), /which is no limit/],
    [() => valuesBetween(amount, { min: 0, max: Infinity }), /leave max out/],
    [() => valuesBetween(amount, { min: Infinity }), /which is no limit/],
    [() => valuesBetween(amount, { min: 2, max: 1 }), /no number meets/],
    [() => sumBetween(amount, { max: Infinity }), /which is no limit/],
    [() => valuesBetween(amount, { maximum: 1 } as never), /does not know the limit "maximum"/],
    [() => valuesBetween(amount, { mx: 1 } as never), /did you mean max\?/],
    [() => valuesIn(word, []), /no value at all/],
    [() => valuesIn(word, new Set()), /no value at all/],
    [() => string().matches(''), /every text/],
    [() => integer().between({ min: -Infinity }), /which is no limit/],
    [() => table({}), /no column at all/],
  ]
  for (const [ask, message] of refused) expect(thrown(ask)).toMatch(message)
  for (const bounds of [{ min: 0, max: 5 }, { min: 1 }, { max: 0 }, { lt: 0.5 }, { min: 1.5, max: 2 }])
    expect(thrown(() => rowCount(rows, bounds))).toBe('nothing')
})

test('a pattern that every text matches is refused, and none that some text fails', () => {
  const word = rows.column('word')
  for (const pattern of ['', /(?:)/, /a*/, /^/, /$/, /^a*/, /(|a)b?$/, /x{0}/, /^[^]*/, /^/m, /()|a/])
    expect([pattern, thrown(() => valuesMatching(word, pattern))]).toEqual([
      pattern,
      expect.stringMatching(/matches every text/),
    ])
  for (const pattern of [/a/, /^$/, /^a*$/, '[]', /^(?!x)/, /\b/, /a+/, /^|$b/])
    expect([pattern, thrown(() => valuesMatching(word, pattern))]).toEqual([pattern, 'nothing'])
})

test('evaluate refuses what is no check, and a list without one', async () => {
  const question = { about: {}, statement: {}, limits: {} }
  const half = {
    type: 'measured',
    kind: 'x',
    title: 'x',
    expected: 'x',
    subject: { type: 'dataset', name: 'x' },
    question,
  }
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [[], /no check at all/],
    [undefined, /got undefined, which is no check/],
    [null, /got null/],
    [[undefined], /got undefined at place 1/],
    [[rowCount(rows, 2), null], /got null at place 2/],
    [Object.assign([], { length: 2 }), /at place 1/],
    [rows, /the dataset "rows"/],
    ['rows', /the text "rows"/],
    [{}, /an object/],
    [half, /an object/],
    [{ ...half, metrics: () => ({}), judge: () => ({}) }, /an object/],
    [{ ...half, type: 'run' }, /an object/],
    [{ ...half, type: 'run', run: () => ({}), question: { about: {} } }, /an object/],
    [{ ...half, type: 'group', expand: 1 }, /an object/],
    [{ type: 'run', run: () => 1 }, /an object/],
    [Promise.resolve(rowCount(rows, 2)), /a Promise, which is no check\n.*wait for it/],
    [[[rowCount(rows, 2)]], /an array at place 1/],
  ]
  for (const [checks, message] of wrong) {
    const error: unknown = await evaluate(checks as Check).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(AssayError)
    expect((error as Error).message).toMatch(message)
  }
  await expect(evaluate(rowCount(rows, 2), rowCount(rows, 2) as never)).rejects.toThrow(
    /several checks stand in one list/,
  )
})

test('a check that throws is an error in words, whatever it throws', async () => {
  const strange = [
    undefined,
    null,
    Symbol('x'),
    Object.create(null),
    'text',
    Object.assign(new Error(), { message: 1 }),
  ]
  const results = await evaluate([
    ...strange.map((reason): Check => ({ ...answering(undefined), run: () => Promise.reject(reason) })),
    ...strange.map((reason): Check => ({ ...groupOf([]), expand: () => Promise.reject(reason) })),
  ])
  expect(results).toHaveLength(2 * strange.length)
  for (const { status, blocking, message } of results)
    expect([status, blocking, message]).toEqual(['error', true, expect.stringMatching(/^unexpected [a-zA-Z]+: ./)])
})

test('a source that could not be read whole says so once, though it was asked', async () => {
  const bad = dataset(await temporaryFile('bad.csv', 'a,b\n1,2\n3\n5,6\n'))
  const results = await evaluate([wellFormed(bad), rowCount(bad, { min: 1 })])
  expect(results.map(({ kind, status }) => [kind, status])).toEqual([
    ['wellFormed', 'fail'],
    ['rowCount', 'pass'],
  ])
})

test('a key that is no column is told at once, with the near name', async () => {
  const wrong = dataset([{ id: 1 }], { key: 'idd', name: 'orders' })
  expect(await evaluate(rowCount(wrong, 1))).toMatchObject([
    { status: 'error', message: expect.stringMatching(/key: there is no column "idd"\n.*did you mean "id"\?/) },
  ])
  const file = dataset(await temporaryFile('o.csv', 'id,n\n1,2\n'), { key: ['id', 'm'] })
  await expect(file.rows()).rejects.toThrow(/key: there is no column "m"/)
  expect(await evaluate(rowCount(dataset([], { key: 'id' }), 0))).toMatchObject([{ status: 'pass' }])
})
