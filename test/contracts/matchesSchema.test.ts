import { Field, Int32, Schema as ArrowSchema } from 'apache-arrow'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { scansOf } from '../../src/metrics/answers.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import {
  integer,
  matchesSchema,
  type MatchesSchemaOptions,
  type SchemaSource,
  string,
  table,
} from '../../src/contracts/index.ts'
import { temporaryFile } from '../helpers/files.ts'
import { thrown } from '../helpers/judge.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { rowsOf } from '../helpers/blocks.ts'

const run = (data: Dataset, schema: SchemaSource, options?: MatchesSchemaOptions): Promise<CheckResult[]> =>
  evaluate(matchesSchema(data, schema, options))
const brief = (results: readonly CheckResult[]): string[] =>
  results.map(({ kind, subject, status, counts }) =>
    [subject.column ?? '-', kind, status, counts?.failed ?? '-'].join(' '),
  )
const row = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more })
const flights = dataset('node_modules/vega-datasets/data/flights-3m.parquet', { name: 'flights' })

test('one result per column and constraint, on records', async () => {
  const people = dataset([
    { id: 1, name: 'Ann', age: 31, state: 'on' },
    { id: 2, name: 'B', age: -1, state: 'off' },
    { id: 2, name: 'Christopher', age: 1.5, state: 'broken' },
  ])
  const results = await run(
    people,
    row(
      {
        id: { type: 'integer', 'x-assay': { unique: true } },
        name: { type: 'string', minLength: 2, maxLength: 8, pattern: '^[A-Z]' },
        age: { type: 'integer', minimum: 0, exclusiveMaximum: 150 },
        state: { enum: ['on', 'off'] },
      },
      { required: ['id', 'name', 'email'], additionalProperties: false },
    ),
  )
  expect(brief(results)).toEqual([
    '- onlyColumns pass -',
    'id noMissing pass 0',
    'id valuesOfType pass 0',
    'id uniqueKey fail 2',
    'name noMissing pass 0',
    'name valuesOfType pass 0',
    'name valueLengthBetween fail 2',
    'name valuesMatching pass 0',
    'age valuesOfType fail 1',
    'age valuesBetween fail 1',
    'state valuesIn fail 1',
    'email hasColumn fail -',
  ])
  expect(new Set(results.map(({ id }) => id)).size).toBe(results.length)
})

test('an optional column that is not there asks nothing; extra columns are allowed unless refused', async () => {
  const data = dataset([{ a: 1, b: 2 }])
  expect(brief(await run(data, row({ a: { type: 'integer' }, c: { type: 'string', minLength: 3 } })))).toEqual([
    'a valuesOfType pass 0',
  ])
  const [extra] = await run(data, row({ a: {} }, { additionalProperties: false }))
  expect(extra).toMatchObject({ status: 'fail', measured: '1 extra column: "b"' })
  expect((await run(data, row({}, { additionalProperties: false })))[0]).toMatchObject({
    kind: 'rowSchema',
    status: 'fail',
  })
})

test('what only ajv decides is judged row by row, with row numbers and the keyword', async () => {
  const data = dataset([{ mail: 'a@b.co', n: 10 }, { mail: 'nobody', n: 7 }, { n: 8 }, { mail: 'x', n: null }])
  const results = await run(data, row({ mail: { type: 'string', format: 'email' }, n: { multipleOf: 5 } }))
  expect(brief(results)).toEqual(['mail valuesOfType pass 0', 'mail schemaKeyword fail 2', 'n schemaKeyword fail 2'])
  expect(results[1]).toMatchObject({
    expected: 'format "email"',
    message: 'format: must match format "email" (2 times, first in row 2)',
    counts: { rows: 4, missing: 1, tested: 3, failed: 2 },
    evidence: [{ rowNumbers: [2, 4], marked: [0], total: 2 }],
  })
  expect(results[2]?.message).toBe('multipleOf: must be multiple of 5 (2 times, first in row 2)')
})

test('row-wise checks read every page of a long dataset', async () => {
  const rows = Array.from({ length: 120_001 }, (_, i) => ({ n: i === 120_000 || i === 50_000 ? 1 : 0 }))
  const [result] = await run(dataset(rows), row({ n: { multipleOf: 2 } }))
  expect(result).toMatchObject({ counts: { rows: 120_001, failed: 2 }, evidence: [{ rowNumbers: [50_001, 120_001] }] })
})

test('keywords that look at several columns are one check of the row', async () => {
  const data = dataset([{ a: 1, b: 2 }, { a: 1 }, { b: 1 }])
  const [result] = await run(data, row({ a: {}, b: {} }, { dependentRequired: { a: ['b'] } }))
  expect(result).toMatchObject({
    kind: 'rowSchema',
    status: 'fail',
    counts: { rows: 3, failed: 1 },
    evidence: [{ rowNumbers: [2], columns: ['b', 'a'], marked: [0] }],
  })
})

test('records tell an explicit null from an absent value', async () => {
  const data = dataset([{ a: 1, b: 1 }, { a: null }])
  const typed = { a: { type: 'integer' }, b: { type: 'integer' } }
  expect(brief(await run(data, row(typed, { required: ['a', 'b'] })))).toEqual([
    'a noMissing pass 0',
    'a schemaKeyword fail 1',
    'b noMissing fail 1',
    'b valuesOfType pass 0',
  ])
  expect(brief(await run(data, row({ a: { type: ['integer', 'null'], minimum: 1 } })))).toEqual([
    'a valuesOfType pass 0',
    'a valuesBetween pass 0',
  ])
  const missing = dataset([{ a: 'NA' }, { a: 'x' }], { missing: ['NA'] })
  expect(brief(await run(missing, row({ a: { not: { const: 'NA' } } })))).toEqual(['a schemaKeyword pass 0'])
  const slice = data.where({ b: 1 })
  expect(brief(await run(slice, row({ a: { type: 'integer' } })))).toEqual(['a schemaKeyword pass 0'])
})

test('mostly, severity and personal columns are said per column, and as options for those that say nothing', async () => {
  const data = dataset(Array.from({ length: 10 }, (_, i) => ({ a: i, secret: i === 3 ? 'nobody' : 'a@b.co' })))
  const schema = row({
    a: { maximum: 8, 'x-assay': { mostly: 0.9 } },
    secret: { format: 'email', maxLength: 5, 'x-assay': { severity: 'warn', pii: true } },
  })
  const results = await run(data, schema)
  expect(brief(results)).toEqual([
    'a valuesBetween pass 1',
    'secret valueLengthBetween warn 10',
    'secret schemaKeyword warn 1',
  ])
  expect(JSON.stringify(results)).not.toMatch(/nobody|a@b/)
  expect(brief(await run(data, row({ a: { maximum: 8 } }), { mostly: 0.95 }))).toEqual(['a valuesBetween fail 1'])
  expect(brief(await run(data, row({ a: { maximum: 8 } }), { severity: 'warn' }))).toEqual(['a valuesBetween warn 1'])
})

test('a key is unique and complete', async () => {
  const data = dataset([
    { a: 1, b: 1 },
    { a: 1, b: 2 },
    { a: 1, b: null },
  ])
  const schema = (key: unknown) => row({ a: {}, b: {} }, { 'x-assay': { key } })
  expect(brief(await run(data, schema('a')))).toEqual(['a uniqueKey fail 3'])
  expect(brief(await run(data, schema(['a', 'b'])))).toEqual(['a, b uniqueKey fail 1'])
  expect(brief(await run(data, schema('nope')))).toEqual(['nope uniqueKey error -'])
})

test('hostile column names are names', async () => {
  const names = ['a"b', "it's", 'a\nb', '; drop table x; --', '__proto__', 'constructor', 'a/b~c', '$1']
  const record = JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}: 1`).join()}}`) as object
  const schema = JSON.parse(
    `{"properties": {${names.map((name) => `${JSON.stringify(name)}: {"type": "string", "multipleOf": 2}`).join()}}}`,
  ) as Record<string, unknown>
  const results = await run(dataset([record]), { ...schema, required: names })
  for (const name of names) {
    expect(brief(results.filter(({ subject }) => subject.column === name))).toEqual([
      `${name} noMissing pass 0`,
      `${name} valuesOfType fail 1`,
      `${name} schemaKeyword fail 1`,
    ])
  }
})

test('one bad constraint leaves the others alone', async () => {
  const data = dataset([{ a: 1, b: 'x' }])
  const results = await run(
    data,
    row({ a: { type: 'integer', minimum: 5, maximum: 1 }, b: { minLength: 3, maxLength: 1, type: 'string' } }),
  )
  expect(brief(results)).toEqual([
    'a valuesOfType pass 0',
    'a schemaKeyword fail 1',
    'b valuesOfType pass 0',
    'b schemaKeyword fail 1',
  ])
})

test('a dataset without rows shows nothing; one without values of an optional column holds', async () => {
  const none = dataset([{ a: 1 }]).where({ a: 2 })
  expect(brief(await run(none, row({ a: { type: 'integer' } })))).toEqual(['a valuesOfType vacuous 0'])
  expect(brief(await run(none, row({ a: { type: 'integer' } }), { allowEmpty: true }))).toEqual([
    'a valuesOfType pass 0',
  ])
  const empty = dataset([{ a: undefined, b: 1 }])
  expect(brief(await run(empty, row({ a: { type: 'integer', 'x-assay': { unique: true } } })))).toEqual([
    'a valuesOfType pass 0',
    'a uniqueKey pass 0',
  ])
})

test('limits without a type leave what is no number to the type, as ajv does', async () => {
  const data = dataset([{ n: 1.5 }, { n: Number.NaN }, { n: Infinity }, { n: -Infinity }])
  for (const limits of [{ minimum: 0 }, { maximum: 2 }, { exclusiveMinimum: 0, exclusiveMaximum: 2 }]) {
    expect(brief(await run(data, row({ n: limits })))).toEqual(['n schemaKeyword pass 0'])
    const typed = brief(await run(data, row({ n: { type: 'number', ...limits } })))
    expect(typed.map((line) => line.replace(/\d$/, ''))).toEqual(['n valuesOfType fail ', 'n valuesBetween fail '])
  }
})

test('integers beyond 2^53 are compared exactly', async () => {
  const data = dataset([{ n: 2n ** 53n }, { n: 2n ** 53n + 1n }])
  expect(brief(await run(data, row({ n: { type: 'integer', maximum: 2 ** 53 } })))).toEqual([
    'n valuesOfType pass 0',
    'n valuesBetween fail 1',
  ])
  expect(brief(await run(data, row({ n: { enum: [2 ** 53] } })))).toEqual(['n valuesIn fail 1'])
})

test('text cells are read as the schema declares', async () => {
  const file = await temporaryFile(
    'cells.csv',
    [
      'zip,n,flag,day,at,any',
      '12345,1,true,2024-02-29,2024-01-01 10:00,1',
      '00501,x,yes,2024-02-30,2024-01-01T10:00:00Z,y',
      ',1.0,FALSE,,2024-13-01 00:00,',
    ].join('\n'),
  )
  const results = await run(
    dataset(file),
    row({
      zip: { type: 'string', minLength: 5, pattern: '^\\d+$' },
      n: { type: 'integer', minimum: 0 },
      flag: { type: 'boolean' },
      day: { type: 'string', format: 'date' },
      at: { type: 'string', format: 'date-time' },
      any: { type: ['integer', 'string'], minimum: 2 },
    }),
  )
  expect(brief(results)).toEqual([
    'zip valuesOfType pass 0',
    'zip valueLengthBetween pass 0',
    'zip valuesMatching pass 0',
    'n valuesOfType fail 2',
    'n valuesBetween fail 2',
    'flag valuesOfType fail 1',
    'day valuesOfType fail 1',
    'at valuesOfType fail 1',
    'any schemaKeyword fail 1',
  ])
  expect(rowsOf(results[3])).toMatchObject({ rowNumbers: [2, 3] })
})

test('a text column of numbers is read as text where the schema says so', async () => {
  const file = await temporaryFile('codes.csv', 'code,amount\n1234,1.5\n987,2\n')
  const results = await run(
    dataset(file),
    row({ code: { type: 'string', minLength: 4 }, amount: { type: 'number', multipleOf: 0.5 } }),
  )
  expect(brief(results)).toEqual([
    'code valuesOfType pass 0',
    'code valueLengthBetween fail 1',
    'amount valuesOfType pass 0',
    'amount schemaKeyword pass 0',
  ])
  expect(rowsOf(results[1])?.rows).toEqual([['987', '2']])
})

test('Parquet: types, ranges, patterns and instants over three million rows', async () => {
  const results = await run(
    flights,
    row(
      {
        date: { type: 'string', format: 'date-time' },
        delay: { type: 'integer', minimum: -120, maximum: 1440, 'x-assay': { mostly: 0.999 } },
        origin: { type: 'string', pattern: '^[A-Z]{3}$', minLength: 3, maxLength: 3 },
        distance: { type: 'string' },
      },
      { required: ['date', 'delay'] },
    ),
  )
  expect(
    results
      .filter(({ status }) => status !== 'pass')
      .map(({ subject, kind, message }) => [subject.column, kind, message]),
  ).toEqual([['distance', 'valuesOfType', expect.stringMatching(/holds (integer|number) values/)]])
})

test('instants read as ISO 8601 text', async () => {
  const at = dataset([{ at: new Date('2024-01-31T10:00:00Z') }])
  expect(
    brief(
      await run(at, row({ at: { type: 'string', format: 'date-time', pattern: '^2024-01-31T10:00:00(\\.000)?Z$' } })),
    ),
  ).toEqual(['at valuesOfType pass 0', 'at schemaKeyword pass 0'])
  const early = flights.where({ origin: 'ABE', delay: 20 })
  const [, pattern] = await run(
    early,
    row({ date: { type: 'string', pattern: '^2001-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' } }),
  )
  expect(pattern).toMatchObject({ kind: 'schemaKeyword', status: 'pass' })
})

test('a hundred constraints over twenty columns take few scans', async () => {
  const record = (n: number) => Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`c${i}`, n + i]))
  const properties = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [
      `c${i}`,
      { type: 'integer', minimum: 0, enum: Array.from({ length: 50 }, (_, n) => n) },
    ]),
  )
  const required = Object.keys(properties)
  const data = dataset([record(1), record(2)])
  const results = await run(data, row(properties, { required, additionalProperties: false }))
  expect(results.every(({ status }) => status === 'pass')).toBe(true)
  expect(results).toHaveLength(81)
  expect(scansOf(await relationOf(data))).toBeLessThanOrEqual(3)
  const lines = [Object.keys(record(0)), Object.values(record(1)), Object.values(record(2))].map((cells) =>
    cells.join(),
  )
  const csv = dataset(await temporaryFile('wide.csv', lines.join('\n')))
  await run(csv, row(properties, { required }))
  expect(scansOf(await relationOf(csv))).toBe(1)
})

test('a builder and a path of a file say the same as the schema', async () => {
  const data = dataset([{ id: 1, name: 'x' }])
  const built = table({ id: integer().between({ min: 2 }), name: string().oneOf('x', 'y') })
    .key('id')
    .extraColumns('fail')
  const file = await temporaryFile('row.json', JSON.stringify(built))
  const expected = brief(await run(data, built))
  expect(expected).toContain('id valuesBetween fail 1')
  expect(brief(await run(data, file))).toEqual(expected)
  expect(brief(await run(data, built.toJSON()))).toEqual(expected)
})

test('what is no schema at all is refused at the call', () => {
  const data = dataset([{ a: 1 }])
  const attempt = (schema: unknown) => thrown(() => matchesSchema(data, schema as SchemaSource))
  expect(attempt(undefined)).toMatch(/^wrong-schema: matchesSchema got undefined as schema.*\n.*it takes a JSON Schema/)
  expect(attempt(null)).toMatch(/got null/)
  expect(attempt([])).toMatch(/got an array/)
  expect(attempt('row')).toMatch(/"row", which is no path of a .json or .yaml file/)
  expect(attempt(new Map())).toMatch(/got a Map/)
  expect(attempt(String)).toMatch(/got a function/)
  expect(thrown(() => matchesSchema(data, {}, { strict: true } as never))).toMatch(/option "strict"/)
})

test.each([
  ['a timestamp', { format: 'date-time' }, '2024-02-29 10:00:00'],
  ['a timestamp with a zone', { format: 'date-time' }, '2024-02-29 10:00:00+02'],
])('%s in a text file is judged where there is one', async (_, rules, cell) => {
  const data = dataset(await temporaryFile('rows.csv', `id,x\n1,${cell}\n2,\n3,\n`))
  const [result] = await run(data, { properties: { x: rules } })
  expect(result).toMatchObject({ status: 'pass', counts: { rows: 3, missing: 2, tested: 1, failed: 0 } })
})

test('values of another type than that of Arrow are counted, missing ones are not', async () => {
  const data = dataset([{ x: 'a' }, { x: null }, { x: null }])
  const [result] = (await run(data, new ArrowSchema([new Field('x', new Int32(), true)]))).filter(
    ({ kind }) => kind === 'valuesOfType',
  )
  expect(result).toMatchObject({ status: 'fail', counts: { rows: 3, missing: 2, tested: 1, failed: 1 } })
})
