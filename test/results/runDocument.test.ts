import { readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { annotations } from '../../reporters/github.ts'
import { render } from '../../reporters/html/render.ts'
import { json, parse } from '../../src/results/json.ts'
import { markdown } from '../../reporters/markdown.ts'
import { terminal } from '../../reporters/terminal.ts'
import { verdicts } from '../../reporters/verdict.ts'
import { evaluate, rowCount, wellFormed } from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { RESULT_CAP, decodeResult, encodeResult } from '../../src/results/transport.ts'
import { runDocument } from '../../src/results/collect.ts'
import type { DatasetSummary, RunDocument } from '../../src/results/runDocument.ts'
import { folderWith } from '../helpers/files.ts'
import { generate, result } from '../helpers/runDocument.ts'
import { rowsOf } from '../helpers/blocks.ts'

const schema = JSON.parse(await readFile(new URL('../../docs/schemas/run.schema.json', import.meta.url), 'utf8'))
const valid = new Ajv2020({ allErrors: true }).compile(schema)

/** What stands in a file of the run. */
const inFile = (run: RunDocument): object => JSON.parse(json(run))

test('the published schema describes a run document', () => {
  const problems = [
    {
      kind: 'hook',
      text: 'no database',
      blocking: true,
      test: 'orders',
      file: 'a.test.ts',
      line: 3,
      column: 9,
      tests: 2,
      names: ['a', 'b'],
    },
    { kind: 'unjudged', text: 'its test failed', blocking: true, undecided: [{ type: 'dataset', name: 'orders' }] },
  ] as const
  expect(valid(inFile({ ...generate(200), problems })), JSON.stringify(valid.errors?.slice(0, 3))).toBe(true)
})

describe('in a file', () => {
  const both = (run: RunDocument): RunDocument => parse(json(run))

  test('10,000 results take less than 5 MB, and are read as they were written', () => {
    const run = generate(10_000)
    const text = json(run)
    expect(Buffer.byteLength(text)).toBeLessThan(5_000_000)
    expect(parse(text)).toEqual(JSON.parse(JSON.stringify(run)))
  })

  test('whatever results have in common and what they do not, they are read as they were written', () => {
    const word = fc.constantFrom('a', 'b', 'a~1', '~', '', '__proto__', 'constructor')
    const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })
    const age = fc.record({ at: word, runs: fc.nat(3) })
    const some = fc.record({
      id: fc.constantFrom('a.b~1', 'a.b~2', 'plain', 'a.a~1', 'a.b.constructor~1'),
      trend: fc.constantFrom('a.b~1', 'a.b~3', 'other.b~2', 'plain', 'else'),
      kind: word,
      matcher: maybe(word),
      severity: fc.constantFrom('error' as const, 'warn' as const),
      blocking: fc.boolean(),
      subject: fc.record({
        type: fc.constantFrom('dataset' as const, 'model' as const),
        name: word,
        source: maybe(word),
        column: maybe(word),
        slice: maybe(word),
      }),
      where: maybe(fc.record({ file: word, test: word, line: maybe(fc.nat(9)), column: maybe(fc.nat(9)) })),
      title: word,
      expected: word,
      limit: maybe(fc.record({ min: fc.nat(2) })),
      group: maybe(fc.record({ id: word, kind: word, title: word })),
      queries: maybe(fc.array(fc.nat(3), { maxLength: 2 })),
      scans: fc.nat(3),
      evidence: fc.array(
        fc.record({
          kind: fc.constant('rows'),
          columns: fc.tuple(word),
          rows: fc.tuple(fc.tuple(word)),
          marked: fc.tuple(fc.constant(0)),
          total: fc.nat(2),
        }),
        { maxLength: 2 },
      ),
      lineage: fc.record({ datasets: fc.array(fc.record({ name: word, source: word })), engine: maybe(word) }),
    })
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), maybe(fc.dictionary(word, age)), maybe(age), (all, since, own) => {
        const aged = since && own && all[0] ? { ...since, [all[0].id]: own } : since
        const results = all.map((one) => ({ ...result(), ...one }))
        const run = { ...generate(0), results, ...(aged ? { since: aged } : {}) } as RunDocument
        expect(both(run)).toEqual(JSON.parse(JSON.stringify(run)))
        expect(valid(JSON.parse(json(run))) || valid.errors?.every(({ keyword }) => keyword === 'enum')).toBe(true)
      }),
    )
  })

  test.for(['check', 'about', 'origin', 'since'] as const)(
    'a result that names a %s which is not there is refused',
    (name) => {
      const file = JSON.parse(json(generate(3)))
      file.results[1][name] = 99
      expect(() => parse(JSON.stringify(file))).toThrow(/^This run document is incomplete: result 1 names a /)
    },
  )
})

test('the published schema refuses what is none', () => {
  expect(valid({ ...inFile(generate(3)), schema: 'assay/run/2' })).toBe(false)
  expect(valid({ ...inFile(generate(3)), results: [{ id: 'x' }] })).toBe(false)
})

test('a result survives the way to the reporter', () => {
  for (const one of generate(60).results) expect(decodeResult(encodeResult(one))).toEqual(one)
})

test('a result too large for the way is cut, and says so', () => {
  const found = generate(60).results.find(rowsOf)
  const sample = {
    kind: 'rows' as const,
    columns: ['a'],
    rows: Array.from({ length: 20 }, () => ['x'.repeat(9_000)]),
    marked: [0],
    total: 99,
  }
  const text = encodeResult({ ...(found as NonNullable<typeof found>), evidence: [sample] })
  expect(text.length).toBeLessThanOrEqual(RESULT_CAP)
  expect(decodeResult(text).message).toMatch(/cells were cut to 120 characters/)
  expect(rowsOf(decodeResult(text))?.total).toBe(99)
})

test('rows are worth more than the query that found them', () => {
  const found = generate(60).results.find(rowsOf) as NonNullable<ReturnType<typeof generate>['results'][0]>
  const kept = decodeResult(encodeResult({ ...found, sql: ['x'.repeat(RESULT_CAP)] }))
  expect(rowsOf(kept)).toEqual(rowsOf(found))
  expect(kept.sql).toBeUndefined()
  expect(kept.message).toMatch(/the query was too long to report/)
})

const collected = (results: readonly CheckResult[], datasets: readonly DatasetSummary[] = []): RunDocument => {
  const { schema: _, models: _models, ...rest } = generate(1)
  return runDocument({ ...rest, at: new Date().toISOString(), notes: [], datasets, results })
}

test('a dataset that several files described appears once', () => {
  const { datasets } = generate(10)
  expect(collected([], [...datasets, ...datasets]).datasets).toHaveLength(datasets.length)
})

test('a question asked again is each of its results, under one id; what a source says by itself is said once', () => {
  const at = (test: string, more: Partial<CheckResult> = {}): CheckResult =>
    result({ id: 'a~0123456789ab', status: 'pass', blocking: false, where: { file: 'a.test.ts', test }, ...more })
  const failing = { status: 'fail', blocking: true } as const
  const tests = (...results: CheckResult[]) => collected(results).results.map(({ where }) => where?.test)
  const asked = collected([at('one', failing), at('two', failing), at('three'), at('three')]).results
  expect(asked.map(({ id, where }) => [id, where?.test])).toEqual(
    ['one', 'two', 'three', 'three'].map((test) => ['a~0123456789ab', test]),
  )
  const unread = { kind: 'wellFormed', ...failing, measured: '1 finding' }
  const other = { lineage: { datasets: [{ name: 'o', source: 's', fingerprint: 'other' }] } }
  expect(
    tests(
      at('one', unread),
      at('two', unread),
      at('three', { ...unread, measured: '2 findings' }),
      at('four', { ...unread, ...other }),
    ),
  ).toEqual(['one', 'three', 'four'])
})

describe('two sources of one name', () => {
  const about = (source: string | undefined, more: Partial<CheckResult['subject']> = {}): CheckResult =>
    result({
      status: 'fail',
      blocking: true,
      subject: { type: 'dataset', name: 'orders', ...(source === undefined ? {} : { source }), ...more },
    })
  const [summary] = generate(1).datasets as [DatasetSummary]
  const orders = (source: string): DatasetSummary => ({ ...summary, name: 'orders', source })

  test('are called by their sources too, in results, references and summaries; one alone by its name', () => {
    const reference = { reference: 'orders.amount', referenceOf: { name: 'orders', source: 'b/orders.csv' } }
    const both = collected(
      [about('a/orders.csv'), about('b/orders.csv'), about('a/orders.csv', reference)],
      [orders('a/orders.csv'), orders('b/orders.csv')],
    )
    expect(both.results.map(({ subject }) => [subject.name, subject.reference])).toEqual([
      ['orders (a/orders.csv)', undefined],
      ['orders (b/orders.csv)', undefined],
      ['orders (a/orders.csv)', 'orders (b/orders.csv).amount'],
    ])
    expect(both.datasets.map(({ name }) => name)).toEqual(['orders (a/orders.csv)', 'orders (b/orders.csv)'])
    expect(verdicts(both).map(({ name }) => name)).toEqual(['orders (a/orders.csv)', 'orders (b/orders.csv)'])
    const alone = collected([about('a/orders.csv'), about('a/orders.csv')], [orders('a/orders.csv')])
    expect(new Set(alone.results.map(({ subject }) => subject.name))).toEqual(new Set(['orders']))
  })

  test('are told apart in every output', () => {
    const run = collected([about('a/orders.csv'), about('b/orders.csv')])
    const outputs = {
      html: render(run),
      markdown: markdown(run),
      terminal: terminal(run),
      json: json(run),
      annotations: annotations(run, { root: '/', workspace: '/', failuresShown: false }).join('\n'),
    }
    for (const [name, text] of Object.entries(outputs))
      for (const source of ['a', 'b']) expect(text, name).toMatch(new RegExp(`orders \\(${source}/orders.csv\\)`))
  })

  test('of models, too', () => {
    const of = (source: string): CheckResult => result({ id: source, subject: { type: 'model', name: 'm@1', source } })
    expect(collected([of('function a'), of('function b')]).models.map(({ name }) => name)).toEqual([
      'm@1 (function a)',
      'm@1 (function b)',
    ])
  })
})

test('what one of two sources of one name lost is found, though the other was asked', async () => {
  const folder = await folderWith({ 'p/o.csv': 'a,b\n1,2\n', 'q/o.csv': 'a,b\n1,2\n3\n' })
  const [p, q] = ['p', 'q'].map((one) => dataset(`${folder}/${one}/o.csv`)) as [Dataset, Dataset]
  const results = await evaluate([wellFormed(p), rowCount(q, { min: 1 })])
  expect(results.filter(({ blocking }) => blocking).map(({ kind, subject }) => [kind, subject.source])).toEqual([
    ['wellFormed', q.identity.source],
  ])
  const both = collected(await evaluate([wellFormed(p), wellFormed(q)]))
  expect(both.results.map(({ status }) => status).sort()).toEqual(['fail', 'pass'])
})
