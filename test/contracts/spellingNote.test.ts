import { expect, test } from 'vitest'
import { spellingNote } from '../../src/contracts/spellingNote.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { DatasetOptions } from '../../src/dataset/datasetOptions.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { temporaryFile } from '../helpers/files.ts'

const noteOf = async (cells: readonly string[], options: DatasetOptions = {}) => {
  const file = await temporaryFile('orders.csv', ['id;price', ...cells.map((cell, i) => `${i};${cell}`), ''].join('\n'))
  return spellingNote(await relationOf(dataset(file, options)), {})
}

test.for([
  ['a comma before the fraction', ['1,5', '-20,25', ''], "{ decimal: ',' }"],
  ['points between thousands, too', ['1.234,5', '20,25'], "{ decimal: ',', thousands: '.' }"],
  ['commas between thousands', ['1,234', '999', '1,234,567.5'], "{ thousands: ',' }"],
] as const)('columns of numbers that are read as texts are named: %s', async ([, cells, option]) => {
  const note = await noteOf(cells)
  expect(note).toMatch(/^"price" seems to hold numbers; if the comma stands /)
  expect(note).toContain(`dataset(…, ${option})`)
})

test.for<readonly [string, readonly string[], DatasetOptions?]>([
  ['other texts beside them', ['1,5', 'about 2,5']],
  ['versions', ['1.2.3', '1.10']],
  ['numbers', ['1.5', '2']],
  ['nothing', ['', '']],
  ['a spelling that was said', ['1,5', '2,5'], { thousands: ' ' }],
  ['a type that was said', ['1,5', '2,5'], { types: { price: 'string' } }],
])('of others nothing is said: %s', async ([, cells, options]) => {
  expect(await noteOf(cells, options)).toBeUndefined()
})

test('several columns are told together', async () => {
  const file = await temporaryFile('two.csv', 'a;b;c\n1,5;2,5;x\n')
  const note = await spellingNote(await relationOf(dataset(file)), {})
  expect(note).toBe(
    `"a", "b" seem to hold numbers; if the comma stands before the fraction: dataset(…, { decimal: ',' })`,
  )
})
