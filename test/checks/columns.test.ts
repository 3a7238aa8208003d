import { expect, test } from 'vitest'
import { columnsAscending, columnsEqual, evaluate } from '../../src/checks/index.ts'
import type { Check } from '../../src/checks/check.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { blockOf } from '../../src/results/blocks/index.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { temporaryFile } from '../helpers/files.ts'

const rowsOf = (result: CheckResult | undefined) => result && blockOf(result, 'rows')

const rows = dataset(
  [
    { a: 1, b: 1 },
    { a: 1, b: 2 },
    { a: 2, b: 1 },
    { a: 1, b: null },
    { a: null, b: null },
  ],
  { name: 'rows' },
)
const counts = async (check: Check) => {
  const [result] = await evaluate(check)
  const { missing, tested, failed } = result?.counts ?? {}
  return [result?.status, missing, tested, failed, rowsOf(result)?.rowNumbers]
}

test('rows with a missing value are left out where any, all or none of their values may be missing', async () => {
  expect(await counts(columnsEqual(rows, ['a', 'b']))).toEqual(['fail', 2, 3, 2, [2, 3]])
  expect(await counts(columnsEqual(rows, ['a', 'b'], { missing: 'any' }))).toEqual(['fail', 2, 3, 2, [2, 3]])
  expect(await counts(columnsEqual(rows, ['a', 'b'], { missing: 'all' }))).toEqual(['fail', 1, 4, 3, [2, 3, 4]])
  expect(await counts(columnsEqual(rows, ['a', 'b'], { missing: 'never' }))).toEqual(['fail', 0, 5, 4, [2, 3, 4, 5]])
  expect(await counts(columnsAscending(rows, ['a', 'b']))).toEqual(['fail', 2, 3, 1, [3]])
  expect(await counts(columnsAscending(rows, ['a', 'b'], { strictly: true }))).toEqual(['fail', 2, 3, 2, [1, 3]])
  expect(await counts(columnsAscending(rows, ['a', 'b'], { mostly: 0.6 }))).toEqual(['pass', 2, 3, 1, undefined])
})

test('values are compared as values: numbers with numbers of other types, text exactly, times with times', async () => {
  const mixed = dataset([{ i: 1, f: 1, t: 'a', u: 'A', d: new Date('2026-01-01'), e: new Date('2026-01-02') }])
  expect(await evaluate([columnsEqual(mixed, ['i', 'f']), columnsEqual(mixed, ['t', 'u'])])).toMatchObject([
    { status: 'pass' },
    { status: 'fail' },
  ])
  expect(await evaluate([columnsAscending(mixed, ['d', 'e']), columnsAscending(mixed, ['e', 'd'])])).toMatchObject([
    { status: 'pass' },
    { status: 'fail' },
  ])
  const wrong = await evaluate([columnsAscending(mixed, ['i', 'd']), columnsAscending(mixed, ['t', 'u'])])
  expect(wrong.map(({ status, message }) => [status, message])).toEqual([
    ['error', expect.stringMatching(/"d" holds .* values .*, not numbers/)],
    ['error', expect.stringMatching(/"t" holds string values .*, neither numbers nor times/)],
  ])
})

test('a cell of a text file that is not of its type is tested and fails, and infinities are in no order', async () => {
  const lines = ['a,b', '1,1', '2,x', ',3', '4,5']
  const many = Array.from({ length: 6000 }, (_, i) => `${i},${i}`)
  const file = dataset(await temporaryFile('ab.csv', [...lines.slice(0, 2), ...many, ...lines.slice(2)].join('\n')))
  const [result] = await evaluate(columnsEqual(file, ['a', 'b']))
  expect(result).toMatchObject({ status: 'fail', counts: { rows: 6004, missing: 1, tested: 6003, failed: 2 } })
  const fractions = dataset(await temporaryFile('f.csv', ['a,b', ...many, '9.5,9.5'].join('\n')))
  expect(await counts(columnsEqual(fractions, ['a', 'b']))).toEqual(['pass', 0, 6001, 0, undefined])
  const infinite = dataset([
    { a: 1.5, b: Infinity },
    { a: Number.NaN, b: 2.5 },
    { a: 0.5, b: 1.5 },
  ])
  expect(await counts(columnsAscending(infinite, ['a', 'b']))).toEqual(['fail', 0, 3, 2, [1, 2]])
})

test.for([
  [
    'days',
    [
      ['2026-01-01', '2026-01-02', '2026-01-02'],
      ['2026-01-05', '2026-01-04', '2026-01-06'],
    ],
  ],
  [
    'times with a zone',
    [
      ['2026-01-01T10:00:00Z', '2026-01-01T12:00:00+01:00', '2026-01-03T00:00:00Z'],
      ['2026-01-01T10:00:00Z', '2026-01-01T10:30:00+01:00', '2026-01-03T00:00:00Z'],
    ],
  ],
  [
    'numbers',
    [
      ['9', '10', '10.5'],
      ['9', '1', '100'],
    ],
  ],
] as const)('several columns of text are read as the %s they hold, whatever the source', async ([what, values]) => {
  const table = [...values, [values[0][0], null, values[0][2]]].map(([a, b, c], i) => ({ id: i + 1, a, b, c }))
  const sources = [
    dataset(table, { name: what }),
    dataset(await temporaryFile('rows.jsonl', table.map((row) => `${JSON.stringify(row)}\n`).join('')), { name: what }),
    dataset(await temporaryFile('rows.json', JSON.stringify(table)), { name: what }),
    dataset(
      await temporaryFile('rows.csv', `id,a,b,c\n${table.map((row) => Object.values(row).join(',')).join('\n')}\n`),
      {
        name: what,
        types: { a: 'string', b: 'string', c: 'string' },
      },
    ),
  ]
  for (const data of sources) {
    const [result] = await evaluate(columnsAscending(data, ['a', 'b', 'c']))
    expect(result).toMatchObject({ status: 'fail', counts: { rows: 3, missing: 1, tested: 2, failed: 1 } })
    expect(rowsOf(result)?.rows).toEqual([[...values[1], '2']])
  }
})
