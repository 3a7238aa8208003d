import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import type { Relation } from '../../src/engine/engine.ts'
import { countWhere, max, min } from '../../src/metrics/index.ts'
import type { Metric } from '../../src/metrics/metric.ts'
import { scansOf } from '../../src/metrics/answers.ts'
import { runMetrics } from '../../src/metrics/run.ts'
import { sql } from '../../src/sql/sql.ts'

/** A table whose scan takes long enough to be stopped, and that says how often it was begun. */
async function slow(): Promise<Relation> {
  return (await sharedDuckDB()).relation(sql`(select range as n, hash(hash(hash(range))) as h from range(20000000))`)
}

/** A value that takes a look at every row. */
const even = countWhere({ key: 'even', columns: ['h'], sql: () => sql`h % 2 = 0` })

async function valueOf(metric: Metric, relation: Relation, signal?: AbortSignal): Promise<unknown> {
  const result = (await runMetrics([metric], relation, { signal })).get(metric.key)
  return result?.ok ? typeof result.value : result?.error.code
}

test('a shared scan goes on while one of its askers waits, and whoever is stopped hears so at once', async () => {
  const relation = await slow()
  const stop = new AbortController()
  const ended: string[] = []
  const asked = [
    valueOf(even, relation, stop.signal).then((value) => (ended.push('stopped'), value)),
    valueOf(max('n'), relation, new AbortController().signal).then((value) => (ended.push('waited'), value)),
    valueOf(min('n'), relation).then((value) => (ended.push('waited'), value)),
  ]
  await sleep(10)
  stop.abort(new Error('enough'))
  expect(await Promise.all(asked)).toEqual(['aborted', 'number', 'number'])
  expect(ended).toEqual(['stopped', 'waited', 'waited'])
  expect(scansOf(relation)).toBe(1)
  expect(await valueOf(even, relation)).toBe('number')
  expect(scansOf(relation)).toBe(1)
})

test('who asks for a value that is being computed keeps it going', async () => {
  const relation = await slow()
  const stop = new AbortController()
  const first = valueOf(even, relation, stop.signal)
  await sleep(10)
  const second = valueOf(even, relation, new AbortController().signal)
  stop.abort(new Error('enough'))
  expect([await first, await second]).toEqual(['aborted', 'number'])
  expect(scansOf(relation)).toBe(1)
})

test('a scan stops when all who wait for it are stopped, and the next who asks begins anew', async () => {
  const relation = await slow()
  const stops = [new AbortController(), new AbortController()]
  const asked = stops.map(({ signal }, i) => valueOf(i === 0 ? even : max('n'), relation, signal))
  await sleep(10)
  for (const stop of stops) stop.abort(new Error('enough'))
  expect(await Promise.all(asked)).toEqual(['aborted', 'aborted'])
  expect(await valueOf(even, relation)).toBe('number')
  expect(scansOf(relation)).toBe(2)
})

test('whoever was stopped before asking stops nobody', async () => {
  const relation = await slow()
  const asked = [valueOf(even, relation, AbortSignal.abort(new Error('over'))), valueOf(even, relation)]
  expect(await Promise.all(asked)).toEqual(['aborted', 'number'])
  expect(scansOf(relation)).toBe(1)
})
