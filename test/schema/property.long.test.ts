import fc from 'fast-check'
import formatsModule from 'ajv-formats'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { ajvOptions } from '../../src/schema/drafts.ts'
import { matchesSchema } from '../../src/contracts/index.ts'

const addFormats = ((formatsModule as { default?: unknown }).default ?? formatsModule) as (ajv: Ajv2020) => void

const text = fc.oneof(
  fc.constantFrom('', 'a', 'ab', 'A1', '5', '2024-01-31', 'a@b.co', '\u{1f600}', 'é', ' ', '\n'),
  fc.string({ maxLength: 4 }),
  fc.string({ maxLength: 4, unit: 'binary' }),
)
const numbers = fc.oneof(
  fc.constantFrom(0, -0, 1, 2, 5, 10, 1.5, -3, 0.1, 1e300, 2 ** 53, 2 ** 53 - 1, -(2 ** 60), NaN, Infinity, -Infinity),
  fc.integer({ min: -20, max: 20 }),
  fc.double(),
)
const finite = numbers.filter(Number.isFinite)
const values = [
  fc.integer({ min: -20, max: 20 }),
  numbers,
  finite,
  text,
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 2 }),
  fc.record({ a: fc.integer() }),
] as const
const anything = fc.oneof(...values)
const nullable = (one: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 5, arbitrary: one }, { weight: 1, arbitrary: fc.constant(null) })
/** A column is mostly of one type, sometimes with nulls, sometimes of everything. */
const columnValues = fc.oneof(
  ...values.map((one) => fc.constant(one as fc.Arbitrary<unknown>)),
  ...values.map((one) => fc.constant(nullable(one))),
  fc.constant(anything),
)

const types = fc.constantFrom('integer', 'number', 'string', 'boolean', 'null', 'array', 'object')
const scalars = fc.oneof(finite, text, fc.boolean(), fc.constant(null))
const listed = (one: fc.Arbitrary<unknown>) =>
  fc.uniqueArray(one, { minLength: 1, maxLength: 4, comparator: 'SameValueZero' })
const keyword: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.record({ type: types }),
  fc.record({ type: fc.uniqueArray(types, { minLength: 1, maxLength: 3 }) }),
  fc.record({ minimum: finite }),
  fc.record({ maximum: finite }),
  fc.record({ exclusiveMinimum: finite }),
  fc.record({ exclusiveMaximum: finite }),
  fc.record({ enum: listed(scalars) }),
  fc.record({ enum: listed(fc.integer({ min: -20, max: 20 })) }),
  fc.record({ const: scalars }),
  fc.record({ minLength: fc.nat(3) }),
  fc.record({ maxLength: fc.nat(3) }),
  fc.record({ pattern: fc.constantFrom('^a', 'b$', '^.$', '\\d', '^\\s', '^(?=a)', '^[^a]*$', '') }),
  fc.record({ format: fc.constantFrom('date', 'email', 'date-time') }),
  fc.record({ multipleOf: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ anyOf: fc.constant([{ type: 'integer' }, { minLength: 2 }]) }),
  fc.record({ not: fc.constant({ const: 1 }) }),
  fc.record({ $ref: fc.constant('#/$defs/small') }),
)
const property = fc.oneof(
  { weight: 12, arbitrary: fc.array(keyword, { maxLength: 3 }).map((parts) => Object.assign({}, ...parts) as object) },
  { weight: 1, arbitrary: fc.boolean() },
)
const names = ['a', 'b b', 'c"']
const schema = fc
  .record(
    {
      properties: fc
        .tuple(property, property, property)
        .map((all) => Object.fromEntries(all.map((one, i) => [names[i], one]))),
      required: fc.subarray(names),
      additionalProperties: fc.boolean(),
      minProperties: fc.nat(2),
      dependentRequired: fc.constant({ a: ['b b'] }),
      anyOf: fc.constant([{ required: ['a'] }, { properties: { 'c"': { type: 'integer' } } }]),
    },
    { requiredKeys: ['properties'] },
  )
  .map((one) => ({ type: 'object', ...one, $defs: { small: { maximum: 3 } } }))

const table = fc
  .tuple(columnValues, columnValues, columnValues, columnValues)
  .chain((columns) =>
    fc.array(
      fc.record({ a: columns[0], 'b b': columns[1], 'c"': columns[2], extra: columns[3] }, { requiredKeys: [] }),
      { minLength: 1, maxLength: 6 },
    ),
  )

const ajv = new Ajv2020(ajvOptions)
addFormats(ajv)

test('the verdict is that of ajv over every record, whatever is decided in SQL', async () => {
  await fc.assert(
    fc.asyncProperty(schema, table, async (one, rows) => {
      const validate = ajv.compile(one)
      const expected = rows.every((row) => validate(row))
      const results = await evaluate(matchesSchema(dataset(rows), one))
      // Of a column that holds other values than its keywords judge, ajv accepts all, and nothing is shown.
      const judged = results.filter(({ status, measured }) => status !== 'vacuous' || measured !== 'nothing was judged')
      expect(judged.filter(({ status }) => status !== 'pass' && status !== 'fail')).toEqual([])
      expect(judged.every(({ status }) => status === 'pass')).toBe(expected)
    }),
    { numRuns: process.env.ASSAY_SUITE === 'all' ? 250 : 80 },
  )
})
