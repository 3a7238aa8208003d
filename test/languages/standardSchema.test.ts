import { type } from 'arktype'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { evaluate } from '../../src/checks/evaluate.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { convertSchema, matchesSchema } from '../../src/contracts/index.ts'
import { temporaryFile } from '../helpers/files.ts'

const judged = async (data: Dataset, schema: object): Promise<CheckResult> => {
  const results = await evaluate(matchesSchema(data, schema))
  expect(results).toHaveLength(1)
  return results[0] as CheckResult
}
const rows = [
  { id: 1, mail: 'a@b.co', at: new Date(0), big: 2n ** 60n },
  { id: 'x', mail: 'nobody', at: new Date(0), big: 1n },
  { id: 3, mail: 'c@d.co', at: 'today', big: 1n },
]
const hasAt = (text: string): Promise<boolean> => Promise.resolve(text.includes('@'))

test.each([
  ['zod', z.object({ id: z.number(), mail: z.string().includes('@'), at: z.date(), big: z.bigint() })],
  ['zod', z.object({ id: z.number(), mail: z.string().refine(hasAt), at: z.date(), big: z.bigint() })],
  ['valibot', v.object({ id: v.number(), mail: v.pipe(v.string(), v.includes('@')), at: v.date(), big: v.bigint() })],
  [
    'valibot',
    v.objectAsync({
      id: v.number(),
      mail: v.pipeAsync(v.string(), v.checkAsync(hasAt)),
      at: v.date(),
      big: v.bigint(),
    }),
  ],
  ['arktype', type({ id: 'number', mail: '/@/', at: 'Date', big: 'bigint' })],
])('%s judges records as they are, and its issues name column and reason', async (vendor, schema) => {
  const result = await judged(dataset(rows), schema)
  expect(result).toMatchObject({
    kind: 'rowSchema',
    status: 'fail',
    title: `rows that hold to the ${vendor} schema`,
    counts: { rows: 3, missing: 0, tested: 3, failed: 2 },
    evidence: [{ rowNumbers: [2, 3], columns: ['id', 'mail', 'at', 'big'], marked: [0, 1, 2] }],
  })
  for (const column of ['id', 'mail', 'at'])
    expect(result.message).toMatch(new RegExp(`${vendor} at /${column}: .*\\(row [23]\\)`))
  expect(await judged(dataset(rows.slice(0, 1)), schema)).toMatchObject({ status: 'pass' })
})

test('what other columns may be there is for the schema to say', async () => {
  expect(await judged(dataset([{ a: 1, b: 2 }]), z.object({ a: z.number() }))).toMatchObject({ status: 'pass' })
  expect(await judged(dataset([{ a: 1, b: 2 }]), z.strictObject({ a: z.number() }))).toMatchObject({
    status: 'fail',
    message: 'zod: Unrecognized key: "b" (row 1)',
  })
})

test('a cell of a file reads as whatever the schema asks for that holds the same value', async () => {
  const file = await temporaryFile(
    'orders.csv',
    'id,day,zip,n,at\n1,2024-01-01,12345,1.5,2024-01-01 10:00\n9007199254740993,2024-01-02,54321,,2024-01-01T10:00:00Z\n',
  )
  const fine = [
    z.object({ id: z.number().or(z.bigint()), day: z.date(), zip: z.string(), n: z.number().nullable(), at: z.date() }),
    z.object({ id: z.bigint(), day: z.iso.date(), zip: z.number(), n: z.number().optional(), at: z.string() }),
    z.object({ id: z.string(), day: z.string(), zip: z.bigint(), n: z.string().nullish(), at: z.coerce.date() }),
  ]
  for (const schema of fine) expect(await judged(dataset(file), schema)).toMatchObject({ status: 'pass' })
  expect(await judged(dataset(file), z.object({ id: z.number().or(z.bigint()), day: z.boolean() }))).toMatchObject({
    status: 'fail',
    counts: { failed: 2 },
    message: expect.stringMatching(/zod at \/day: .*expected boolean.* \(2 times, first in row 1\)/),
  })
  expect(await judged(dataset(file), z.object({ n: z.number() }))).toMatchObject({
    counts: { failed: 1 },
    evidence: [{ rowNumbers: [2] }],
  })
  // No reading loses digits to please the schema.
  expect(await judged(dataset(file), z.object({ id: z.number() }))).toMatchObject({ evidence: [{ rowNumbers: [2] }] })
  const bad = await temporaryFile('bad.csv', 'id\n1\nx\n3\n')
  expect(await judged(dataset(bad), z.object({ id: z.number() }))).toMatchObject({
    evidence: [{ rowNumbers: [2], rows: [['x']] }],
  })
})

test.each([
  [
    'zod',
    z.union([
      z.object({ kind: z.literal('a'), n: z.number(), code: z.string() }),
      z.object({ kind: z.literal('b'), n: z.string(), code: z.number() }),
    ]),
  ],
  [
    'zod',
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), n: z.number(), code: z.string() }),
      z.object({ kind: z.literal('b'), n: z.string(), code: z.number() }),
    ]),
  ],
  [
    'valibot',
    v.union([
      v.object({ kind: v.literal('a'), n: v.number(), code: v.string() }),
      v.object({ kind: v.literal('b'), n: v.string(), code: v.number() }),
    ]),
  ],
  ['arktype', type({ kind: "'a'", n: 'number', code: 'string' }).or({ kind: "'b'", n: 'string', code: 'number' })],
  [
    'arktype',
    type({ kind: 'string', n: 'number', code: 'string' }).or({ kind: 'string', n: 'string', code: 'number' }),
  ],
  [
    'zod',
    z
      .object({ kind: z.string(), n: z.any(), code: z.any() })
      .refine(({ kind, n, code }) =>
        kind === 'a'
          ? typeof n === 'number' && typeof code === 'string'
          : typeof n === 'string' && typeof code === 'number',
      ),
  ],
])('a union of objects of %s judges the rows of a text file (%#)', async (_, schema) => {
  const cells = 'kind,n,code\na,1,12\nb,2,34\na,3,56\nb,4,78\n'
  expect(await judged(dataset(await temporaryFile('union.csv', cells)), schema)).toMatchObject({
    status: 'pass',
    counts: { rows: 4, failed: 0 },
  })
  expect(await judged(dataset(await temporaryFile('union.csv', `${cells}a,x,y\nb,x,y\n`)), schema)).toMatchObject({
    status: 'fail',
    counts: { rows: 6, failed: 2 },
    evidence: [{ rowNumbers: [5, 6] }],
  })
})

test('days and times that do not exist are no Date, and stay text', async () => {
  const none = [
    '2024-02-30',
    '2023-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-02-30T10:00:00Z',
    '2024-01-01 24:00:00',
    '2024-01-01 10:61',
    '2024-02-30 10:00',
  ]
  for (const cell of none) {
    const file = await temporaryFile('days.csv', `day\n2024-02-29\n${cell}\n`)
    for (const schema of [z.object({ day: z.date() }), v.object({ day: v.date() }), type({ day: 'Date' })])
      expect(await judged(dataset(file), schema), cell).toMatchObject({
        status: 'fail',
        evidence: [{ rowNumbers: [2] }],
      })
    expect(await judged(dataset(file), z.object({ day: z.string() })), cell).toMatchObject({ status: 'pass' })
  }
})

test('the rows of Parquet read as numbers, texts and Dates', async () => {
  const flights = dataset('node_modules/vega-datasets/data/flights-3m.parquet').where({
    origin: 'SEA',
    destination: 'PDX',
  })
  const schema = z.object({
    date: z.date(),
    delay: z.number().int(),
    distance: z.bigint(),
    origin: z.literal('SEA'),
    destination: z.string().length(3),
  })
  expect(await judged(flights, schema)).toMatchObject({ status: 'pass', counts: { failed: 0 } })
})

test('a record that declares no missing value is handed over itself, other than its missing values', async () => {
  const seen: unknown[] = []
  const spy = {
    '~standard': { version: 1, vendor: 'spy', validate: (value: unknown) => (seen.push(value), { value }) },
  }
  const records = [JSON.parse('{ "__proto__": 1, "a": "NA", "constructor": null }') as object, { a: 'x' }]
  await judged(dataset(records, { missing: ['NA'] }), spy)
  expect(Object.keys(seen[0] as object)).toEqual(['__proto__', 'constructor'])
  expect(seen[1]).toBe(records[1])
})

test('a library that throws, or answers otherwise than agreed, is an error and no failing row', async () => {
  const standard = (validate: unknown, version: unknown = 1) => ({ '~standard': { version, vendor: 'x', validate } })
  const boom = () => {
    throw new Error('boom')
  }
  const attempt = (schema: object) => judged(dataset([{ a: 1 }]), schema)
  expect(await attempt(standard(boom))).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/the x schema threw: boom/),
  })
  expect(await attempt(standard(async () => boom()))).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/boom/),
  })
  expect(await attempt(standard(() => 1))).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/returned 1/),
  })
  expect(await attempt(standard(() => ({ issues: [] })))).toMatchObject({
    status: 'fail',
    message: 'x: it does not hold (row 1)',
  })
  expect(await attempt(standard(() => ({}), 2))).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/version 2/),
  })
})

test('what is judged in code cannot be written down, and the conversion says so', async () => {
  const { lost } = await convertSchema(z.object({ a: z.number() }), 'jsonSchema')
  expect(lost).toEqual(['what zod judges in code'])
})
