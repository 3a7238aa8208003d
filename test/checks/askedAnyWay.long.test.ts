import { expect, test } from 'vitest'
import {
  type Check,
  columnsAscending,
  distinctCountBetween,
  evaluate,
  noMissing,
  sumBetween,
  uniqueKey,
  valuesBetween,
  valuesIn,
  valuesMatching,
} from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { Dataset } from '../../src/dataset/model.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { sql } from '../../src/sql/sql.ts'
import { seeded } from '../../src/stats/random.ts'
import { temporaryFile } from '../helpers/files.ts'

interface Row {
  readonly id: number
  readonly x: number | null
  readonly y: number
  readonly t: string | null
  readonly k: number
  readonly s: string | null
}

const hostile = ["' or 1=1 --", 'é', 'e\u0301', '\ufeffb', 'a"b', 'line\nbreak', 'a,b', '😀', 'NULL', '1e5', '{}']
const allowed = ['v0', 'v1', 'v2', 'NaN', '-0']

/** What is wrong begins anywhere, also just before and after the rows that are looked at first. */
function rowsOf(seed: string): readonly Row[] {
  const random = seeded(seed)
  const int = (below: number): number => Math.floor(random() * below)
  const pick = <T>(list: readonly T[]): T => list[int(list.length)] as T
  const n = pick([1, 700, 19_999, 20_000, 20_001, 20_021])
  const from = pick([0, n - 1, n - 21, 19_999, n >> 1])
  const [wrong, none] = [pick([0, 0.001, 0.5, 1]), pick([0, 0.3])]
  return Array.from({ length: n }, (_, id) => {
    const isWrong = id >= from && random() < wrong
    return {
      id,
      x: random() < none ? null : isWrong ? 1000 + int(5) : int(50),
      y: isWrong ? int(40) : 50 + int(60),
      t: random() < none ? null : isWrong ? pick(hostile) : pick(allowed),
      k: isWrong ? int(pick([3, 50, n])) : 2 * id,
      s: random() < none ? null : `k${isWrong ? int(n) : id}`,
    }
  })
}

interface Question {
  ask(data: Dataset): Check
  /** The rows that fail, of those it is asked of. */
  wrong?(rows: readonly Row[]): readonly Row[]
}

const repeated = (keyOf: (row: Row) => unknown) => (rows: readonly Row[]) => {
  const counts = new Map<unknown, number>()
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1)
  return rows.filter((row) => keyOf(row) !== null && (counts.get(keyOf(row)) as number) > 1)
}

const questions: readonly Question[] = [
  {
    ask: (d) => valuesBetween(d.column('x'), { max: 60 }),
    wrong: (all) => all.filter(({ x }) => x !== null && x > 60),
  },
  { ask: (d) => noMissing(d.column('t')), wrong: (all) => all.filter(({ t }) => t === null) },
  {
    ask: (d) => valuesIn(d.column('t'), allowed),
    wrong: (all) => all.filter(({ t }) => t !== null && !allowed.includes(t)),
  },
  {
    ask: (d) => valuesMatching(d.column('t'), /^v\d$/u),
    wrong: (all) => all.filter(({ t }) => t !== null && !/^v\d$/u.test(t)),
  },
  { ask: (d) => columnsAscending(d, ['x', 'y']), wrong: (all) => all.filter(({ x, y }) => x !== null && x > y) },
  { ask: (d) => uniqueKey(d, ['k']), wrong: repeated(({ k }) => k) },
  { ask: (d) => uniqueKey(d, ['s']), wrong: repeated(({ s }) => s) },
  {
    ask: (d) => uniqueKey(d, ['x', 't']),
    wrong: repeated(({ x, t }) => (x === null || t === null ? null : `${x} ${t}`)),
  },
  { ask: (d) => sumBetween(d.column('k'), { max: 1 }) },
  { ask: (d) => distinctCountBetween(d.column('t'), { max: 3 }) },
]

const csv = (rows: readonly Row[], lineEnd: string): string => {
  const cell = (value: string | number | null): string =>
    value === null
      ? ''
      : /[",\n]|^\ufeff/.test(String(value))
        ? `"${String(value).replaceAll('"', '""')}"`
        : String(value)
  return ['id,x,y,t,k,s', ...rows.map((row) => [row.id, row.x, row.y, row.t, row.k, row.s].map(cell).join()), ''].join(
    lineEnd,
  )
}

const types = { x: 'integer', t: 'string', s: 'string' } as const
const sources: Readonly<Record<string, (rows: readonly Row[]) => Promise<() => Dataset>>> = {
  'a text file': async (rows) => {
    const file = await temporaryFile('rows.csv', `\ufeff${csv(rows, '\r\n')}`)
    return () => dataset(file, { types })
  },
  'two text files': async (rows) => {
    const half = rows.length >> 1
    const files = [
      await temporaryFile('a.csv', csv(rows.slice(0, half), '\n')),
      await temporaryFile('b.csv', csv(rows.slice(half), '\r\n')),
    ]
    return () => dataset(files, { types })
  },
  'lines of JSON': async (rows) => {
    const file = await temporaryFile('rows.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))
    return () => dataset(file)
  },
  'a Parquet file': async (rows) => {
    const { engine, from } = await relationOf(dataset(rows.map((row) => ({ ...row }))))
    const file = await temporaryFile('rows.parquet', '')
    await engine.query(sql`copy (select * from ${from}) to ${file} (format parquet, row_group_size 2048)`)
    return () => dataset(file)
  },
  records: async (rows) => () => dataset(rows.map((row) => ({ ...row }))),
}

const slices: readonly (readonly [(data: Dataset) => Dataset, (row: Row) => boolean])[] = [
  [(data) => data, () => true],
  [(data) => data.where(sql`id % 7 = 3`), ({ id }) => id % 7 === 3],
]

/** All that a result says but what it took. */
const said = (results: readonly CheckResult[]): unknown =>
  results.map(({ ms: _, sql: _sql, scans: _scans, ...rest }) => rest)

const seeds = ['a']

test.each(Object.keys(sources).flatMap((source) => seeds.map((seed) => [source, seed] as const)))(
  '%s, rows %s: together, one after another, backwards, again or of two datasets at once, verdicts are those of a plain loop',
  async (source, seed) => {
    const rows = rowsOf(`${source} ${seed}`)
    const open = await (sources[source] as (typeof sources)[string])(rows)
    for (const [cut, keeps] of slices) {
      const checks = (data: Dataset): readonly Check[] => questions.map(({ ask }) => ask(cut(data)))
      const data = open()
      const together = await evaluate(checks(data))
      const forwards: CheckResult[] = []
      for (const check of checks(open())) forwards.push(...(await evaluate(check)))
      const backwards: CheckResult[] = []
      for (const check of checks(open()).toReversed()) backwards.unshift(...(await evaluate(check)))
      const twice = await evaluate([...checks(open()), ...checks(open())])
      const others = [forwards, backwards, await evaluate(checks(data)), twice.slice(0, 10), twice.slice(10)]
      for (const other of others) expect(said(other)).toEqual(said(together))
      const own = rows.filter(keeps)
      questions.forEach(({ wrong }, i) => {
        const failing = wrong?.(own)
        if (!failing || !together[i]?.counts) return
        expect([i, together[i]?.counts?.rows, together[i]?.counts?.failed]).toEqual([i, own.length, failing.length])
        const shown = together[i]?.evidence.find((block) => block.kind === 'rows')
        const at = shown?.columns.indexOf('id') ?? 0
        expect([i, shown?.rows.map((cells) => Number(cells[at])) ?? []]).toEqual([
          i,
          failing.slice(0, 20).map(({ id }) => id),
        ])
      })
    }
  },
)
