import { expect, test } from 'vitest'
import {
  type Check,
  columnsDistinct,
  columnsEqual,
  commonestShareBetween,
  distinctCountBetween,
  distinctShareBetween,
  evaluate,
  keyExists,
  sameRows,
  uniqueKey,
  valuesSequential,
} from '../../src/checks/index.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import type { DatasetOptions } from '../../src/dataset/datasetOptions.ts'
import { temporaryFile } from '../helpers/files.ts'

/** More rows than are looked at for the types of a text file. */
const ROWS = 5_200

const day = (i: number): string => new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10)

/** Usual cells, a cell among them that is of another type, and one that says the same as the first of the usual ones. */
const columns: readonly (readonly [usual: (i: number) => string, odd: string, again: string])[] = [
  [(i) => String(i), 'x', '0'],
  [(i) => String(i), '007', '0'],
  [(i) => String(i), 'n/a', '0.0'],
  [(i) => String(i), '1.5', '0.0'],
  [(i) => String(i), '99999999999999999999', '0'],
  [(i) => `${i}.5`, '1,5', '0.50'],
  [day, 'never', day(0)],
  [day, '2024-01-01 00:00:00', day(0)],
  [(i) => `${day(i)}T00:00:00`, '2024-01-01T00:00:00Z', `${day(0)} 00:00:00`],
  [(i) => (i % 2 === 0 ? 'true' : 'false'), 'T', 'True'],
]

const asked: Readonly<Record<string, (data: Dataset, other: Dataset) => Check>> = {
  'a key': (data) => uniqueKey(data, 'v'),
  'a key of two columns': (data) => uniqueKey(data, ['v', 'w']),
  'a number of values': (data) => distinctCountBetween(data.column('v'), { max: 1 }),
  'a share of values': (data) => distinctShareBetween(data.column('v'), { min: 1 }),
  'the commonest value': (data) => commonestShareBetween(data.column('v'), { max: 0 }),
  'columns that differ': (data) => columnsDistinct(data, ['v', 'w']),
  'columns that agree': (data) => columnsEqual(data, ['v', 'w']),
  'keys that exist': (data, other) => keyExists(data, 'v', other, 'v'),
  'the same rows': (data, other) => sameRows(data, other),
  'a slice and its key': (data) => uniqueKey(data.where({ w: 'zero' }), 'v'),
}

/** The cells with the odd one first or last among the usual ones, beside a column that says the same or `zero`. */
async function open(cells: readonly string[], at: 'first' | 'last', options: DatasetOptions = {}) {
  const quoted = (cell: string): string => (cell.includes(',') ? `"${cell}"` : cell)
  const [odd = '', ...usual] = cells.map((cell, i) => `${quoted(cell)},${i % 2 === 0 ? 'zero' : quoted(cell)}\n`)
  const rows = at === 'first' ? [odd, ...usual] : [...usual, odd]
  return dataset(await temporaryFile('cells.csv', `v,w\n${rows.join('')}`), { name: 'cells', ...options })
}

const verdict = async (check: Check) => {
  const [{ status, measured, counts, message } = { status: 'none' }] = await evaluate(check)
  return { status, measured, counts, message }
}

test.each(columns.flatMap(([usual, odd, again]) => Object.keys(asked).map((name) => ({ usual, odd, again, name }))))(
  '$name where one cell is $odd and one $again: where it stands changes nothing',
  async ({ usual, odd, again, name }) => {
    const cells = [odd, again, ...Array.from({ length: ROWS }, (_, i) => usual(i))]
    const [first, last] = [await open(cells, 'first'), await open(cells, 'last')]
    const ask = asked[name] as (data: Dataset, other: Dataset) => Check
    const early = await verdict(ask(first, last))
    expect(early.status).not.toBe('error')
    expect(await verdict(ask(last, first))).toEqual(early)
    expect(await verdict(ask(last, last))).toEqual(await verdict(ask(first, first)))
  },
)

test('what somebody said of a column stays said: a cell that is not of that type fails, wherever it stands', async () => {
  const cells = ['x', ...Array.from({ length: ROWS }, (_, i) => String(i))]
  for (const at of ['first', 'last'] as const) {
    const data = await open(cells, at, { types: { v: 'integer' } })
    const results = await evaluate([uniqueKey(data, 'v'), distinctCountBetween(data.column('v'), { min: 1 })])
    expect(results.map((result) => [result.status, rowsOf(result)?.rowNumbers])).toEqual(
      Array.from({ length: 2 }, () => ['fail', [at === 'first' ? 1 : ROWS + 1]]),
    )
  }
})

test('a cell that is neither a whole number nor a day breaks a sequence by itself, wherever it stands', async () => {
  for (const odd of ['x', '2.5', '1.0'])
    for (const at of ['first', 'last'] as const) {
      const data = await open([odd, ...Array.from({ length: ROWS }, (_, i) => String(i))], at)
      const [result] = await evaluate(valuesSequential(data.column('v')))
      expect([odd, result?.status, result?.counts?.failed, rowsOf(result)?.rowNumbers]).toEqual([
        odd,
        'fail',
        1,
        [at === 'first' ? 1 : ROWS + 1],
      ])
    }
})
