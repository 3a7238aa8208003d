import { beforeAll, describe, expect, test } from 'vitest'
import { profile } from '../../src/checks/profile.ts'
import type { Dataset } from '../../src/dataset/dataset.ts'
import { aggregateSql } from '../../src/metrics/aggregate.ts'
import * as metrics from '../../src/metrics/index.ts'
import type { Metric, ScanMetric } from '../../src/metrics/metric.ts'
import { runMetrics } from '../../src/metrics/run.ts'
import { join, type Sql, sql } from '../../src/sql/sql.ts'
import { columns, int, rows } from './awkward.ts'
import { metricCases } from './cases.ts'
import { engines, type Rows } from './engines.ts'
import { knownValues } from './known.ts'
import { relationOf } from '../../src/dataset/opened.ts'

const { duplicates, histogram, max, mean, min } = metrics

const all = Object.values(metricCases).flat()
const label = ({ name, columns: read }: Metric) => `${name}(${read.join(', ')})`

/** Values alike up to the last digits of sums; errors by code and by our words without the engine's type names. */
async function values(data: Dataset): Promise<Record<string, unknown>> {
  const results = await runMetrics(all, await relationOf(data))
  return Object.fromEntries(
    all.map((metric) => {
      const result = results.get(metric.key)
      return [
        metric.key,
        result?.ok ? rounded(result.value) : [result?.error.code, result?.error.message.replace(/ \([^)]*\)/, '')],
      ]
    }),
  )
}

function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? Number(value.toPrecision(12)) + 0 : value
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, rounded(one)]))
}

test('every exported metric has a file of cases', () => {
  expect(Object.keys(metricCases).sort()).toEqual(Object.keys(metrics).sort())
  for (const [name, some] of Object.entries(metricCases)) expect(some.length, name).toBeGreaterThan(0)
})

const [oracle, ...others] = engines
let truth: Record<string, unknown>
beforeAll(async () => {
  truth = await values(await oracle.open(rows, columns))
})

test('the oracle computes what can be computed', () => {
  const failed = all.filter(({ key }) => Array.isArray(truth[key]) && (truth[key] as unknown[])[0] === 'query-failed')
  expect(failed.map(label)).toEqual([])
  expect(truth[min(int).key]).toBe(-9223372036854775808n)
  expect(truth[max('day').key]).toBe(Date.UTC(9999, 11, 31))
  expect(truth[metrics.rowCount().key]).toBe(rows.length)
  expect(truth[mean('x').key]).toEqual(['wrong-type', expect.stringMatching(/holds 4 values that are NaN or infinite/)])
  expect(truth[histogram('y', [-1.25, 0, 0.5, 7]).key]).toEqual({
    edges: [-1.25, 0, 0.5, 7],
    counts: [2, 2, 3],
    under: 0,
    over: 1,
    nonFinite: 0,
  })
  expect(truth[duplicates(['x']).key]).toEqual({ distinct: 6, rows: 4, excess: 2 })
})

test.for([...knownValues].map(([metric, value]) => [label(metric), metric.key, value] as const))(
  '%s is what it must be',
  ([, key, value]) => {
    expect(truth[key]).toEqual(rounded(value))
  },
)

for (const engine of others) {
  describe(engine.name, () => {
    let found: Record<string, unknown>
    beforeAll(async () => {
      found = await values(await engine.open(rows, columns))
    })
    test.for(all.map((metric) => [label(metric), metric] as const))('%s is what the oracle says', ([, { key }]) => {
      expect(found[key]).toEqual(truth[key])
    })
    test('no rows', async () => {
      expect(await values(await engine.open([], columns))).toEqual(await values(await oracle.open([], columns)))
    })
  })
}

test.each(others)('a profile on $name is that of the oracle', async (engine) => {
  const [ours, theirs] = await Promise.all(
    [oracle, engine].map(async (one) => (await profile(await one.open(rows, columns))).columns),
  )
  // Engines write booleans in their own way, and PostgreSQL finds no mean of 1e300 and -1.25.
  const essence = (profiles: typeof ours) =>
    profiles?.map(({ mean: _, top, ...rest }) => ({ ...rest, top: rest.type === 'string' ? top : top?.length }))
  expect(essence(theirs)).toEqual(essence(ours))
})

describe.each(engines)('laws on $name', (engine) => {
  test('the order of rows changes nothing', async () => {
    const shuffled = [5, 2, 8, 0, 7, 1, 6, 4, 3].map((i) => rows[i] as readonly unknown[])
    expect(await values(await engine.open(shuffled, columns))).toEqual(truth)
  })

  test('states of parts merge to the state of the whole', async () => {
    const scans = all.filter(
      (metric): metric is Merged =>
        metric.pass === 'scan' && metric.merge !== undefined && metric.columns[0] !== 'nope',
    )
    for (const cut of [0, 4, rows.length]) {
      const parts: Rows[] = [rows.slice(0, cut), rows.slice(cut)]
      const [a, b] = await Promise.all(parts.map(async (part) => states(await engine.open(part, columns), scans)))
      for (const metric of scans) {
        const [left, right] = [a?.get(metric.key), b?.get(metric.key)]
        if (left === undefined || right === undefined) continue
        const merged = attempt(() => metric.finish(metric.merge(left, right)))
        expect([label(metric), cut, merged]).toEqual([label(metric), cut, truth[metric.key]])
        expect(attempt(() => metric.finish(metric.merge(right, left)))).toEqual(merged)
      }
    }
  })
})

type Merged = ScanMetric & { readonly merge: NonNullable<ScanMetric['merge']> }

function attempt(work: () => unknown): unknown {
  try {
    return rounded(work())
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    return [code, message.replace(/ \([^)]*\)/, '')]
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
    const [row] = await engine.query(sql`select ${join(cells)} from ${from}`)
    out.set(metric.key, metric.decode(row ?? []) as object | number)
  }
  return out
}
