import * as arrow from 'apache-arrow'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { convertSchema, matchesSchema, readSchema } from '../../src/contracts/index.ts'
import { temporaryFile } from '../helpers/files.ts'

const field = (name: string, type: arrow.DataType, nullable = true) => new arrow.Field(name, type, nullable)
const run = async (data: Dataset, schema: arrow.Schema): Promise<string[]> =>
  (await evaluate(matchesSchema(data, schema)))
    .filter(({ status }) => status !== 'pass')
    .map(({ kind, subject, status, message, counts }) =>
      [subject.column ?? '-', kind, status, message ?? counts?.failed ?? '-'].join(' '),
    )

test('types are compared by what they hold: widths by value, floats with NaN, dictionaries by their values', async () => {
  const schema = new arrow.Schema([
    field('small', new arrow.Int8(), false),
    field('big', new arrow.Int64()),
    field('real', new arrow.Float32()),
    field('text', new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())),
    field('flag', new arrow.Bool()),
    field('at', new arrow.TimestampMillisecond()),
    field('list', new arrow.List(field('item', new arrow.Int8()))),
    field('struct', new arrow.Struct([field('x', new arrow.Utf8(), false)])),
  ])
  const fine = {
    small: 1,
    big: 2 ** 40,
    real: NaN,
    text: 'a',
    flag: true,
    at: new Date(0),
    list: [1, null],
    struct: { x: 'y' },
  }
  const none = { small: -128, big: null, real: null, text: null, flag: null, at: null, list: null, struct: null }
  expect(await run(dataset([fine, none]), schema)).toEqual([])
  expect(await run(dataset([fine, { ...none, small: 128, list: [200], struct: {} }]), schema)).toEqual([
    'small valuesBetween fail 1',
    'list schemaKeyword fail items at /0: must be <= 127 (row 2)'.replace('items', 'maximum'),
    "struct schemaKeyword fail required: must have required property 'x' (row 2)",
  ])
})

test('nullability, missing and other columns are findings, and so is a column of another type', async () => {
  const schema = new arrow.Schema([
    field('a', new arrow.Int32(), false),
    field('b', new arrow.Utf8()),
    field('c', new arrow.Utf8()),
  ])
  expect(
    await run(
      dataset([
        { a: 1, b: 1, d: 1 },
        { a: null, b: 2 },
      ]),
      schema,
    ),
  ).toEqual([
    expect.stringMatching(/^- onlyColumns fail/),
    'a noMissing fail 1',
    'b valuesOfType fail the column holds integer values (BIGINT)',
    expect.stringMatching(/^c hasColumn fail/),
  ])
})

test('Parquet is judged by its types, text files by how their cells are written', async () => {
  const flights = dataset('node_modules/vega-datasets/data/flights-3m.parquet')
  const columns = ['date', 'delay', 'distance', 'origin', 'destination'] as const
  const types = [
    new arrow.TimestampMicrosecond(),
    new arrow.Int16(),
    new arrow.Int16(),
    new arrow.Utf8(),
    new arrow.Utf8(),
  ]
  expect(
    await run(flights, new arrow.Schema(columns.map((name, i) => field(name, types[i] as arrow.DataType, false)))),
  ).toEqual([])
  const file = await temporaryFile(
    'cells.csv',
    'n,day,at,code\n1,2024-01-01,2024-01-01T10:00:00,01\n1.5,2024-02-30,soon,2\n',
  )
  const cells = new arrow.Schema([
    field('n', new arrow.Int32()),
    field('day', new arrow.DateDay()),
    field('at', new arrow.TimestampSecond()),
    field('code', new arrow.Utf8()),
  ])
  expect(await run(dataset(file), cells)).toEqual([
    'n valuesOfType fail 1 of 2 cells is no integer: 1.5 × 1; if fractions may come, the type is number',
    'n valuesBetween fail 1 of 2 cells is no integer: 1.5 × 1; if fractions may come, the type is number',
    'day valuesOfType fail 1 of 2 cells is no date: 2024-02-30 × 1',
    'at valuesOfType fail 1 of 2 cells is no timestamp: soon × 1',
  ])
})

test('a type that no column can have is an error that names it', async () => {
  const refused = readSchema(new arrow.Schema([field('d', new arrow.DurationSecond())]))
  await expect(refused).rejects.toThrow(/#\/fields\/0: found the Arrow type Duration/)
})

test('an Arrow schema goes to JSON Schema and back; what is lost is said', async () => {
  const schema = new arrow.Schema([
    field('a', new arrow.Uint8(), false),
    field('b', new arrow.Float64()),
    field('c', new arrow.Utf8()),
    field('d', new arrow.DateDay()),
    field('e', new arrow.List(field('item', new arrow.Bool()))),
    field('f', new arrow.Struct([field('x', new arrow.Int64(), false)])),
  ])
  const json = (await convertSchema(schema, 'jsonSchema')).schema as Record<string, unknown>
  const back = await convertSchema(json, 'arrow')
  expect(String(back.schema)).toBe(String(schema))
  expect(back.lost).toEqual([])
  const { lost } = await convertSchema(
    { properties: { a: { type: 'string', minLength: 2 } }, 'x-assay': { key: ['a'] } },
    'arrow',
  )
  expect(lost).toEqual([
    'column "a": minLength 2',
    'column "a": that it may be absent',
    'that there may be other columns',
    'the key a',
  ])
})
