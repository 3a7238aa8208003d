import { expect, test } from 'vitest'
import {
  type Check,
  columnsAscending,
  evaluate,
  noMissing,
  valuesBetween,
  valuesIn,
  valuesMatching,
} from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { Dataset } from '../../src/dataset/model.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { sql } from '../../src/sql/sql.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { temporaryFile } from '../helpers/files.ts'

/** Rows of a source that are looked at first. */
const FIRST = 20_000
/** Rows of the first of two files. */
const HALF = 1500

interface Row {
  readonly id: number
  readonly a: number | null
  readonly b: number
  readonly text: string | null
  readonly late: number
}

/** Texts that tie in how often they come, that are hostile to SQL and to terminals, and missing ones. */
const texts = ["' or 1=1 --", 'é', 'E', '\u{1}', 'good', 'ok', null, '😀']

function rowsWith(seed: number): readonly Row[] {
  let state = seed
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  return Array.from({ length: 25_000 }, (_, id) => ({
    id,
    a: next(10) === 0 ? null : next(12),
    b: next(12),
    text: id < 16_000 ? (texts[id % texts.length] as string | null) : (texts[next(texts.length)] as string | null),
    late: id > 19_990 ? 1 : 0,
  }))
}

interface Question {
  readonly ask: (data: Dataset) => Check
  readonly breaks: (row: Row) => boolean
  readonly cells: (row: Row) => readonly (string | number | null)[]
}

const questions: Readonly<Record<string, Question>> = {
  'a list of values': {
    ask: (data) => valuesIn(data.column('text'), ['good', 'ok']),
    breaks: ({ text }) => text !== null && !['good', 'ok'].includes(text),
    cells: ({ text }) => [text],
  },
  'a pattern': {
    ask: (data) => valuesMatching(data.column('text'), /^[a-z]+$/),
    breaks: ({ text }) => text !== null && !/^[a-z]+$/.test(text),
    cells: ({ text }) => [text],
  },
  'missing values': {
    ask: (data) => noMissing(data.column('a')),
    breaks: ({ a }) => a === null,
    cells: ({ a }) => [a],
  },
  limits: {
    ask: (data) => valuesBetween(data.column('b'), { max: 3 }),
    breaks: ({ b }) => b > 3,
    cells: ({ b }) => [b],
  },
  'two columns in order': {
    ask: (data) => columnsAscending(data, ['a', 'b']),
    breaks: ({ a, b }) => a !== null && a > b,
    cells: ({ a, b }) => [a, b],
  },
  'what comes late': {
    ask: (data) => valuesBetween(data.column('late'), { max: 0 }),
    breaks: ({ late }) => late > 0,
    cells: ({ late }) => [late],
  },
}

/** What a plain loop finds among the first rows: the first twenty that fail, and their eight commonest values. */
function plain(rows: readonly Row[], { breaks, cells }: Question, source: string) {
  const total = rows.filter(breaks).length
  const numbers = rows.flatMap((row) => (breaks(row) ? [placeOf(row, source)] : [])).slice(0, 20)
  const first = rows.filter((row) => row.id < FIRST && breaks(row))
  if (first.length < Math.min(20, total)) return { rowNumbers: numbers, total }
  const groups = new Map<string, { readonly cells: readonly (string | null)[]; count: number }>()
  for (const row of first) {
    const shown = cells(row).map((cell) => (cell === null ? null : String(cell)))
    const key = JSON.stringify(shown)
    const group = groups.get(key) ?? { cells: shown, count: 0 }
    groups.set(key, { ...group, count: group.count + 1 })
  }
  const values = [...groups.values()].toSorted((x, y) => y.count - x.count || order(x.cells, y.cells)).slice(0, 8)
  return { rowNumbers: numbers, total, values, counted: first.length < total ? first.length : undefined }
}

const placeOf = ({ id }: Row, source: string): number =>
  source === 'two text files' && id >= HALF ? id - HALF + 1 : id + 1

/** As bytes, what is missing last. */
function order(x: readonly (string | null)[], y: readonly (string | null)[]): number {
  const at = x.findIndex((cell, i) => cell !== y[i])
  const [a = null, b = null] = [x[at], y[at]]
  return a === null || b === null ? (a === null ? 1 : -1) : Buffer.compare(Buffer.from(a), Buffer.from(b))
}

const csv = (rows: readonly Row[]): string =>
  ['id,a,b,text,late', ...rows.map(({ id, a, b, text, late }) => [id, a, b, text, late].join()), ''].join('\n')

const sources: Readonly<Record<string, (rows: readonly Row[]) => Promise<Dataset>>> = {
  'a Parquet file': async (rows) => {
    const file = await temporaryFile('rows.csv', csv(rows))
    const { engine, from } = await relationOf(dataset(file))
    const path = file.replace(/csv$/, 'parquet')
    await engine.query(sql`copy (select id, a, b, text, late from ${from}) to ${path} (format parquet)`)
    return dataset(path)
  },
  'two text files': async (rows) =>
    dataset([
      await temporaryFile('a.csv', csv(rows.slice(0, HALF))),
      await temporaryFile('b.csv', csv(rows.slice(HALF))),
    ]),
  records: async (rows) => dataset(rows.map((row) => ({ ...row }))),
}

const slices: Readonly<Record<string, readonly [(data: Dataset) => Dataset, (row: Row) => boolean]>> = {
  'all rows': [(data) => data, () => true],
  'rows that a value chooses': [(data) => data.where({ b: [1, 5, 7, 11] }), ({ b }) => [1, 5, 7, 11].includes(b)],
  'rows that a condition chooses': [(data) => data.where(sql`id % 3 = 0`), ({ id }) => id % 3 === 0],
}

test.each(Object.entries(sources))(
  'what fails first in %s, and how often each value does, is what a plain loop finds',
  async (source, open) => {
    const rows = rowsWith(Object.keys(sources).indexOf(source) + 1)
    const data = await open(rows)
    for (const [slice, [cut, keeps]] of Object.entries(slices)) {
      const results = await evaluate(Object.values(questions).map(({ ask }) => ask(cut(data))))
      for (const [i, [name, question]] of Object.entries(questions).entries()) {
        const sample = rowsOf(results[i])
        const about = `${name} of ${slice}`
        expect([about, sample]).toMatchObject([about, plain(rows.filter(keeps), question, source)])
      }
    }
  },
)
