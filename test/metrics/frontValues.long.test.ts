import { expect, test } from 'vitest'
import {
  type Check,
  evaluate,
  noMissing,
  uniqueKey,
  valueLengthBetween,
  valuesIn,
  valuesMatching,
  valuesNotIn,
} from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { temporaryFile } from '../helpers/files.ts'
import { queriesOf } from '../helpers/queries.ts'

const ROWS = 100_500
const words = ['new', 'paid', null, 'NÄW', 'a\u{1F600}b', "it's", '$1', 'a,"b"']

/** Few texts throughout; some only behind the front, and as many as rows there; many from the start; one; none. */
const rows = Array.from({ length: ROWS }, (_, i) => ({
  id: `k${i}`,
  status: words[(i * 7919) % words.length] ?? null,
  rare: i % 50_000 === 49_999 ? 'seldom' : i % 3 === 0 ? 'often' : 'paid',
  late: i < 90_000 ? 'same' : i % 7 === 0 ? null : `value ${i}`,
  many: `value ${(i * 31) % 5000}`,
  one: 'x',
  none: i === ROWS - 1 ? 'at last' : null,
}))
type Name = Exclude<keyof (typeof rows)[number], 'id'>
const names = ['status', 'rare', 'late', 'many', 'one', 'none'] as const satisfies readonly Name[]
const written = (text: string | null): string => (text === null ? '' : `"${text.replaceAll('"', '""')}"`)
const text = [
  ['id', ...names].join(),
  ...rows.map((row) => [row.id, ...names.map((name) => written(row[name]))].join()),
].join('\n')

const set = new Set(['new', 'paid', 'same', 'value 7', 'x', 'often', 'a,"b"'])
/** Each check, and by hand whether a text fails it. */
const asked: readonly (readonly [
  string,
  (column: ReturnType<ReturnType<typeof dataset>['column']>) => Check,
  (text: string) => boolean,
])[] = [
  ['in', (column) => valuesIn(column, [...set], { mostly: 0.0001 }), (text) => !set.has(text)],
  ['not in', (column) => valuesNotIn(column, ['paid', 'seldom']), (text) => text === 'paid' || text === 'seldom'],
  ['pattern', (column) => valuesMatching(column, /^[a-z]+( \d+)?$/u), (text) => !/^[a-z]+( \d+)?$/u.test(text)],
  [
    'length',
    (column) => valueLengthBetween(column, { min: 2, max: 4 }),
    (text) => Array.from(text).length < 2 || Array.from(text).length > 4,
  ],
]

test('rows of a large text file are counted by the few texts of a column, and every count is that of all rows', async () => {
  const data = dataset(await temporaryFile('large.csv', text))
  const checks = names.flatMap((name) => [
    noMissing(data.column(name), { mostly: 0.0001 }),
    ...asked.map(([, check]) => check(data.column(name))),
  ])
  let results: Awaited<ReturnType<typeof evaluate>> = []
  const queries = await queriesOf(await relationOf(data), async () => {
    results = await evaluate([...checks, uniqueKey(data, ['id'])])
  })
  const counts = results.slice(0, -1).map((result) => result.counts)
  const expected = names.flatMap((name) => {
    const present = rows.flatMap((row) => row[name] ?? [])
    const missing = ROWS - present.length
    return [
      { rows: ROWS, missing: 0, tested: ROWS, failed: missing },
      ...asked.map(([, , fails]) => ({
        rows: ROWS,
        missing,
        tested: present.length,
        failed: present.filter(fails).length,
      })),
    ]
  })
  expect(counts).toEqual(expected)
  expect(results.at(-1)?.status).toBe('pass')
  // All in one scan, which looks for the places of four columns: one has many texts from the start, and one none at the front.
  const scans = queries.filter((query) => query.includes('histogram('))
  expect(scans.map((query) => query.split('list_position(').length - 1)).toEqual([4])
})
