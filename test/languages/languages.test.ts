import { symlink } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as assay from '../../src/index.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { convertSchema, matchesSchema, readSchema, type SchemaSource } from '../../src/contracts/index.ts'
import { lostInJson } from '../../src/schema/tableSchema.ts'
import { folderWith, temporaryFile } from '../helpers/files.ts'

const failing = async (data: Dataset, schema: SchemaSource): Promise<string[]> =>
  (await evaluate(matchesSchema(data, schema)))
    .filter(({ status }) => status !== 'pass')
    .map(({ kind, subject, status, message }) =>
      [subject.column ?? '-', kind, status, ...(status === 'error' ? [message] : [])].join(' '),
    )
const refused = (schema: SchemaSource): Promise<string> =>
  readSchema(schema).then(
    () => 'nothing',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  )
const data = dataset([{ a: 1 }, { a: 'x' }])

test('a path is read by its content, JSON or YAML', async () => {
  const folder = await folderWith({
    'schema.yaml': 'type: object\nproperties:\n  a: { type: integer }\n',
    'schema.yml': 'fields:\n  - { name: a, type: integer }\n',
    'schema.json': '\ufeff{ "properties": { "a": { "type": "integer" } } }',
    'other.json': '{ "name": "x", "version": 1 }',
    'both.json': '{ "fields": [], "properties": {} }',
    'said.json':
      '{ "$schema": "https://json-schema.org/draft/2020-12/schema", "fields": [], "properties": { "a": { "type": "integer" } } }',
    'list.json': '[1]',
    'broken.yaml': 'a: [1',
    'bomb.yaml': `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [${Array.from({ length: 9 }, () => (i === 0 ? '*a' : `*b${i - 1}`)).join(', ')}]`).join('\n')}\n`,
  })
  const at = (name: string) => path.join(folder, name)
  expect(await failing(data, at('schema.yaml'))).toEqual(['a schemaKeyword fail'])
  expect(await failing(data, at('schema.yml'))).toEqual(['a valuesOfType fail'])
  expect(await failing(data, at('schema.json'))).toEqual(['a schemaKeyword fail'])
  expect(await failing(data, at('said.json'))).toEqual(['a schemaKeyword fail'])
  expect(await refused(at('other.json'))).toMatch(
    /^wrong-schema: .*other\.json" holds an object with "name", "version", which is no schema that is read\n.*it takes a JSON Schema/,
  )
  expect(await refused(at('both.json'))).toMatch(/JSON Schema .* or a Frictionless .* the marks of each\n.*"\$schema"/)
  expect(await refused(at('list.json'))).toMatch(/holds an array/)
  expect(await refused(at('broken.yaml'))).toMatch(/is not YAML/)
  expect(await refused(at('bomb.yaml'))).toMatch(/is not YAML: .*alias/)
  expect(await refused('package.json')).toMatch(/"package.json" holds an object with "name"/)
})

test('references between files are followed inside the folder of the schema, and nothing is fetched', async () => {
  const folder = await folderWith({
    'row/row.json': JSON.stringify({ properties: { a: { $ref: 'parts/number.json#/$defs/small' } } }),
    'row/parts/number.json': JSON.stringify({
      $defs: { small: { allOf: [{ $ref: '../limit.json' }, { type: 'integer' }] } },
    }),
    'row/limit.json': JSON.stringify({ maximum: 3 }),
    'row/out.json': JSON.stringify({ properties: { a: { $ref: '../secret.json' } } }),
    'row/link.json': JSON.stringify({ properties: { a: { $ref: 'linked.json' } } }),
    'row/gone.json': JSON.stringify({ properties: { a: { $ref: 'nothing.json' } } }),
    'row/remote.json': JSON.stringify({ properties: { a: { $ref: 'https://example.com/a.json' } } }),
    'row/id.json': JSON.stringify({ $id: 'https://example.com/row.json', properties: { a: { $ref: 'limit.json' } } }),
    'row/circle.json': JSON.stringify({ properties: { a: { $ref: 'circle2.json' } } }),
    'row/circle2.json': JSON.stringify({
      anyOf: [{ type: 'integer' }, { $ref: 'circle2.json#/$defs/x' }],
      $defs: { x: { $ref: 'circle.json#/properties/a' } },
    }),
    'secret.json': '{}',
  })
  await symlink(path.join(folder, 'secret.json'), path.join(folder, 'row/linked.json'))
  const at = (name: string) => path.join(folder, 'row', name)
  expect(await failing(dataset([{ a: 3 }]), at('row.json'))).toEqual([])
  expect(await failing(dataset([{ a: 4 }]), at('row.json'))).toEqual(['- rowSchema fail'])
  expect(await failing(dataset([{ a: 4 }]), at('id.json'))).toEqual(['- rowSchema fail'])
  expect(await failing(dataset([{ a: 4 }]), at('circle.json'))).toEqual([
    expect.stringMatching(/- rowSchema error .*lead in a circle/),
  ])
  expect(await refused(at('out.json'))).toMatch(/leads out of the schema's folder/)
  expect(await refused(at('link.json'))).toMatch(/leads out of the schema's folder/)
  expect(await refused(at('gone.json'))).toMatch(/^missing-file: .*nothing\.json/)
  expect(await refused(at('remote.json'))).toMatch(/nothing at the \$ref "https:.*\n.*nothing is fetched/)
  expect(await refused({ properties: { a: { $ref: 'limit.json' } } })).toMatch(
    /nothing at the \$ref "limit.json"\n.*files are read only for a schema given as a path/,
  )
})

test('unknown keywords judge nothing unless they look like a slip; formats that nothing judges are told', async () => {
  const rows = dataset([{ a: 'x' }])
  expect(
    await failing(rows, {
      properties: { a: { type: 'string', markdownDescription: 'x', example: 1, 'x-y': 1, discriminator: {} } },
    }),
  ).toEqual([])
  const format = (name: string) => failing(rows, { properties: { a: { type: 'string', format: name } } })
  // A format that the standard has and validators may leave alone is a warning; one that nobody knows is no verdict.
  expect(await format('idn-email')).toEqual(['- schemaUnjudged warn'])
  expect(await format('phone')).toEqual(['- schemaUnjudged vacuous'])
  expect(await refused({ properties: { a: { maxlength: 1 } } })).toMatch(/did you mean "maxLength"/)
})

test('a schema of ten megabytes is read, and one nested too deep is refused', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 2000 }, (_, i) => [`column ${i}`, { type: 'string', description: 'x'.repeat(5000) }]),
  )
  const file = await temporaryFile(
    'large.schema.json',
    JSON.stringify({ properties: { ...many, a: { type: 'integer' } } }),
  )
  expect(await failing(data, file)).toEqual(['a schemaKeyword fail'])
  let deep: object = { type: 'integer' }
  for (let i = 0; i < 200; i++) deep = { not: deep }
  expect(await refused({ properties: { a: deep } })).toMatch(/nested more than 100 deep/)
}, 30_000)

test('columns called like members that every object inherits are columns', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
  const schema = JSON.parse(
    `{ "fields": [${names.map((name) => `{ "name": "${name}", "type": "integer", "constraints": { "required": true } }`).join()}] }`,
  ) as object
  const record = JSON.parse(`{ ${names.map((name) => `"${name}": 1`).join()} }`) as object
  expect(await failing(dataset([record]), schema)).toEqual([])
  expect(await failing(dataset([record, {}]), schema)).toEqual(names.map((name) => `${name} noMissing fail`))
  expect(await failing(dataset([{ a: 1 }]), { required: names })).toEqual(names.map((name) => `${name} hasColumn fail`))
  const { schema: json } = await convertSchema(schema, 'jsonSchema')
  expect(await failing(dataset([record, {}]), json as object)).toEqual(names.map((name) => `${name} noMissing fail`))
})

test('a pattern of catastrophic backtracking is judged in the engine, which has none', async () => {
  const texts = dataset([{ a: `${'a'.repeat(5000)}!` }])
  // In JavaScript this would take longer than the universe has been there.
  expect(await failing(texts, { properties: { a: { type: 'string', pattern: '^(a+)+$' } } })).toEqual([
    'a valuesMatching fail',
  ])
  expect(await failing(texts, { fields: [{ name: 'a', type: 'string', constraints: { pattern: '(a+)+' } }] })).toEqual([
    'a valuesMatching fail',
  ])
})

const number = fc.record(
  { min: fc.integer({ min: -99, max: 0 }), max: fc.integer({ min: 1, max: 99 }) },
  { requiredKeys: [] },
)
const column = fc.oneof(
  number.map(({ min, max }) => ({
    type: 'integer',
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { exclusiveMaximum: max }),
  })),
  number.map(({ min }) => ({ type: 'number', ...(min === undefined ? {} : { exclusiveMinimum: min }) })),
  fc
    .record(
      { minLength: fc.nat(3), maxLength: fc.integer({ min: 3, max: 9 }), enum: fc.constant(['a', 'bcd']) },
      { requiredKeys: [] },
    )
    .map((rules) => ({ type: 'string', ...rules })),
  {
    weight: 6,
    arbitrary: fc.constantFrom<object>(
      { type: 'boolean' },
      { type: 'string', format: 'date' },
      { type: 'string', format: 'date-time' },
    ),
  },
)
const schemas = fc
  .record({
    columns: fc.array(column, { minLength: 1, maxLength: 4 }),
    extra: fc.boolean(),
    unique: fc.boolean(),
    key: fc.boolean(),
  })
  .map(({ columns, extra, unique, key }) => ({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: Object.fromEntries(
      columns.map((rules, i) => [`c ${i}`, i === 0 && unique ? { ...rules, 'x-assay': { unique } } : rules]),
    ),
    required: columns.map((_, i) => `c ${i}`),
    ...(extra ? {} : { additionalProperties: false }),
    ...(key ? { 'x-assay': { key: ['c 0'] } } : {}),
  }))

/** The rules of a schema, however it is written. */
const said = async (source: SchemaSource) => {
  const { columns, extraColumns, key } = await readSchema(source)
  return {
    extraColumns,
    key,
    columns: columns.map(({ name, required, rules, unique }) => ({ name, required, rules, unique })),
  }
}

test('what is written in another language without a loss reads the same', async () => {
  const whole: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(
      schemas,
      fc.constantFrom('jsonSchema', 'frictionless', 'table', 'arrow'),
      async (source, language) => {
        const { schema, lost } = await convertSchema(source, language)
        if (lost.length > 0) return
        whole[language] = (whole[language] ?? 0) + 1
        const back = language === 'table' ? built(schema as string) : (schema as object)
        const [expected, found] = [await said(source), await said(back)]
        expect(found).toEqual(expected)
      },
    ),
    { numRuns: 300, seed: 7 },
  )
  // A language that always lost something would have shown nothing.
  expect(Object.keys(whole).sort()).toEqual(['arrow', 'frictionless', 'jsonSchema', 'table'])
})

/** Runs the TypeScript of a table. */
function built(source: string): object {
  const code = source.replace(/^import .*$/m, '').replace('export default', 'return')
  const names = Object.keys(assay)
  return new Function(...names, code)(...names.map((name) => (assay as Record<string, unknown>)[name])) as object
}

test('every language that is written says what it cannot say', async () => {
  const source = {
    title: 'T',
    properties: {
      a: { type: ['integer', 'string'], multipleOf: 3, 'x-assay': { mostly: 0.9, pii: true, severity: 'warn' } },
    },
    dependentRequired: { a: ['b'] },
  }
  for (const language of ['frictionless', 'table', 'arrow']) {
    const { lost } = await convertSchema(source, language)
    const all = lost.join('\n')
    for (const word of ['integer or string', 'multipleOf 3', 'dependentRequired']) expect(all, language).toContain(word)
    if (language !== 'table') for (const word of ['mostly', 'pii', 'severity']) expect(all, language).toContain(word)
  }
  expect(lostInJson(await readSchema(source))).toEqual([])
  await expect(convertSchema(source, 'jsonshema')).rejects.toThrow(/did you mean "jsonSchema"/)
  await expect(convertSchema(source, 'standardSchema')).rejects.toThrow(/not written as standardSchema/)
})
