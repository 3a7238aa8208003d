import { readdir, readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { profile } from '../../src/profile/profile.ts'
import type { Dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { aggregateSql } from '../../src/metrics/aggregate.ts'
import * as metrics from '../../src/metrics/index.ts'
import type { FrequencyMetric, Metric, ScanMetric } from '../../src/metrics/metric.ts'
import type { MetricResult } from '../../src/metrics/metricResult.ts'
import { runBySegment, runMetrics } from '../../src/metrics/run.ts'
import { join, type Sql, sql } from '../../src/sql/sql.ts'
import { columns, int, names, rows, text } from './awkward.ts'
import { metricCases } from './cases.ts'
import { type ConformingEngine, engines, type Rows, runs, textFile } from './engines.ts'
import { type MetricCase, Refusal, rounded, type Table } from './naive.ts'
import { tables } from './tables.ts'

const all = Object.values(metricCases).flat()
const label = ({ name, columns: read, key }: Metric) =>
  `${name}(${read.join(', ')})${key.includes('"detail"') ? ` ${key.slice(key.indexOf('"detail"') + 9, -2).slice(0, 40)}` : ''}`

const tableOf = (some: Rows): Table => some.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])))

/** The cases that the engine of a dataset can be asked. */
async function asked(data: Dataset): Promise<readonly MetricCase[]> {
  const { estimates, histograms } = (await relationOf(data)).engine.dialect
  return all.filter(
    ({ metric: { name } }) => (estimates || !name.startsWith('approximate')) && (histograms || name !== 'histogram'),
  )
}

async function computed(data: Dataset): Promise<ReadonlyMap<string, MetricResult>> {
  return runMetrics(
    (await asked(data)).map(({ metric }) => metric),
    await relationOf(data),
  )
}

/** What it is, and what it must be. */
function compared({ metric, naive, agrees }: MetricCase, result: MetricResult | undefined, some: Rows): unknown[] {
  let expected: unknown
  try {
    expected = naive(tableOf(some))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return [
      [label(metric), result?.ok === false ? result.error.code : result],
      [label(metric), error.code],
    ]
  }
  if (!result?.ok)
    return [
      [label(metric), result],
      [label(metric), rounded(expected)],
    ]
  if (agrees?.(result.value, expected)) return [0, 0]
  return [
    [label(metric), rounded(result.value)],
    [label(metric), rounded(expected)],
  ]
}

async function isTrue(data: Dataset, some: Rows): Promise<void> {
  const results = await computed(data)
  const pairs = (await asked(data)).map((one) => compared(one, results.get(one.metric.key), some))
  expect(pairs.map(([found]) => found)).toEqual(pairs.map(([, expected]) => expected))
}

/** The names of all metrics that the source defines, wherever they stand. */
async function defined(): Promise<readonly string[]> {
  const files = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.ts'))
  const names = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(`src/${file}`, 'utf8')
      if (!/\b(scan|frequency|query)Metric\b|\bpass: '(scan|frequency|query|numbers)'/.test(text)) return []
      return [...text.matchAll(/\bname: '(\w+)',\s+(?:columns|key|pass)\b/g)].map(([, name]) => name as string)
    }),
  )
  return [...names.flat(), ...Object.keys(metrics)]
}

test('every metric has a file of cases, which say it once more in JavaScript', async () => {
  expect(Object.keys(metricCases)).toEqual([...new Set(await defined())].sort())
  for (const [name, some] of Object.entries(metricCases)) {
    expect(some.length, name).toBeGreaterThan(0)
    expect(some.some(({ metric }) => metric.name === name)).toBe(true)
  }
})

describe.each(engines)('on $name', (engine) => {
  let data: Dataset
  let results: ReadonlyMap<string, MetricResult>
  beforeAll(async () => {
    data = await engine.open(rows, columns)
    results = await computed(data)
  })

  test.for(all.map((one) => [label(one.metric), one] as const))(
    '%s is what JavaScript says',
    async ([, one], { skip }) => {
      if (!(await asked(data)).includes(one)) skip(`${engine.name} has no ${one.metric.name}`)
      const [found, expected] = compared(one, results.get(one.metric.key), rows)
      expect(found).toEqual(expected)
    },
  )

  test('of no rows', async () => isTrue(await engine.open([], columns), []))

  test('of tables drawn at random', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (some) => isTrue(await engine.open(some, columns), some)),
      { numRuns: runs(engine) },
    )
  })

  test.for(['small', text, 'flag', int])('of each segment by %s, in one GROUP BY', async (by) => {
    const found = (await asked(data)).filter(({ metric }) => isGrouped(metric))
    const relation = await relationOf(data)
    const metrics = found.flatMap(({ metric }) => (isGrouped(metric) ? metric : []))
    const values = await runBySegment(metrics, relation, by)
    const place = names.indexOf(by)
    for (const label of new Set(rows.map((row) => row[place]))) {
      const own = rows.filter((row) => row[place] === label)
      const pairs = found.map((one) => {
        const result = values.get(one.metric.key)
        const segment = label === null ? null : String(label as string)
        return compared(one, result?.ok ? (result.value.values.get(segment) ?? result.value.none) : result, own)
      })
      expect(pairs.map(([is]) => is)).toEqual(pairs.map(([, expected]) => expected))
    }
  })

  test('states of parts merge to the state of the whole', async () => {
    const scans = (await asked(data)).flatMap(({ metric }) =>
      isMerged(metric) && metric.columns[0] !== 'nope' ? metric : [],
    )
    for (const cut of [0, 4, rows.length]) {
      const parts: Rows[] = [rows.slice(0, cut), rows.slice(cut)]
      const [a, b] = await Promise.all(parts.map(async (part) => states(await engine.open(part, columns), scans)))
      for (const metric of scans) {
        const [left, right] = [a?.get(metric.key), b?.get(metric.key)]
        if (left === undefined || right === undefined) continue
        const merged = attempt(() => metric.finish(metric.merge(left, right)))
        const whole = results.get(metric.key)
        expect([label(metric), cut, merged]).toEqual([
          label(metric),
          cut,
          whole?.ok ? rounded(whole.value) : whole?.error.code,
        ])
        expect(attempt(() => metric.finish(metric.merge(right, left)))).toEqual(merged)
      }
    }
  })
})

test('of a text file, of the awkward table, of no rows and of any', async () => {
  await isTrue(await textFile.open(rows, columns), rows)
  await isTrue(await textFile.open([], columns), [])
  await fc.assert(
    fc.asyncProperty(tables, async (some) => isTrue(await textFile.open(some, columns), some)),
    { numRuns: 4 },
  )
})

const [oracle, ...others] = engines

test.each(others)('$name says why there is no value in the same words', async (engine) => {
  const open = async ({ open }: ConformingEngine) => open(rows, columns)
  const [ours, theirs] = await Promise.all([open(oracle), open(engine)])
  const both = new Set((await asked(theirs)).map(({ metric }) => metric.key))
  const words = async (data: Dataset) =>
    new Map(
      [...(await computed(data))].flatMap(([key, result]) =>
        result.ok || !both.has(key) ? [] : [[key, [result.error.code, result.error.message.replace(/ \([^)]*\)/, '')]]],
      ),
    )
  expect(await words(theirs)).toEqual(await words(ours))
})

test.each(others)('a profile on $name is that of the oracle', async (engine) => {
  const [ours, theirs] = await Promise.all(
    [oracle, engine].map(async (one) => (await profile(await one.open(rows, columns))).columns),
  )
  // Engines write booleans in their own way, and PostgreSQL finds no mean of 1e300 and -1.25.
  const essence = (profiles: typeof ours) =>
    profiles?.map(({ mean: _, top, ...rest }) => ({ ...rest, top: rest.type === 'string' ? top : top?.length }))
  expect(essence(theirs)).toEqual(essence(ours))
})

const isGrouped = (metric: Metric): metric is ScanMetric | FrequencyMetric =>
  metric.pass === 'scan' || metric.pass === 'frequency'

type Merged = ScanMetric & { readonly merge: NonNullable<ScanMetric['merge']> }

const isMerged = (metric: Metric): metric is Merged => metric.pass === 'scan' && metric.merge !== undefined

function attempt(work: () => unknown): unknown {
  try {
    return rounded(work())
  } catch (error) {
    return (error as { code: string }).code
  }
}

async function states(data: Dataset, scans: readonly ScanMetric[]): Promise<Map<string, object | number>> {
  const { engine, columns: found, from } = await relationOf(data)
  const context = { dialect: engine.dialect, columns: found }
  const out = new Map<string, object | number>()
  for (const metric of scans) {
    let cells: readonly Sql[]
    try {
      cells = metric.cells(context).map((cell) => aggregateSql(cell, engine.dialect))
    } catch {
      continue // a wrong question for this column: no state
    }
    // Beside a count, what is constant is of all rows too.
    const [row] = await engine.query(sql`select ${join([...cells, sql`count(*)`])} from ${from}`)
    out.set(metric.key, metric.decode(row ?? []) as object | number)
  }
  return out
}
