import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { evaluate } from '../../../src/checks/evaluate.ts'
import { wellFormed } from '../../../src/checks/kinds/wellFormed.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { temporaryFolder } from '../../helpers/files.ts'

const folder = temporaryFolder()
const book = path.resolve('test/fixtures/excel/book.xlsx')
const failure = (options: object, file = book): Promise<string> =>
  dataset(file, options)
    .rows()
    .then(
      () => 'no error',
      (error: Error) => error.message,
    )

test('a sheet reads under its header, with dates, instants, booleans and text as they are', async () => {
  const data = dataset(book, { headerRow: 2 })
  const { columns } = await relationOf(data)
  expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'id integer',
    'day date',
    'at timestamp',
    'ok boolean',
    'sum integer',
    'err string',
    'text string',
    'mixed mixed',
  ])
  expect(await data.rows()).toEqual([
    {
      id: 1n,
      day: new Date('2024-02-29'),
      at: new Date('2024-02-29T12:34:56Z'),
      ok: true,
      sum: null,
      err: 'x',
      text: ' padded ',
      mixed: '1',
    },
    {
      id: 2n,
      day: new Date('1900-03-01'),
      at: new Date('1999-12-31T23:59:59Z'),
      ok: false,
      sum: 2n,
      err: null,
      text: 'é😀',
      mixed: 'b',
    },
  ])
})

test('cells that show an error and formulas without a value are findings with their place', async () => {
  const { findings } = await relationOf(dataset(book, { headerRow: 2 }))
  expect((await findings?.())?.first).toEqual([
    { kind: 'formula', reason: expect.stringMatching(/saved without its value/), file: book, line: 3, column: 'sum' },
    { kind: 'error', reason: 'the cell shows the error #REF!', file: book, line: 4, column: 'err', text: '#REF!' },
  ])
  expect(await evaluate(wellFormed(dataset(book, { headerRow: 2 })))).toMatchObject([{ status: 'fail' }])
})

test('sheets are told by name or number', async () => {
  expect(await dataset(book, { sheet: 'second' }).rows()).toEqual([{ a: 7n }])
  expect(await dataset(book, { sheet: 2 }).rows()).toEqual([{ a: 7n }])
})

test('what cannot be read says what is there and what to try', async () => {
  expect(await failure({ sheet: 'none' })).toMatch(
    /Sheet not found: none. Available sheets: first, second, empty\n.*number from 1/,
  )
  expect(await failure({ sheet: 'empty' })).toMatch(/sheet "empty" of .* has no row 1 with names/)
  const file = (name: string, content: string) => {
    writeFileSync(path.join(folder, name), content)
    return path.join(folder, name)
  }
  expect(await failure({}, file('none.xlsx', ''))).toMatch(/is empty \(0 bytes\)/)
  expect(await failure({}, file('text.xlsx', 'a,b\n1,2\n'))).toMatch(/cannot be read as an Excel workbook/)
})
