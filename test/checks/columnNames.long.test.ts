import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import * as checks from '../../src/checks/index.ts'
import type { Check } from '../../src/checks/check.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { temporaryFile } from '../helpers/files.ts'

/** What the project's queries call their own columns and tables, but for the names that no file may have. */
function aliases(): readonly string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const source = files.map((file) => readFileSync(path.join('src', file), 'utf8'))
  const templates = source.flatMap((text) => text.match(/`[^`]*`/g) ?? [])
  return templates.flatMap((text) => [...text.matchAll(/\bas ([a-z_]\w*)/g)].map(([, name]) => name as string))
}

/** What the engine may take a name for: values that are called without parentheses, and what every table has. */
const ENGINE_NAMES = [
  ...['catalog', 'database', 'date', 'role', 'schema', 'time', 'timestamp', 'user'].map((name) => `current_${name}`),
  ...'user session_user localtime localtimestamp sysdate catalog system_user'.split(' '),
  ...'rowid filename file_row_number file_index tableoid'.split(' '),
]

const PLAIN = 'plain'
const NUMBERS = [3, 4, 4, 6, null, 7, 8, 10, 9, 11, 12, 13]
const OTHERS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]

type Asked = (data: Dataset, name: string) => Check

/** Of numbers: what joins two datasets, whose queries have an inside and an outside. */
const joining: readonly Asked[] = [
  (d, name) => checks.keyExists(d, name, d.where({ second: [3, 4, 5, 6] }), 'second'),
  (d, name) => checks.keyExists(d, 'second', d, name, { nulls: 'fail' }),
  (d, name) => checks.keyExists(d, [name, 'second'], d, ['second', name]),
  (d, name) => checks.sameRows(d, d.where({ [name]: [3, 4, 6, 7] })),
  (d, name) => checks.sameSum(d, d.where({ second: [3, 4] }), name),
]

const numbers: readonly Asked[] = [
  ...joining,
  (d, name) => checks.noMissing(d.column(name)),
  (d, name) => checks.valuesBetween(d.column(name), { max: 10 }),
  (d, name) => checks.valuesIn(d.column(name), [3, 4, 6, 7, 8]),
  (d, name) => checks.valuesOfType(d.column(name), 'integer'),
  (d, name) => checks.valuesIncreasing(d.column(name)),
  (d, name) => checks.valuesIncreasing(d.column('second'), { by: name }),
  (d, name) => checks.valuesSequential(d.column(name)),
  (d, name) => checks.uniqueKey(d, name),
  (d, name) => checks.uniqueKey(d, [name, 'second'], { nulls: 'fail' }),
  (d, name) => checks.meanBetween(d.column(name), { max: 1 }),
  (d, name) => checks.sumBetween(d.column(name), { max: 1 }),
  (d, name) => checks.medianBetween(d.column(name), { max: 1 }),
  (d, name) => checks.standardDeviationBetween(d.column(name), { max: 1 }),
  (d, name) => checks.distinctCountBetween(d.column(name), { max: 1 }),
  (d, name) => checks.commonestShareBetween(d.column(name), { max: 0.01 }),
  (d, name) => checks.columnsEqual(d, [name, 'second']),
  (d, name) => checks.columnsAscending(d, [name, 'second']),
  (d, name) => checks.valuesBetween(d.where({ [name]: [3, 4, 6] }).column('second'), { max: 3 }),
  (d, name) => checks.valuesBetween(d.column('second'), { max: 3 }, { segmentBy: name }),
]

/** What is told of a check, but for the names of its columns. */
function told(result: CheckResult): unknown {
  const rows = rowsOf(result)
  // Those of all columns of a row say how many there are.
  const marked = result.kind === 'sameRows' ? [] : (rows?.marked ?? [])
  const cells = rows?.rows.map((row) => marked.map((at) => row[at]))
  const { kind, status, counts, measured } = result
  return { kind, status, counts, measured, rows: [rows?.total, rows?.rowNumbers, cells] }
}

const opened: Readonly<
  Record<'memory' | 'CSV', (columns: ReadonlyMap<string, readonly (number | null)[]>) => Promise<Dataset>>
> = {
  memory: async (columns) => {
    const rows = OTHERS.map((_, i) => Object.fromEntries([...columns].map(([name, values]) => [name, values[i]])))
    return dataset(rows, { name: 'rows' })
  },
  CSV: async (columns) => {
    const lines = OTHERS.map((_, i) => [...columns.values()].map((values) => values[i] ?? '').join(','))
    const header = [...columns.keys()].map((name) => JSON.stringify(name)).join(',')
    return dataset(await temporaryFile('names.csv', `${[header, ...lines].join('\n')}\n`), { name: 'rows' })
  },
}

/** Columns of one table: what all of them are asked together costs little more than what one is. */
const TOGETHER = 5

test.for(['memory', 'CSV'] as const)('a column is judged alike whatever it is called, in %s', async (format) => {
  const names = [...new Set([...ENGINE_NAMES, ...(format === 'memory' ? aliases() : [])])]
  expect(names).toEqual(
    expect.arrayContaining(['user', 'current_date', ...(format === 'memory' ? ['others', 't', 'n'] : [])]),
  )
  const asked = format === 'memory' ? numbers : joining
  const judged = async (some: readonly string[]): Promise<readonly (readonly unknown[])[]> => {
    const data = await opened[format](new Map([['second', OTHERS], ...some.map((name) => [name, NUMBERS] as const)]))
    const results = await checks.evaluate(some.flatMap((name) => asked.map((check) => check(data, name))))
    const size = results.length / some.length
    return some.map((_, i) => results.slice(i * size, (i + 1) * size).map(told))
  }
  const [truth] = await judged([PLAIN])
  expect(JSON.stringify(truth)).not.toMatch('"error"')
  for (let i = 0; i < names.length; i += TOGETHER) {
    const some = names.slice(i, i + TOGETHER)
    const results = await judged(some)
    expect(Object.fromEntries(some.map((name, j) => [name, results[j]]))).toEqual(
      Object.fromEntries(some.map((name) => [name, truth])),
    )
  }
})
