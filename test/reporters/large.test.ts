import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { uniqueId } from '../../reporters/html/page.ts'
import { html, json, parse } from '../../reporters/index.ts'
import type { RatesBlock } from '../../src/results/blocks/rates.ts'
import type { CheckResult, DatasetSummary, RunDocument } from '../../src/results/index.ts'
import { behaviorResults } from '../helpers/run/behaviorResults.ts'
import { datasets } from '../helpers/run/datasets.ts'
import { driftResults } from '../helpers/run/driftResults.ts'
import { document, generate, result } from '../helpers/runDocument.ts'

/** Results again and again, each of a dataset or model of its own. */
const repeated = (results: readonly CheckResult[], times: number): readonly CheckResult[] =>
  Array.from({ length: times }, (_, n) =>
    results.map((each) => ({
      ...each,
      id: `${each.id}-${n}`,
      subject: { ...each.subject, name: `${each.subject.name}-${n}` },
    })),
  ).flat()

/** Findings whose offending column is the last of so many. */
const wide = (columns: number, findings: number): readonly CheckResult[] =>
  Array.from({ length: findings }, (_, n) =>
    result({
      id: `wide~${n}`,
      status: 'fail',
      blocking: true,
      subject: { type: 'dataset', name: 'wide', column: `column_${n}` },
      evidence: [
        {
          kind: 'rows',
          columns: Array.from({ length: columns }, (_, c) => `column_${c}`),
          rows: [0, 1, 2].map((r) => Array.from({ length: columns }, (_, c) => `cell ${r} ${c} ${n}`)),
          marked: [columns - 1],
          total: 900,
        },
      ],
    }),
  )

/** A model whose test has a pass rate for each of so many capabilities, the first half of them too low. */
function skilled(capabilities: number, name: string): CheckResult {
  const [first] = behaviorResults() as [CheckResult]
  const [rates] = first.evidence as readonly [RatesBlock]
  const parts = Array.from({ length: capabilities }, (_, c) => {
    const failed = c < capabilities / 2 ? 50 : 0
    return { ...rates.overall, name: `skill ${c}`, cases: 100, passed: 100 - failed, failed, rate: 1 - failed / 100 }
  })
  const examples = parts
    .slice(0, 20)
    .map(({ name: capability }) => ({ capability, input: 'a', expected: 'b', got: 'c' }))
  return {
    ...first,
    id: `${first.id} ${name}`,
    subject: { type: 'model', name },
    evidence: [
      { ...rates, parts },
      { kind: 'examples', examples, total: 20 },
    ],
  }
}

const runs: Readonly<Record<string, () => RunDocument>> = {
  'ten thousand checks': () => generate(10_000),
  'columns of 125 datasets that drift': () => document(repeated(driftResults(), 125)),
  'fifty times two models': () => document(repeated(behaviorResults(), 50)),
  'two hundred times two models': () => document(repeated(behaviorResults(), 200)),
  'one question, ten thousand times': () =>
    document(
      Array.from({ length: 10_000 }, (_, n) => result({ status: n % 2 ? 'fail' : 'pass', measured: String(n) })),
    ),
  'rows of 500 columns': () => document(wide(500, 60)),
  'rows of 500 columns, many checks': () => document(wide(500, 1200)),
  'models of 2,000 capabilities': () => document(['a', 'b', 'c'].map((name) => skilled(2000, name))),
  'five thousand notes': () =>
    document(generate(60).results, {
      notes: Array.from({ length: 5000 }, (_, n) => `note ${n} ${'word '.repeat(500)}`),
    }),
}

const make = (name: string): RunDocument => (runs[name] as () => RunDocument)()

describe.for(Object.keys(runs))('the page of %s', (name) => {
  const run = make(name)
  const page = html(run)

  test('is small', () => {
    expect(page.match(/<[a-z]/g)?.length).toBeLessThan(run.results.length > 1000 ? 12_000 : 40_000)
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000)
  })

  test('has no link that leads nowhere', () => {
    const rest = /<script type="application\/gzip" id="rest"[^>]*>([^<]*)</.exec(page)?.[1]
    const left = rest === undefined ? [] : (JSON.parse(String(gunzipSync(Buffer.from(rest, 'base64')))) as string[][])
    const ids = [...[...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id), ...left.map(([id]) => id)]
    expect(ids.length - new Set(ids).size).toBe(0)
    const links = [...page.matchAll(/\shref="#([^"]*)"/g)].map(([, id]) => id)
    const known = new Set(ids)
    expect(links.filter((id) => !known.has(id))).toEqual([])
  })
})

test('what a wide row or a long list leaves out is said, and nothing that matters more is left out', () => {
  const rows = html(document(wide(500, 60)))
  expect(rows.includes('<mark><code class="cell">cell 0 499 0</code></mark>')).toBe(true)
  expect(/\d+ more columns are not drawn/.test(rows)).toBe(true)
  const model = html(document([skilled(2000, 'a')]))
  const [, left, short] = /([\d,]+) more capabilities are not drawn here, (\d+) of which fall short/.exec(model) ?? []
  expect(model.match(/<th scope="row">skill \d+</g)?.length).toBe(2000 - Number(left?.replace(',', '')))
  expect(Number(left?.replace(',', '')) - Number(short)).toBe(1000)
  expect(/4,90\d more are in report.json/.test(html(make('five thousand notes')))).toBe(true)
})

test('names and problems of thousands of characters leave room for the others', () => {
  const long = 'x'.repeat(5000)
  const named = result({ subject: { type: 'dataset', name: long } })
  const problem = {
    kind: 'test',
    text: long,
    blocking: true,
    test: long,
    file: long,
    names: [long, 'b'],
    tests: 2,
  } as const
  const page = html(document([named], { title: long, problems: [problem] }))
  const [top = ''] = /<header.*<\/header>/s.exec(page) ?? []
  const [problems = ''] = /<ul class="panel problems".*?<\/ul>/s.exec(page) ?? []
  expect(top.match(/x{161,}/)?.[0]).toBeUndefined()
  expect(problems.length).toBeGreaterThan(1000)
  expect(problems.length).toBeLessThan(4000)
})

test('ids of one text are told apart without going through all that are there', () => {
  let looks = 0
  class Counting extends Map<string, number> {
    override has(key: string): boolean {
      looks++
      return super.has(key)
    }
  }
  const taken = new Counting([['a-3', 1]])
  expect(['a', 'a', 'a', 'a-2', 'a'].map((text) => uniqueId(text, taken))).toEqual(['a', 'a-2', 'a-4', 'a-2-2', 'a-5'])
  looks = 0
  for (let n = 0; n < 1000; n++) uniqueId('b', taken)
  expect(looks).toBeLessThan(2000)
})

test('a file of checks without evidence holds as many descriptions of columns as find room, and says how many there are', () => {
  const [summary] = datasets() as [DatasetSummary]
  const all = Array.from({ length: 2000 }, (_, n) => ({ ...summary, name: `table_${n}` }))
  const passing = Array.from({ length: 10_000 }, (_, n) =>
    result({ id: `table.delay.valuesBetween~${n}`, subject: { type: 'dataset', name: `table_${n % 2000}` } }),
  )
  const run = document(passing, { datasets: all })
  const text = json(run)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(5_000_000)
  const kept = parse(text)
  expect(kept.results).toHaveLength(10_000)
  expect(kept.datasets).toHaveLength(2000)
  for (const { columns, moreColumns = 0 } of kept.datasets) expect(columns.length + moreColumns).toBe(8)
  expect(kept.datasets.reduce((sum, { columns }) => sum + columns.length, 0)).toBeGreaterThan(2000)
})
