import { expect, test } from 'vitest'
import { evaluate, valuesOfType } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import type { DatasetOptions } from '../../../src/dataset/datasetOptions.ts'
import { opened, refusal, textFiles } from './helpers.ts'
import { rowsOf } from '../../helpers/blocks.ts'

const file = textFiles()

test.each<[string, string, DatasetOptions, unknown[][], number[]]>([
  ['delimiter', 'a^b\n1^x,y\n', { delimiter: '^' }, [[1n, 'x,y']], [2]],
  ['single quotes', "a,b\n1,'x,''y'\n", { quote: "'" }, [[1n, "x,'y"]], [2]],
  [
    'no quotes',
    'a,b\n1,"x\n2,y"\n',
    { quote: '' },
    [
      [1n, '"x'],
      [2n, 'y"'],
    ],
    [2, 3],
  ],
  [
    'backslashes',
    'a,b\n1,"x\\"y\\\\"\n2,"\\\n"\n3,z\n',
    { escape: '\\' },
    [
      [1n, 'x"y\\'],
      [2n, '\n'],
      [3n, 'z'],
    ],
    [2, 3, 5],
  ],
  [
    'comments',
    '# made by\na,b\n1,x#y\n#2,z\n3,"#"\n',
    { comment: '#' },
    [
      [1n, 'x#y'],
      [3n, '#'],
    ],
    [3, 5],
  ],
  [
    'no header',
    '1,x\n2,"y\nz"\n',
    { header: false },
    [
      [1n, 'x'],
      [2n, 'y\nz'],
    ],
    [1, 2],
  ],
  [
    'no header, CRLF first inside quotes',
    '"a\r\nb",x\nc,y\n',
    { header: false },
    [
      ['a\r\nb', 'x'],
      ['c', 'y'],
    ],
    [1, 3],
  ],
  ['lines left out', 'Report "of\n\nMay\na,b\n1,x\n', { skip: 3 }, [[1n, 'x']], [5]],
  ['lines left out, no header', 'Report\n1,x\n', { skip: 1, header: false }, [[1n, 'x']], [2]],
  ['tabs by format', 'a\tb\n1\tx,y\n', { format: 'tsv' }, [[1n, 'x,y']], [2]],
])('%s', async (name, text, options, rows, lines) => {
  const found = await opened(file(`${name}.csv`, text), options)
  expect(found).toMatchObject({ rows, lines, total: 0 })
})

test('columns without a header are numbered from 1', async () => {
  expect((await opened(file('bare.csv', '1,x\n'), { header: false })).names).toEqual(['column1', 'column2'])
})

test('a delimiter that leaves one column is a finding when the name holds another delimiter', async () => {
  const semicolons = file('semicolons.csv', 'a;b\n1;2\n')
  expect(await opened(semicolons)).toMatchObject({ names: ['a', 'b'], total: 0 })
  expect((await opened(semicolons, { delimiter: ',' })).findings).toMatchObject([
    { kind: 'delimiter', line: 1, reason: 'one column, with "," as delimiter, whose name holds ";"' },
  ])
  expect((await opened(file('commas.tsv', 'a,b\n1,2\n'))).findings).toMatchObject([{ kind: 'delimiter' }])
  expect((await opened(file('quoted.csv', '"a;b"\n1\n'), { delimiter: ',' })).total).toBe(0)
})

test('a delimiter that leaves one column is a finding when another one divides every row alike', async () => {
  const title = '# written by hand\nid;name;n\n1;a;2\n2;b;3\n'
  expect((await opened(file('title.csv', title))).findings).toMatchObject([
    { kind: 'delimiter', line: 2, reason: 'one column, with "," as delimiter, whose cells hold ";"' },
  ])
  for (const [name, text] of [
    ['prose', 'note\n"One, two, three"\nFour; five\nsix\n'],
    ['decimals', 'n\n"1,50"\n"2,75"\n"3,00"\n'],
    ['few', 'n\n1;2;3\n4;5;6\n'],
  ] as const)
    expect((await opened(file(`${name}.csv`, text))).total, name).toBe(0)
})

test('numbers with a decimal comma are numbers, and those with a point are not', async () => {
  const source = file('comma.csv', 'n;t\n1,5;x\n-2;y\n1.000,25;z\n')
  expect((await opened(source, { decimal: ',', thousands: '.' })).rows.map(([n]) => n)).toEqual([1.5, -2, 1000.25])
  const mixed = file('mixed.csv', 'n;t\n1,5;x\n1.5;y\n1.000;z\n')
  const judged = async (options: DatasetOptions) => {
    const data = dataset(mixed, { types: { n: 'number' }, decimal: ',', ...options })
    const [result] = await evaluate(valuesOfType(data.column('n'), 'number'))
    return rowsOf(result)?.rows.map(([cell]) => cell)
  }
  expect(await judged({})).toEqual(['1.5', '1.000'])
  expect(await judged({ thousands: '.' })).toEqual(['1.5'])
})

test('separated thousands are text until the separator is declared', async () => {
  const source = file('thousands.csv', 'n\n"1,234"\n"12,345,678.5"\n')
  expect((await opened(source)).rows).toEqual([['1,234'], ['12,345,678.5']])
  expect((await opened(source, { thousands: ',' })).rows).toEqual([[1234], [12345678.5]])
})

test('missing texts are missing quoted or not, and an empty list makes none missing', async () => {
  const source = file('missing.csv', 'a,b\nNA,x\n"NA",\n-999,""\n')
  expect((await opened(source, { missing: ['NA', -999] })).rows).toEqual([
    [null, 'x'],
    [null, ''],
    [null, ''],
  ])
  expect((await opened(source, { missing: [] })).rows).toEqual([
    ['NA', 'x'],
    ['NA', ''],
    ['-999', ''],
  ])
})

test('options of text are refused where there is no text', async () => {
  expect(() => dataset([{ a: 1 }], { delimiter: ';' })).toThrow(
    /delimiter is an option of .*\.csv \.tsv files, and this is arrays of records/,
  )
})

test.each<[DatasetOptions, RegExp]>([
  [{ delimiter: '||' }, /delimiter is "\|\|".*one ASCII character/s],
  [{ delimiter: 'x' }, /delimiter is "x"/],
  [{ quote: ',', delimiter: ',' }, /must differ/],
  [{ skip: -1 }, /skip is -1.*number of lines/s],
  [{ decimal: ';' as never }, /decimal is ";"/],
  [{ thousands: '.' }, /thousands is "\."/],
  [{ skip: 9 }, /has no more than 2 lines, and skip leaves out 9/],
  [{ types: { c: 'string' } }, /types: there is no column "c"/],
])('%o is an error', async (options, message) => {
  expect(await refusal(file('options.csv', 'a,b\n1,2\n'), options)).toMatch(message)
})
