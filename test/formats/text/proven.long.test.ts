import fc from 'fast-check'
import { mkdtempSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import {
  evaluate,
  noMissing,
  uniqueKey,
  valueLengthBetween,
  valuesBetween,
  valuesIn,
  valuesMatching,
  valuesOfType,
} from '../../../src/checks/index.ts'
import { profile } from '../../../src/profile/profile.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import type { DatasetOptions } from '../../../src/dataset/datasetOptions.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { raw, sql } from '../../../src/sql/sql.ts'
import { temporaryFolder } from '../../helpers/files.ts'

const SEED = 20_261_127
const ROWS = 20_000

const folder = temporaryFolder()
afterEach(() => vi.unstubAllGlobals())

const pad = (value: number): string => String(value).padStart(2, '0')

/** Cells as every form has them, and some that are missing. */
function rowOf(i: number): string[] {
  const day = new Date(Date.UTC(1900, 0, 1 + ((i * 7) % 70_000))).toISOString().slice(0, 10)
  const time = `${pad(i % 24)}:${pad(i % 60)}:${pad((i * 7) % 60)}`
  return [
    String(i),
    String((i * 7919 - 50_000_000) * (i % 2 ? 1 : 1_000_003)),
    i % 5 ? String(i % 3) : '',
    String(((i % 1000) - 500) / 7),
    String(i % 11 ? (i - 1000) / 64 : 1 / (i + 3) ** 4),
    day,
    `${day} ${time}`,
    i % 2 ? 'true' : 'false',
    `text ${'x'.repeat(i % 50)}`,
    day,
  ]
}
const names = ['id', 'whole', 'few', 'ratio', 'number', 'day', 'at', 'flag', 'text', 'last']

const odd = [
  ['', ' 5', '5 ', '+5', '-0', '-', '007', '-07', '1_000', '1e5', '1e-05', '1E5', '5.', '.5', '1.5', '1..5', '-1.25'],
  ['1234567890123456789', '123456789012345678', '-123456789012345678', '1'.repeat(31), '1'.repeat(32), '1'.repeat(70)],
  ['2024-02-29', '2023-02-29', '1900-02-29', '2000-02-29', '2021-04-31', '2021-12-31', '2021-13-01', '2021-00-10'],
  ['0000-01-01', '10000-01-01', '2021-1-1', '2021-01-01T00:00:00', '2021-01-01 24:00:00', '2021-01-01 23:59:60'],
  ['2021-01-01 00:00:00.5', '2021-01-01 23:59:59', '2021-02-30 10:00:00', 'TRUE', 'True', 'false ', 't', '1', '0'],
  ['NaN', 'Infinity', 'NA', 'x', '"5"', '""', '"-7"', '"a""b"', '"a,b"', '"2020-01-01"', '"2020-01-01 10:00:00"'],
  ['"true"', '"two\nlines"', '""""', "'5'", '5\u00a0', '\u0665', '\u0000', '1,5', 'a"b', '"a"b', '\\N', '-5', '12'],
].flat()

/** The same file, with its forms proven and with every cell cast and proven by the engine. */
async function both(content: string, options: DatasetOptions, of: (source: string) => Promise<readonly unknown[]>) {
  const sides = ['proven', 'cast'].map((side) => path.join(mkdtempSync(path.join(folder, side)), 'data.csv'))
  const answers: (readonly string[])[] = []
  let proven = 0
  for (const [i, source] of sides.entries()) {
    writeFileSync(source, content)
    vi.stubGlobal('WebAssembly', i === 0 ? WebAssembly : undefined)
    const relation = await relationOf(dataset(source, options))
    const count = relation.columns.filter((column) => column.proven !== undefined).length
    if (i === 0) proven = count
    else expect(count).toBe(0)
    answers.push((await of(source)).map((answer) => shown(answer).replaceAll(path.dirname(source), 'FOLDER')))
    vi.unstubAllGlobals()
  }
  const [first = [], second] = answers
  first.forEach((answer, i) => expect(answer).toBe(second?.[i]))
  return proven
}

/** An answer without what goes by the file's place, by time or by how it was asked. */
const shown = (answer: unknown): string =>
  JSON.stringify(answer, (key, value: unknown) => {
    if (['sql', 'ms', 'id', 'trend', 'source'].includes(key)) return undefined
    return typeof value === 'bigint' ? `${value}n` : value
  }) ?? ''

async function judged(source: string, options: DatasetOptions): Promise<readonly unknown[]> {
  const data = dataset(source, options)
  const checks = [
    uniqueKey(data, ['id']),
    uniqueKey(data, ['day', 'few']),
    ...names.flatMap((name) => [
      noMissing(data.column(name)),
      valuesMatching(data.column(name), /^[^x]*$/),
      valueLengthBetween(data.column(name), { min: 1, max: 12 }),
      uniqueKey(data, [name]),
      valuesOfType(data.column(name), 'integer'),
      valuesOfType(data.column(name), 'number'),
      valuesOfType(data.column(name), 'date'),
      valuesOfType(data.column(name), 'timestamp'),
      valuesOfType(data.column(name), 'boolean'),
      valuesOfType(data.column(name), 'string'),
    ]),
    ...['id', 'whole', 'few', 'ratio', 'number'].flatMap((name) => [
      valuesBetween(data.column(name), { min: -0.25, max: 123_456_789_012_345_678n }),
      valuesIn(data.column(name), [0, 1, 2, 5]),
    ]),
    valuesIn(data.column('flag'), [true]),
  ]
  const results = await evaluate(checks)
  const rows = await data.rows().catch((error: Error) => [error.message])
  return [...results, ...rows.slice(0, 20), ...rows.slice(-20), await profile(data)]
}

test(`what is proven of a file beforehand changes no answer, wherever a cell is written otherwise (seed ${SEED})`, async () => {
  let proven = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(ROWS - 1), fc.nat(names.length - 1), fc.constantFrom(...odd)), { maxLength: 5 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom<DatasetOptions>({}, {}, { missing: ['', 'NA'] }, { missing: ['NA'] }, { missing: ['', '0'] }),
      async (changes, lineEnd, ended, blank, options) => {
        const rows = Array.from({ length: ROWS }, (_, i) => rowOf(i))
        for (const [row, column, cell] of changes) (rows[row] as string[])[column] = cell
        const lines = [names, ...rows].map((cells) => cells.join(','))
        if (blank) lines.splice(15_000, 0, '')
        const content = lines.join(lineEnd) + (ended ? lineEnd : '')
        const all = { malformed: 'warn' as const, ...options }
        proven += await both(content, all, (source) => judged(source, all))
      },
    ),
    { seed: SEED, numRuns: 5, endOnFailure: true },
  )
  expect(proven).toBeGreaterThan(15)
}, 600_000)

test('of a file that is written anew under a reader the change is told, whatever its cells are by then', async () => {
  const rows = Array.from({ length: ROWS }, (_, i) => rowOf(i).join(','))
  const proven = await both([names.join(','), ...rows].join('\n'), {}, async (source) => {
    const relation = await relationOf(dataset(source))
    writeFileSync(source, [names.join(','), ...rows.map((row) => `x${row}`)].join('\n'))
    const query = sql`select sum(id), max(day) from ${relation.from}`
    return [await relation.engine.query(query).catch((error: Error) => error.message)]
  })
  expect(proven).toBe(names.length - 1)
})

test('files of one dataset are read as types where all of them are proven', async () => {
  const own = mkdtempSync(path.join(folder, 'several'))
  const lines = Array.from({ length: ROWS }, (_, i) => rowOf(i).join(','))
  for (const [i, last] of ['', `${lines[0]?.replace('0', '+0')}\n`].entries())
    writeFileSync(path.join(own, `${i}.csv`), `${names.join(',')}\n${lines.join('\n')}\n${last}`)
  const relation = await relationOf(dataset(path.join(own, '*.csv')))
  const proven = Object.fromEntries(relation.columns.map(({ name, proven: by }) => [name, by]))
  expect(proven).toMatchObject({ id: undefined, whole: 'value', ratio: 'text', day: 'value', text: undefined })
  const cells = sql`count(id), count(${raw('"id\u{1}text"')}), sum(whole), max("day\u{1}text")`
  expect(await relation.engine.query(sql`select ${cells} from ${relation.from}`)).toMatchObject([
    [40_001n, 40_001n, expect.anything(), '2091-08-20'],
  ])
})

test.each<readonly [string, string, DatasetOptions]>([
  ['', 'whole', { missing: ['NA'] }],
  ['', 'number', { missing: ['NA'] }],
  ['7919', 'whole', { missing: ['', '7919'] }],
  ['-0', 'whole', {}],
  ['2023-02-29', 'day', {}],
])('a last cell %o of %s is what it is with %o', async (cell, name, options) => {
  const rows = Array.from({ length: ROWS }, (_, i) => rowOf(i))
  ;(rows.at(-1) as string[])[names.indexOf(name)] = cell
  const content = [names, ...rows].map((cells) => cells.join(',')).join('\n')
  const proven = await both(content, options, async (source) => {
    const column = dataset(source, options).column(name)
    return evaluate([noMissing(column), uniqueKey(column.dataset, [name]), valueLengthBetween(column, { min: 1 })])
  })
  expect(proven).toBeGreaterThan(2)
})
