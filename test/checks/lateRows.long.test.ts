import { expect, test } from 'vitest'
import { type Check, evaluate, noMissing, uniqueKey, valuesBetween, valuesMatching } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { Dataset } from '../../src/dataset/model.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { sql } from '../../src/sql/sql.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { temporaryFile } from '../helpers/files.ts'
import { queriesOf } from '../helpers/queries.ts'

/** More than are looked at first, of which nothing fails. */
const ROWS = 45_000
const LATE = 21_000
const HALF = 22_000

interface Row {
  readonly id: number
  /** Called like what a query may call its own columns. */
  readonly slice_0: string
  readonly c0: number | null
  readonly b0: number
  readonly half: number
}

/** Texts that are hostile to SQL, to JSON and to terminals, and begin with a byte order mark. */
const texts = ["' or 1=1 --", '"]}', '\u{1}\\', '\uFEFFmark', '😀', 'É']

const rows: readonly Row[] = Array.from({ length: ROWS }, (_, i) => ({
  id: i === ROWS - 1 ? 30_000 : i,
  slice_0: i >= LATE && i % 97 === 0 ? (texts[i % texts.length] as string) : 'good',
  c0: i > 44_990 ? null : i % 7,
  b0: i === 43_210 ? -1 : 1,
  half: i > LATE ? -(i % 3) - 1 : 1,
}))

interface Question {
  readonly ask: (data: Dataset) => Check
  readonly breaks: (row: Row) => boolean
  readonly cell: (row: Row) => string | number | null
}

const questions: Readonly<Record<string, Question>> = {
  'a pattern': {
    ask: (data) => valuesMatching(data.column('slice_0'), /^[a-z]+$/),
    breaks: ({ slice_0: text }) => text !== 'good',
    cell: ({ slice_0: text }) => text,
  },
  'missing values': { ask: (data) => noMissing(data.column('c0')), breaks: ({ c0 }) => c0 === null, cell: () => null },
  'one row': {
    ask: (data) => valuesBetween(data.column('b0'), { min: 0 }),
    breaks: ({ b0 }) => b0 < 0,
    cell: ({ b0 }) => b0,
  },
  'more rows than are held': {
    ask: (data) => valuesBetween(data.column('half'), { min: 0 }),
    breaks: ({ half }) => half < 0,
    cell: ({ half }) => half,
  },
  'a key': { ask: (data) => uniqueKey(data, ['id']), breaks: ({ id }) => id === 30_000, cell: ({ id }) => id },
}

/** What a plain loop finds: the first twenty rows that fail, and the commonest values of the first two hundred. */
function plain(some: readonly Row[], { breaks, cell }: Question, placeOf: (row: Row) => number) {
  const failing = some.filter(breaks)
  if (failing.length === 0) return {}
  const first = failing.slice(0, 200)
  const counts = new Map<string | null, number>()
  for (const row of first) {
    const value = cell(row)
    const shown = value === null ? null : String(value)
    counts.set(shown, (counts.get(shown) ?? 0) + 1)
  }
  const order = (value: string | null): string => JSON.stringify([value])
  const ranked = [...counts].toSorted(([a, n], [b, m]) => m - n || (order(a) < order(b) ? -1 : 1))
  const values = ranked.slice(0, 8).map(([value, count]) => ({ cells: [value], count }))
  const shown = failing.slice(0, 20)
  return {
    total: failing.length,
    rowNumbers: shown.map(placeOf),
    cells: shown.map((row) => String(row.id)),
    ...(failing.length > 20 ? { values } : {}),
    ...(failing.length > 200 ? { counted: 200 } : {}),
  }
}

const quoted = (value: string | number | null): string =>
  typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value ?? '')
const csv = (some: readonly Row[]): string =>
  [
    'id,slice_0,c0,b0,half',
    ...some.map((row) => [row.id, row.slice_0, row.c0, row.b0, row.half].map(quoted).join()),
    '',
  ].join('\n')

const sources: Readonly<Record<string, () => Promise<Dataset>>> = {
  'a Parquet file': async () => {
    const file = await temporaryFile('rows.csv', csv(rows))
    const { engine, from } = await relationOf(dataset(file))
    const path = file.replace(/csv$/, 'parquet')
    await engine.query(
      sql`copy (select id, slice_0, c0, b0, half from ${from}) to ${path} (format parquet, row_group_size 4096)`,
    )
    return dataset(path, { key: 'id' })
  },
  'two text files': async () =>
    dataset(
      [await temporaryFile('a.csv', csv(rows.slice(0, HALF))), await temporaryFile('b.csv', csv(rows.slice(HALF)))],
      {
        key: 'id',
      },
    ),
  records: async () =>
    dataset(
      rows.map((row) => ({ ...row })),
      { key: 'id' },
    ),
}

const slices: Readonly<Record<string, readonly [(data: Dataset) => Dataset, (row: Row) => boolean]>> = {
  'all rows': [(data) => data, () => true],
  'rows that a condition chooses': [(data) => data.where(sql`half % 2 <> 0`), ({ half }) => half % 2 !== 0],
}

test.each(Object.entries(sources))(
  'rows of %s that fail late are those that a plain loop finds, read by two scans at most beside those that count',
  async (source, open) => {
    const data = await open()
    const relation = await relationOf(data)
    const placeOf = (row: Row): number => {
      const at = rows.indexOf(row)
      return source === 'two text files' && at >= HALF ? at - HALF + 1 : at + 1
    }
    for (const [slice, [cut, keeps]] of Object.entries(slices)) {
      const asked = Object.entries(questions)
      const part = cut(data)
      let results: Awaited<ReturnType<typeof evaluate>> = []
      const queries = await queriesOf(relation, async () => {
        results = await evaluate(asked.map(([, { ask }]) => ask(part)))
      })
      for (const [i, [name, question]] of asked.entries()) {
        const about = `${name} of ${slice}`
        const { total, rowNumbers, values, counted, rows: shown } = rowsOf(results[i]) ?? {}
        const told = { total, rowNumbers, cells: shown?.map(([id]) => id), values, counted }
        expect([about, JSON.parse(JSON.stringify(told))]).toEqual([about, plain(rows.filter(keeps), question, placeOf)])
      }
      const made = queries.filter((text) => text.includes('create temp table "assay_failing_'))
      expect([slice, made.length]).toEqual([slice, 1])
      expect(queries.filter((text) => text.startsWith('drop') && text.includes('"assay_failing_'))).toHaveLength(1)
    }
  },
)
