import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, valuesIncreasing, valuesSequential, type MonotoneOptions } from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { blockOf } from '../../src/results/blocks/index.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { temporaryFile } from '../helpers/files.ts'

const rowsOf = (result: CheckResult | undefined) => result && blockOf(result, 'rows')

const counts = async (data: Dataset, options?: MonotoneOptions) => {
  const [result] = await evaluate(valuesIncreasing(data.column('v'), options))
  return { status: result?.status, ...result?.counts, rows: rowsOf(result)?.rowNumbers }
}

interface Row {
  readonly v: number | null
  readonly k: number | null
}

/** The same in plain JavaScript: each place of the order is compared with the greatest value of the one before. */
function naive(rows: readonly Row[], strictly: boolean): { missing: number; failed: number } {
  const placed = rows.filter((row): row is { v: number; k: number } => row.v !== null && row.k !== null)
  const places = [...new Set(placed.map(({ k }) => k))].sort((a, b) => a - b)
  let failed = 0
  for (const [i, place] of places.entries()) {
    if (i === 0) continue
    const before = Math.max(...placed.filter(({ k }) => k === places[i - 1]).map(({ v }) => v))
    for (const { v } of placed.filter(({ k }) => k === place)) if (strictly ? v <= before : v < before) failed++
  }
  return { missing: rows.length - placed.length, failed }
}

test('values in the order of a column are judged as plain JavaScript judges them, ties and missing ones too', async () => {
  const cell = fc.option(fc.integer({ min: 0, max: 5 }), { nil: null, freq: 5 })
  const table = fc.array(fc.record({ v: cell, k: cell }), { minLength: 1, maxLength: 12 })
  const samples = fc.sample(fc.tuple(table, fc.boolean()), { numRuns: 30, seed: 11 })
  for (const [rows, strictly] of samples) {
    const wanted = naive(rows, strictly)
    if (wanted.missing === rows.length || rows.every(({ v }) => v === null) || rows.every(({ k }) => k === null))
      continue
    const { missing, failed } = (await counts(dataset(rows), { by: 'k', strictly })) as never
    expect({ missing, failed }, JSON.stringify([rows, strictly])).toEqual(wanted)
  }
})

test('without a column the rows stand in the order of their source, and missing values are passed over', async () => {
  const rows = dataset([3, null, 2, 2, 5].map((v) => ({ v })))
  expect(await counts(rows)).toMatchObject({ status: 'fail', missing: 1, tested: 4, failed: 1, rows: [3] })
  expect(await counts(rows, { strictly: true })).toMatchObject({ failed: 2, rows: [3, 4] })
  expect(await counts(rows, { mostly: 0.75 })).toMatchObject({ status: 'pass' })
  expect(await counts(dataset([{ v: null }, { v: 1 }]).where({ v: 9 }))).toMatchObject({ status: 'vacuous' })
})

test('what is no number fails and nothing is compared with it', async () => {
  const rows = dataset([1.5, Infinity, 2.5, Number.NaN, 2].map((v) => ({ v })))
  expect(await counts(rows)).toMatchObject({ status: 'fail', tested: 5, failed: 3, rows: [2, 4, 5] })
  const many = Array.from({ length: 6000 }, (_, i) => String(i))
  const file = dataset(await temporaryFile('v.csv', `v\n${[...many, 'x', '5999.5', '7'].join('\n')}\n`))
  expect(await counts(file)).toMatchObject({ status: 'fail', tested: 6003, failed: 2, rows: [6001, 6003] })
})

test('what is no number gives no place in the order: it fails, as in a text file', async () => {
  const places = [2.5, Number.NaN, Infinity, 1.5, Number.NaN, -Infinity]
  const rows = dataset(places.map((k, i) => ({ v: i, k })))
  const file = dataset(await temporaryFile('k.csv', `v,k\n${places.map((k, i) => `${i},${k}\n`).join('')}`), {
    types: { k: 'number' },
  })
  for (const data of [rows, file])
    expect(await counts(data, { by: 'k' })).toMatchObject({ tested: 6, failed: 5, rows: [1, 2, 3, 5, 6] })
})

test('text has no order here, and a column that is not there is named', async () => {
  const rows = dataset([{ v: 'a', k: 1 }])
  expect(await counts(rows)).toMatchObject({ status: 'error' })
  const [result] = await evaluate(valuesIncreasing(dataset([{ v: 1, key: 1 }]).column('v'), { by: 'kye' }))
  expect(result).toMatchObject({ status: 'error', message: expect.stringMatching(/did you mean "key"\?/) })
})

test('differences of integers of any width are told, and none overflows', async () => {
  const edge = 9223372036854775807n
  const columns: readonly (readonly [ArrayLike<unknown>, number, number])[] = [
    [new Uint8Array([0, 255, 0, 1]), 1, 2],
    [new Uint16Array([3, 2, 1, 1]), -1, 1],
    [new Uint32Array([3, 2, 1]), -1, 0],
    [new BigUint64Array([18446744073709551615n, 0n, 1n]), 1, 1],
    [new Int8Array([-128, 127, -128]), -1, 2],
    [new Int32Array([-2147483648, 2147483647, -2147483648]), 1, 2],
    [[-edge - 1n, edge, -edge - 1n, -edge], 1, 2],
    [[edge - 2n, edge - 1n, edge], 1, 0],
  ]
  const texts = columns.map(([values]) => Array.from(values, String))
  const wide = [2n ** 127n - 1n, -(2n ** 127n), -(2n ** 127n) + 1n, 2n ** 127n - 1n].map(String)
  for (const [cells, step, failed] of [
    ...texts.map((list, i) => [list, ...columns[i]!.slice(1)] as const),
    [wide, 1, 2] as const,
  ]) {
    const file = dataset(await temporaryFile('v.csv', `v,w\n${cells.map((cell) => `${cell},1\n`).join('')}`))
    const memory = columns[texts.indexOf(cells as string[])]?.[0]
    for (const data of memory ? [file, dataset({ v: memory as never })] : [file]) {
      const [result] = await evaluate(valuesSequential(data.column('v'), { step: step as number }))
      expect([cells, result?.status, result?.counts?.failed]).toEqual([cells, failed === 0 ? 'pass' : 'fail', failed])
    }
  }
})

test('a cell that is no whole number fails wherever it stands', async () => {
  const many = Array.from({ length: 5200 }, (_, i) => String(i + 100))
  for (const cell of ['x', '2.5', '1.0', '1e0'])
    for (const cells of [
      [cell, ...many],
      [...many, cell],
      ['1', '2', cell],
    ]) {
      const file = dataset(await temporaryFile('v.csv', `v,w\n${cells.map((one) => `${one},1\n`).join('')}`))
      const [result] = await evaluate(valuesSequential(file.column('v')))
      expect([cell, result?.status, result?.counts?.failed, rowsOf(result)?.rowNumbers]).toEqual([
        cell,
        'fail',
        1,
        [cells.indexOf(cell) + 1],
      ])
    }
  const fractions = dataset(await temporaryFile('v.csv', 'v,w\n1.5,1\n2.5,1\n'))
  const [result] = await evaluate(valuesSequential(fractions.column('v')))
  expect(result).toMatchObject({ status: 'error', message: expect.stringMatching(/neither whole numbers nor days/) })
})

test('the column that orders the rows may hold fractions behind integers', async () => {
  const places = [...Array.from({ length: 5200 }, (_, i) => String(i)), '5200.5', '5201']
  for (const [values, failed] of [
    [places.map((_, i) => i), 0],
    [places.map((_, i) => (i === 5200 ? 0 : i)), 1],
  ] as const) {
    const cells = places.map((place, i) => `${values[i]},${place}\n`).join('')
    const file = dataset(await temporaryFile('v.csv', `v,k\n${cells}`))
    expect(await counts(file, { by: 'k' })).toMatchObject({ tested: 5202, failed })
  }
})
