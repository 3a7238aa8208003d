import path from 'node:path'
import { expect, test } from 'vitest'
import { opened } from './helpers.ts'

const fixture = (name: string): string => path.join(import.meta.dirname, '../../fixtures/text', name)
const table = [
  [1n, '01234', 1.5, 'plain, "quoted"', true, null],
  [2n, '99999', null, 'two\nlines', false, null],
  [3n, '00700', -1e-7, 'é漢😀', true, 'x'],
]

test.each([
  ['pandas.csv', {}],
  ['pandas.csv.gz', {}],
  ['pandas.csv.zst', {}],
  ['pandas.tsv', {}],
  ['pyarrow.csv', {}],
  ['polars.csv', {}],
  ['spark.csv', { escape: '\\' }],
])('%s, as it is written by default, is the table that was written', async (name, options) => {
  const { names, rows, lines, total } = await opened(fixture(name), options)
  expect({ names, rows, lines, total }).toEqual({
    names: ['id', 'zip', 'amount', 'note', 'ok', 'empty'],
    rows: table,
    lines: [2, 3, 5],
    total: 0,
  })
})

test('the column that pandas writes its index to has no name, which is a finding', async () => {
  const { names, findings } = await opened(fixture('pandas-index.csv'))
  expect(names[0]).toBe('column1')
  expect(findings).toMatchObject([{ kind: 'header', line: 1, column: 'column1' }])
})

test('UTF-16 as pandas writes it', async () => {
  expect((await opened(fixture('pandas-utf16.csv'))).rows).toEqual(table.map((row) => [row[0], row[3]]))
})

test.each([
  ['excel-de.csv', { encoding: 'windows-1252' }],
  ['excel-de-utf8.csv', {}],
  ['excel-unicode.csv', {}],
])('%s: Excel with German settings', async (name, options) => {
  const { rows, lines, total } = await opened(fixture(name), { ...options, decimal: ',', thousands: '.' })
  const sign = name === 'excel-unicode.csv' ? '\t' : ';'
  expect({ rows, lines, total }).toEqual({
    rows: [
      [1n, '01234', 1234.5, `plain${sign} "quoted"`, 'WAHR'],
      [2n, '99999', null, 'two\nlines', 'FALSCH'],
      [3n, '00700', -0.5, 'é €', 'WAHR'],
    ],
    lines: [2, 3, 5],
    total: 0,
  })
})
