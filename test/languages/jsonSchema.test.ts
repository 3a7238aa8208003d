import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { compile } from '../../src/schema/drafts.ts'
import { matchesSchema, readSchema } from '../../src/contracts/index.ts'
import { temporaryFile } from '../helpers/files.ts'

const refused = async (schema: unknown): Promise<string> =>
  readSchema(schema as Record<string, unknown>).then(
    () => 'nothing',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  )
const column = (a: object) => ({ type: 'object', properties: { a } })

test('a schema that is wrong says where, what was found and what to try', async () => {
  expect(await refused(column({ minimun: 3 }))).toMatch(
    /^wrong-schema: the schema is wrong at #\/properties\/a\/minimun: there is no keyword "minimun"\n.*did you mean "minimum"/,
  )
  expect(await refused(column({ anyOf: [{ typ: 'string' }] }))).toMatch(/#\/properties\/a\/anyOf\/0\/typ: .*\n.*"type"/)
  expect(await refused(column({ format: 'emall' }))).toMatch(
    /#\/properties\/a\/format: there is no format "emall"\n.*"email"/,
  )
  expect(await refused(column({ pattern: '[' }))).toMatch(
    /#\/properties\/a\/pattern: found "\[", which is no regular expression/,
  )
  expect(await refused(column({ minimum: '3' }))).toMatch(/#\/properties\/a\/minimum: found "3", but it must be number/)
  expect(await refused(column({ type: 'int' }))).toMatch(/#\/properties\/a\/type: found "int"/)
  expect(await refused(column({ $ref: '#/$defs/x' }))).toMatch(/nothing at the \$ref "#\/\$defs\/x"/)
  expect(await refused({ type: 'array', items: {} })).toMatch(
    /#\/type: found "array", but a row is an object\n.*under "items"/,
  )
  expect(await refused({ $schema: 'http://json-schema.org/draft-03/schema#' })).toMatch(
    /#\/\$schema: found .*not read\n.*2020-12/,
  )
  expect(await refused(true)).toMatch(/readSchema got true, which is no schema that is read\n.*JSON Schema/)
  expect(await refused(column({ minimum: NaN }))).toMatch(
    /#\/properties\/a\/minimum: found NaN, which JSON cannot hold/,
  )
  expect(await refused(column({ const: new Date() }))).toMatch(/found a Date/)
  const loop: Record<string, unknown> = {}
  loop.not = loop
  expect(await refused(loop)).toMatch(/holds itself/)
})

test.each<[string, object, 'pass' | 'warn' | 'vacuous']>([
  ['tsType', { type: 'string', tsType: 'Date' }, 'warn'],
  ['propertyOrder', { type: 'string', propertyOrder: 3 }, 'warn'],
  ['a keyword of nobody', { type: 'string', between: [1, 2] }, 'warn'],
  ['a word near a keyword, with a value that does not fit', { type: 'string', requires: 'b' }, 'warn'],
  ['uint64', { type: 'integer', format: 'uint64' }, 'warn'],
  ['guid', { type: 'string', format: 'guid' }, 'warn'],
  ['ulid', { type: 'string', format: 'ulid' }, 'warn'],
  ['a format of nobody inside', { anyOf: [{ type: 'string', format: 'moon' }] }, 'warn'],
  ['a format of nobody beside a limit', { type: 'string', format: 'moon', maxLength: 9 }, 'warn'],
  ['a format of nobody alone', { type: 'string', format: 'moon' }, 'vacuous'],
  ['an annotation', { type: 'string', markdownDescription: 'a', 'x-any': 1, example: 'a', id: 'a' }, 'pass'],
])('%s is no slip of the pen, and the result says what was not judged', async (_, rules, status) => {
  const value = 'type' in rules && rules.type === 'integer' ? 7 : 'a'
  const results = await evaluate(matchesSchema(dataset([{ a: value }]), column(rules)))
  const remark = results.find(({ kind }) => kind === 'schemaUnjudged')
  expect(remark?.status ?? 'pass').toBe(status)
  expect(results.filter((one) => one !== remark).map((one) => one.status)).not.toContain('fail')
})

test.each<[string, object, string]>([
  ['minimun', { minimun: 3 }, 'minimum'],
  ['requried', { properties: {}, requried: ['a'] }, 'required'],
  ['typ', { typ: 'string' }, 'type'],
  ['additionProperties', { additionProperties: false }, 'additionalProperties'],
  ['minlength', { minlength: 2 }, 'minLength'],
  ['ref', { ref: '#/$defs/x' }, '$ref'],
  ['x-asay', { 'x-asay': { pii: true } }, 'x-assay'],
  ['emial', { format: 'emial' }, 'email'],
  ['datetime', { format: 'datetime' }, 'date-time'],
])('%s is a slip of the pen', async (_, rules, meant) => {
  expect(await refused(column(rules))).toContain(`did you mean "${meant}"`)
})

const older = (draft: string, rules: object) => ({
  $schema: `http://json-schema.org/${draft}/schema#`,
  ...column(rules),
})

test('draft-04 and draft-06 are read', async () => {
  const failed = async (schema: object, values: readonly unknown[]) =>
    (await evaluate(matchesSchema(dataset(values.map((a) => ({ a }))), schema)))
      .filter(({ status }) => status !== 'pass')
      .map(({ status, counts }) => `${status} ${counts?.failed}`)
  const limits = { minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }
  expect(await failed(older('draft-04', { type: 'number', ...limits }), [1, 2, 9, 10])).toEqual(['fail 2'])
  expect(await failed(older('draft-04', { anyOf: [{ type: 'number', ...limits }] }), [1, 2, 9, 10])).toEqual(['fail 2'])
  expect(
    await failed(
      { ...older('draft-04', { $ref: '#small' }), definitions: { s: { id: '#small', maximum: 3 } } },
      [2, 4],
    ),
  ).toEqual(['fail 1'])
  expect(await failed(older('draft-06', { exclusiveMinimum: 1 }), [1, 2])).toEqual(['fail 1'])
  expect(await failed(older('draft-06', { const: 'x' }), ['x', 'y'])).toEqual(['fail 1'])
  expect(await refused(older('draft-04', { exclusiveMinimum: 3 }))).toMatch(
    /exclusiveMinimum: found 3, but it must be boolean/,
  )
  expect(await refused(older('draft-06', { exclusiveMinimum: true }))).toMatch(/exclusiveMinimum: found true/)
})

test('the x-assay vocabulary is checked', async () => {
  const assay = (value: unknown) => refused(column({ 'x-assay': value }))
  expect(await assay({ mosty: 0.9 })).toMatch(/#\/properties\/a\/x-assay\/mosty: .*\n.*did you mean "mostly"/)
  expect(await assay({ mostly: 2 })).toMatch(/x-assay\/mostly: found 2/)
  expect(await assay({ severity: 'fatal' })).toMatch(/found "fatal"/)
  expect(await assay(true)).toMatch(/not an object/)
  expect(await refused(column({ items: { 'x-assay': { unique: true } } }))).toMatch(
    /items\/x-assay: x-assay belongs to a column/,
  )
  expect(await refused({ 'x-assay': { key: [] } })).toMatch(/#\/x-assay\/key/)
  expect(await refused({ ...column({ 'x-anything': 1 }), 'x-more': {} })).toBe('nothing')
})

test('a file that is missing or no JSON says so', async () => {
  const file = await temporaryFile('row.json', '{ "type": ')
  expect(await refused(file)).toMatch(/^wrong-schema: .*row\.json" is not JSON/)
  expect(await refused(file.replace('row', 'rows'))).toMatch(/^missing-file: .*\n.*did you mean .*row\.json/)
})

test('local references, and the drafts before, are read', async () => {
  const data = dataset([{ a: 1, b: 5, c: [1, 'x'] }])
  const judge = async (schema: Record<string, unknown>) =>
    (await evaluate(matchesSchema(data, schema))).map(({ subject, kind, status }) =>
      [subject.column ?? '-', kind, status].join(' '),
    )
  const $defs = { small: { maximum: 3 } }
  expect(await judge({ properties: { a: { $ref: '#/$defs/small' }, b: { $ref: '#/$defs/small' } }, $defs })).toEqual([
    'a schemaKeyword pass',
    'b schemaKeyword fail',
  ])
  const row = { type: 'object', properties: { a: { type: 'string' } } }
  expect(await judge({ $ref: '#/$defs/row', $defs: { row } })).toEqual(['- rowSchema fail'])
  // References beyond the definitions need the whole schema.
  expect(await judge({ properties: { a: { maximum: 3 }, b: { $ref: '#/properties/a' } } })).toEqual([
    '- rowSchema fail',
  ])
  const tuple = { properties: { c: { items: [{ type: 'integer' }, { type: 'integer' }] } } }
  expect(await judge({ $schema: 'http://json-schema.org/draft-07/schema#', ...tuple })).toEqual([
    'c schemaKeyword fail',
  ])
  expect(await judge({ $schema: 'https://json-schema.org/draft/2019-09/schema', ...tuple })).toEqual([
    'c schemaKeyword fail',
  ])
  expect(await refused(tuple)).toMatch(/#\/properties\/c\/items/)
  const named = { $id: 'https://example.com/row', properties: { a: { type: 'integer', multipleOf: 1 } } }
  expect(await judge(named)).toEqual(await judge({ ...named, title: 'again' }))
})

test('a schema is compiled once for each content and version', async () => {
  const schema = () => ({ type: 'object', properties: { a: { type: 'integer' } } })
  expect(await compile(schema(), '2020-12')).toBe(await compile({ ...schema(), $schema: 'x' }, '2020-12'))
  expect(await compile(schema(), '2020-12')).not.toBe(await compile(schema(), 'draft-07'))
  expect(await compile({ type: 'object', properties: { a: { type: 'string' } } }, '2020-12')).not.toBe(
    await compile(schema(), '2020-12'),
  )
})

test('a column that is required and not described is an extra one where those are not allowed', async () => {
  const schema = { properties: { b: {} }, required: ['a'], additionalProperties: false }
  const results = await evaluate(matchesSchema(dataset([{ a: 1, b: 1 }]), schema))
  expect(results.map(({ status }) => status)).toContain('fail')
})
