import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import {
  convertSchema,
  matchesSchema,
  type MatchesSchemaOptions,
  readSchema,
  type SchemaSource,
} from '../../src/contracts/index.ts'
import { rowsOf } from '../helpers/blocks.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
const write = async (name: string, content: string): Promise<string> => {
  await writeFile(path.join(folder, name), content)
  return path.join(folder, name)
}
let files = 0
const csv = async (...lines: string[]): Promise<Dataset> =>
  dataset(await write(`${++files}.csv`, `${lines.join('\n')}\n`))

const broken = async (data: Dataset, schema: SchemaSource, options?: MatchesSchemaOptions): Promise<string[]> =>
  (await evaluate(matchesSchema(data, schema, options)))
    .filter(({ status }) => status !== 'pass')
    .map(({ kind, subject, status, counts }) => [subject.column ?? '-', kind, status, counts?.failed ?? '-'].join(' '))
const refused = (schema: object): Promise<string> =>
  readSchema(schema).then(
    () => 'nothing',
    (error: Error) => error.message,
  )

/** Which texts are values of the field, in a text file and as the texts of records. */
async function accepted(field: object, texts: readonly string[]): Promise<string> {
  const schema = { fields: [{ name: 'v', ...field }], missingValues: ['—'] }
  const cells = texts.map((text) => `"${text.replaceAll('"', '""')}"`)
  const sources = [await csv('v', ...cells), dataset(texts.map((v) => ({ v })))]
  const found = await Promise.all(
    sources.map(async (data) => {
      const results = await evaluate(matchesSchema(data, schema))
      expect(results.filter(({ status }) => status !== 'pass' && status !== 'fail')).toEqual([])
      const failing = new Set(results.flatMap((result) => rowsOf(result)?.rowNumbers ?? []))
      return texts.map((_, i) => (failing.has(i + 1) ? '-' : '+')).join('')
    }),
  )
  expect(found[0], 'a file and records agree').toBe(found[1])
  return found[0] as string
}

test.each<[object, object, string]>([
  [{ required: true }, {}, '#/fields/0/required: a field says "required" in its constraints'],
  [{ enum: ['a'] }, {}, '#/fields/0/enum: a field says "enum" in its constraints'],
  [{ contraints: { required: true } }, {}, '#/fields/0/contraints: there is no "contraints"'],
  [{ missingvalues: ['-'] }, {}, '#/fields/0/missingvalues: there is no "missingvalues"'],
  [{}, { primary_key: 'v' }, '#/primary_key: there is no "primary_key"'],
  [{}, { foreignkeys: [] }, '#/foreignkeys: there is no "foreignkeys"'],
  [{ unit: 'kg', comment: 'of ours', 'x-pii': true }, { version: 3, sources: [] }, 'nothing'],
])(
  'what a field %j and a schema %j say besides is refused where it is most likely a slip',
  async (field, schema, error) => {
    expect(await refused({ ...schema, fields: [{ name: 'v', type: 'string', ...field }] })).toContain(error)
  },
)

test.each<[object, string[], string]>([
  [{ type: 'integer' }, ['1', '007', '+5', '-3', '1.0', '1e3', 'x', ' 1'], '++++----'],
  [{ type: 'integer', groupChar: ',' }, ['1,000', '1000', '1.000'], '++-'],
  [{ type: 'integer', bareNumber: false }, ['95%', 'EUR 95', '-5 °C', 'none'], '+++-'],
  [{ type: 'number' }, ['1', '.5', '1.', '-1.5E3', 'NaN', 'inf', '-INF', '1,5', '0x10'], '+++++++--'],
  [{ type: 'number', decimalChar: ',', groupChar: '.' }, ['1.234,5', '12', '1,5.0', 'x'], '+++-'],
  [{ type: 'number', decimalChar: ',' }, ['1,5', '1.5'], '+-'],
  [{ type: 'boolean' }, ['true', 'True', 'TRUE', '1', 'false', '0', 'yes', 'tRue'], '++++++--'],
  [{ type: 'boolean', trueValues: ['ja'], falseValues: ['nein'] }, ['ja', 'nein', 'true'], '++-'],
  [{ type: 'date' }, ['2024-02-29', '2023-02-29', '2024-1-1', '2024-01-01T00:00:00'], '+---'],
  [{ type: 'date', format: '%d/%m/%y' }, ['31/12/24', '1/2/24', '31/11/24', '2024-12-31'], '++--'],
  [{ type: 'date', format: 'any' }, ['Jun 12 1998', '01/31/2015', '2024-01-01', '12 June 1998', 'soon'], '++++-'],
  [
    { type: 'datetime' },
    [
      '2024-01-01T10:00:00',
      '2024-01-01T10:00:00.123456789Z',
      '2024-01-01T10:00:00-05:00',
      '2024-01-01 10:00:00',
      '2024-01-01',
    ],
    '+++--',
  ],
  [{ type: 'datetime', format: '%Y/%m/%d %I:%M %p' }, ['2024/01/01 12:30 AM', '2024/01/01 13:30 AM'], '+-'],
  [{ type: 'time' }, ['10:00:00', '24:00:00', '10:00'], '+--'],
  [{ type: 'year' }, ['2024', '-0044', '24', '20240'], '++-+'],
  [{ type: 'yearmonth' }, ['2024-01', '2024-13', '2024-1'], '+--'],
  [{ type: 'duration' }, ['P1Y2M3DT4H5M6.7S', '-P1D', 'PT0S', 'P', 'P1DT', '1 day'], '+++---'],
  [{ type: 'geopoint' }, ['90.50, 45.50', '90,45', '200, 1', '1, 91', '1 2'], '++---'],
  [{ type: 'geopoint', format: 'array' }, ['[90.5, 45]', '[1]', '["1", 2]'], '+--'],
  [
    { type: 'geopoint', format: 'object' },
    ['{"lon": 1, "lat": 2}', '{"lon": 1}', '{"lon": 1, "lat": 2, "x": 3}'],
    '+--',
  ],
  [
    { type: 'geojson' },
    [
      '{"type": "Point", "coordinates": [1, 2]}',
      '{"type": "Point", "coordinates": 1}',
      '{"type": "Feature", "geometry": null, "properties": {}}',
      '{}',
    ],
    '+-+-',
  ],
  [{ type: 'object' }, ['{}', '[]', 'x'], '+--'],
  [{ type: 'array', constraints: { maxLength: 1 } }, ['[]', '[1, 2]', '{}'], '+--'],
  [{ type: 'object', constraints: { jsonSchema: { required: ['a'] } } }, ['{"a": 1}', '{}'], '+-'],
  [{ type: 'list', itemType: 'integer' }, ['1,2', '1,x'], '+-'],
  [{ type: 'string', format: 'email' }, ['a@b.co', 'nobody'], '+-'],
  [{ type: 'string', format: 'uri' }, ['https://a.b/c', 'a b'], '+-'],
  [{ type: 'string', format: 'uuid' }, ['0b0e6e63-0a4b-4b5c-8f3b-0a4b4b5c8f3b', '1'], '+-'],
  [{ type: 'string', format: 'binary' }, ['aGk=', 'aGk'], '+-'],
  [{ type: 'any' }, ['x', '1'], '++'],
  [{ type: 'string', constraints: { pattern: '[a-z-[aeiou]]+' } }, ['xyz', 'xay', 'XYZ', 'xyz\n'], '+---'],
  [{ type: 'string', constraints: { pattern: '^\\d{2}|ab$' } }, ['12', 'ab', '123', 'xab', '१२'], '++--+'],
  [{ type: 'string', constraints: { minLength: 2, maxLength: 3 } }, ['a', 'ab', '\u{1f600}b', 'abcd'], '-++-'],
  [{ type: 'string', constraints: { enum: ['a', 'b'] } }, ['a', 'c'], '+-'],
  [
    { type: 'integer', constraints: { minimum: '2', exclusiveMaximum: 5, enum: [1, '3', 4] } },
    ['3', '1', '5', '2'],
    '+---',
  ],
  [
    { type: 'date', format: '%d.%m.%Y', constraints: { minimum: '01.02.2024', enum: ['31.12.2023', '01.03.2024'] } },
    ['01.03.2024', '31.12.2023', '02.03.2024'],
    '+--',
  ],
  [
    { type: 'datetime', constraints: { maximum: '2024-01-01T00:00:00Z' } },
    ['2024-01-01T01:00:00+02:00', '2024-01-01T00:00:01Z'],
    '+-',
  ],
  [{ type: 'string', categories: [{ value: 'a', label: 'A' }, { value: 'b' }] }, ['a', 'A'], '+-'],
])('%j accepts of %j: %s', async (field, texts, expected) => {
  expect(await accepted(field, texts)).toBe(expected)
})

test('what cannot be judged is an error that names it', async () => {
  const field = (one: object) => refused({ fields: [{ name: 'a', ...one }] })
  expect(await field({ type: 'strng' })).toMatch(/#\/fields\/0\/type: found "strng".*\n.*"string"/)
  expect(await field({ type: 'string', format: 'phone' })).toMatch(/format: found "phone"/)
  expect(await field({ type: 'date', format: '%Q' })).toMatch(/the directive %Q, which is not read/)
  expect(await field({ type: 'date', format: 'YYYY' })).toMatch(/a strptime pattern/)
  expect(await field({ type: 'integer', constraints: { minLength: 1 } })).toMatch(/minLength has no meaning/)
  expect(await field({ type: 'duration', constraints: { minimum: 'P1D' } })).toMatch(/minimum has no meaning/)
  expect(await field({ type: 'string', constraints: { minimun: 1 } })).toMatch(/no constraint "minimun"\n.*"minimum"/)
  expect(await field({ type: 'date', constraints: { minimum: 'soon' } })).toMatch(/found "soon", which is no value/)
  expect(await field({ type: 'string', constraints: { pattern: 'a^b' } })).toMatch(/\^ inside/)
  expect(await field({ type: 'string', constraints: { pattern: '\\bword' } })).toMatch(/has \\b, which is not read/)
  expect(await field({ type: 'string', constraints: { pattern: '(' } })).toMatch(/a fault/)
  expect(await refused({ fields: [] })).toMatch(/no fields/)
  expect(await refused({ fields: [{ name: 'a' }, { name: 'a' }] })).toMatch(/there twice/)
  expect(await refused({ fields: [{ name: 'a' }], primaryKey: 'b' })).toMatch(/no field "b"/)
  expect(await refused({ fields: [{ name: 'a' }], fieldsMatch: 'most' })).toMatch(/fieldsMatch: found "most"/)
})

test('missing values are those of the field, else of the schema; a missing one breaks required alone', async () => {
  const fields = [
    { name: 'a', type: 'integer', constraints: { required: true } },
    { name: 'b', type: 'integer', missingValues: ['NA'] },
    { name: 'c', type: 'number' },
  ]
  const schema = { fields, missingValues: ['', '-'] }
  expect(await broken(await csv('a,b,c', '1,NA,-', '-,2,3', '2,-,4'), schema)).toEqual([
    'a noMissing fail 1',
    'b valuesOfType fail 1',
  ])
  expect(
    await broken(
      dataset([
        { a: 1, b: 'NA', c: null },
        { a: '-', b: 2, c: '' },
      ]),
      schema,
    ),
  ).toEqual(['a noMissing fail 1'])
  // An empty cell that the schema does not call missing was read as missing: that is said, not passed over.
  expect(await broken(await csv('a,b,c', '1,,3'), schema)).toEqual(['b missingValues error -'])
})

test.each([
  [
    'exact',
    ['a,b', 'b,a', 'a', 'a,b,c'],
    [[], ['- columnOrder fail -'], ['b hasColumn fail -'], ['- onlyColumns fail -']],
  ],
  ['equal', ['b,a', 'a', 'a,b,c'], [[], ['b hasColumn fail -'], ['- onlyColumns fail -']]],
  ['subset', ['b,a', 'a', 'a,b,c'], [[], ['b hasColumn fail -'], []]],
  ['superset', ['b,a', 'a', 'a,b,c'], [[], [], ['- onlyColumns fail -']]],
  ['partial', ['a', 'a,c', 'c,d'], [[], [], ['- someColumn fail -']]],
])('fieldsMatch %s', async (fieldsMatch, headers, expected) => {
  const schema = { fields: [{ name: 'a' }, { name: 'b' }], fieldsMatch }
  const found = await Promise.all(
    headers.map(async (header) => broken(await csv(header, header.replace(/\w/g, '1')), schema)),
  )
  expect(found).toEqual(expected)
})

test('keys: primary, unique, and foreign ones to another resource and to the table itself', async () => {
  await write('groups.csv', 'id,name\n01,x\n2,y\n')
  await write('people.csv', 'id,group,boss,mail\n1,01,,a\n2,1,1,a\n2,2,7,\n')
  const descriptor = {
    name: 'staff',
    resources: [
      { name: 'groups', path: 'groups.csv', schema: { fields: [{ name: 'id', type: 'string' }, { name: 'name' }] } },
      {
        name: 'people',
        path: 'people.csv',
        schema: {
          fields: [
            { name: 'id', type: 'integer' },
            { name: 'group', type: 'string' },
            { name: 'boss', type: 'integer' },
            { name: 'mail', type: 'string' },
          ],
          primaryKey: ['id'],
          uniqueKeys: [['mail']],
          foreignKeys: [
            { fields: 'group', reference: { resource: 'groups', fields: 'id' } },
            { fields: ['boss'], reference: { resource: '', fields: ['id'] } },
          ],
        },
      },
    ],
  }
  const file = await write('datapackage.json', JSON.stringify(descriptor))
  const people = dataset(path.join(folder, 'people.csv'))
  const expected = ['id uniqueKey fail 2', 'mail uniqueKey fail 2', 'group keyExists fail 1', 'boss keyExists fail 1']
  expect(await broken(people, `${file}#people`)).toEqual(expected)
  expect(await broken(people, file, { part: 'people' })).toEqual(expected)
  const reference = (await evaluate(matchesSchema(people, `${file}#people`))).find(({ kind }) => kind === 'keyExists')
  expect(reference).toMatchObject({ counts: { rows: 3, missing: 0, failed: 1 }, evidence: [{ rowNumbers: [2] }] })
  await expect(readSchema(file)).rejects.toThrow(
    /2 resources with a schema: groups, people\n.*datapackage\.json#groups/,
  )
  await expect(readSchema(`${file}#peple`)).rejects.toThrow(/did you mean "people"/)
  // Without its folder a package cannot be followed; that is said.
  await expect(readSchema(descriptor, { part: 'people' })).rejects.toThrow(/references are followed to one file/)
})

test('a package names its schema by path, inside its own folder only', async () => {
  await write('row.json', JSON.stringify({ fields: [{ name: 'a', type: 'integer' }] }))
  const packaged = (schema: string) =>
    write('one.json', JSON.stringify({ resources: [{ name: 'one', path: 'one.csv', schema }] }))
  expect(await broken(dataset([{ a: 'x' }]), await packaged('row.json'))).toEqual(['a valuesOfType fail 1'])
  await expect(readSchema(await packaged('../row.json'))).rejects.toThrow(/leads out of the package's folder/)
  await expect(readSchema(await packaged('https://example.com/row.json'))).rejects.toThrow(/nothing is fetched/)
})

test('Parquet and JSON values are judged by their types, in the engine where it can', async () => {
  const flights = dataset('node_modules/vega-datasets/data/flights-3m.parquet')
  const fields = [
    { name: 'date', type: 'datetime', constraints: { minimum: '2001-01-01T00:00:00' } },
    { name: 'delay', type: 'integer', constraints: { minimum: -500 } },
    { name: 'distance', type: 'number' },
    { name: 'origin', type: 'string', constraints: { pattern: '[A-Z]{3}' } },
    { name: 'destination', type: 'string' },
  ]
  expect(await broken(flights.where({ origin: 'SEA', destination: 'PDX' }), { fields })).toEqual([])
  expect(
    await broken(
      dataset([
        { a: true, b: [1], c: 5 },
        { a: 1, b: {}, c: NaN },
      ]),
      {
        fields: [
          { name: 'a', type: 'boolean' },
          { name: 'b', type: 'array' },
          { name: 'c', type: 'number' },
        ],
      },
    ),
  ).toEqual(['a valuesOfType fail 1', 'b valuesOfType fail 1'])
})

test('a Table Schema is written as it was read', async () => {
  const schema = {
    $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
    fields: [
      { name: 'id', type: 'integer', constraints: { required: true, maximum: 9 } },
      { name: 'day', type: 'date', format: '%d/%m/%Y', constraints: { minimum: '01/01/2024' } },
      { name: 'p', type: 'string', constraints: { pattern: '[A-Z]\\d' } },
    ],
    fieldsMatch: 'exact',
    primaryKey: ['id'],
  }
  expect(await convertSchema(schema, 'frictionless')).toEqual({ schema, lost: [] })
})

test.each<[string, object, readonly string[], readonly string[]]>([
  ['number', { maximum: 10 }, ['5', '-1e3'], ['50', 'INF', '-INF', 'NaN', '1e400']],
  ['number', { minimum: 0 }, ['5'], ['-1', 'INF', 'NaN', '1e400']],
  ['number', { exclusiveMinimum: 0, exclusiveMaximum: 9 }, ['5'], ['9', '-INF', 'NaN']],
  ['integer', { maximum: 10 }, ['5'], ['50', '9'.repeat(400), `-${'9'.repeat(400)}`]],
  ['number', { required: true }, ['5', 'INF', 'NaN'], []],
])('no limit of a %s field %j holds for what is not finite', async (type, constraints, holds, fails) => {
  const schema = { fields: [{ name: 'v', type, constraints }] }
  const failed = async (data: Dataset) => (await broken(data, schema)).length > 0
  const numbers = (texts: readonly string[]) =>
    dataset(texts.map((text) => ({ v: Number(text.replace('INF', 'Infinity')) })))
  expect(await failed(await csv('v', ...holds))).toBe(false)
  expect(await failed(numbers(holds))).toBe(false)
  for (const text of fails) {
    expect(await failed(await csv('v', ...holds, text)), text).toBe(true)
    expect(await failed(dataset([{ v: text }])), text).toBe(true)
    expect(await failed(numbers([...holds, text])), text).toBe(true)
  }
})

test('a file without a header is held to its fields by their place', async () => {
  const schema = {
    fields: [
      { name: 'id', type: 'integer', constraints: { required: true } },
      { name: 'day', type: 'date' },
      { name: 'amount', type: 'number', constraints: { minimum: 0 } },
    ],
    primaryKey: 'id',
    foreignKeys: [{ fields: 'id', reference: { resource: '', fields: 'id' } }],
  }
  const file = async (...lines: string[]) =>
    dataset(await write(`${++files}.csv`, `${lines.join('\n')}\n`), { header: false })
  expect(await broken(await file('1,2024-01-01,5', '2,2024-01-02,6'), schema)).toEqual([])
  expect(await broken(await file('1,2024-01-01,5', '1,2024-02-30,-6', 'x,2024-01-03,7'), schema)).toEqual([
    'column1 valuesOfType fail 1',
    'column2 valuesOfType fail 1',
    'column3 schemaKeyword fail 1',
    'column1 uniqueKey fail 2',
  ])
  expect(await broken(await file('1,2024-01-01'), schema)).toEqual(['amount hasColumn fail -'])
  expect((await broken(await file('1,2024-01-01,5,x'), schema)).length).toBe(1)
})
