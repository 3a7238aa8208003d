import { expect, test } from 'vitest'
import { judgedNames, judgesSome } from '../../src/schema/judgedNames.ts'
import type { JsonObject } from '../../src/schema/json.ts'

const columns = [
  { name: 'id', type: 'integer' },
  { name: 'email', type: 'string' },
] as never
const whole = { type: 'integer' }
const some = (schema: object): boolean =>
  judgesSome(judgedNames(schema as JsonObject, schema as JsonObject), { columns })

test.for<readonly [string, object]>([
  ['a column that is there', { properties: { id: whole } }],
  ['one in a part', { allOf: [{ properties: { nr: whole } }, { anyOf: [{ properties: { id: whole } }] }] }],
  ['one by reference', { $ref: '#/$defs/a~1b', $defs: { 'a/b': { properties: { id: whole } } } }],
  [
    'one by references in a circle',
    { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a', properties: { id: whole } } } },
  ],
  ['one of a pattern', { patternProperties: { '^e': { minLength: 1 } } }],
  ['one that nothing may be in', { properties: { id: false } }],
  ['one under a condition', { if: { properties: { nr: whole } }, then: { properties: { id: whole } } }],
  ['one that asks for another', { dependentRequired: { id: ['nr'] } }],
  ['what must be there', { allOf: [{ required: ['nr'] }] }],
  ['how many there are', { minProperties: 3 }],
  ['how they are called', { propertyNames: { maxLength: 1 } }],
  ['all others', { properties: { nr: whole }, additionalProperties: whole }],
  ['what is not', { not: { properties: { nr: whole } } }],
  ['that there is none', { not: true }],
  ['one of two that accept all', { oneOf: [{ properties: { nr: whole } }, {}] }],
  ['nothing at all', { allOf: [false] }],
  ['another document', { $ref: 'other.json' }],
  ['an anchor', { $ref: '#row' }],
])('a schema judges rows by %s', ([, schema]) => {
  expect(some(schema)).toBe(true)
})

test.for<readonly [string, object]>([
  ['other columns', { properties: { nr: whole } }],
  ['other columns by reference', { $ref: '#/$defs/a', $defs: { a: { properties: { nr: whole } } } }],
  ['columns of which it says nothing', { properties: { id: {}, email: { title: 'mail' } } }],
  ['columns inside of others', { properties: { nr: { properties: { id: whole } } } }],
  [
    'what is said of other values than a column holds',
    { allOf: [{ properties: { id: { minLength: 1 }, email: { minimum: 1 } } }] },
  ],
  ['definitions that nothing refers to', { $defs: { a: { properties: { id: whole } } } }],
  ['references in a circle', { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/a' } } }],
  ['what a row is', { allOf: [{ type: 'object' }, true], additionalProperties: true }],
])('a schema judges no row by %s', ([, schema]) => {
  expect(some(schema)).toBe(false)
})
