import { readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { RESULT_CAP, decodeResult, encodeResult } from '../../src/results/transport.ts'
import { runDocument } from '../../src/results/collect.ts'
import { generate } from '../helpers/runDocument.ts'

const schema = JSON.parse(await readFile(new URL('../../docs/schemas/run.schema.json', import.meta.url), 'utf8'))
const valid = new Ajv2020({ allErrors: true }).compile(schema)

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
  expect(valid({ ...generate(200), problems }), JSON.stringify(valid.errors?.slice(0, 3))).toBe(true)
})

test('the published schema refuses what is none', () => {
  expect(valid({ ...generate(3), schema: 'assay/run/2' })).toBe(false)
  expect(valid({ ...generate(3), results: [{ id: 'x' }] })).toBe(false)
})

test('a result survives the way to the reporter', () => {
  for (const result of generate(60).results) expect(decodeResult(encodeResult(result))).toEqual(result)
})

test('a result too large for the way is cut, and says so', () => {
  const result = generate(60).results.find(({ sample }) => sample)
  const sample = { columns: ['a'], rows: Array.from({ length: 20 }, () => ['x'.repeat(9_000)]), marked: [0], total: 99 }
  const text = encodeResult({ ...(result as NonNullable<typeof result>), sample })
  expect(text.length).toBeLessThanOrEqual(RESULT_CAP)
  expect(decodeResult(text).message).toMatch(/cells were cut to 120 characters/)
  expect(decodeResult(text).sample?.total).toBe(99)
})

test('rows are worth more than the query that found them', () => {
  const result = generate(60).results.find(({ sample }) => sample) as NonNullable<
    ReturnType<typeof generate>['results'][0]
  >
  const kept = decodeResult(encodeResult({ ...result, sql: ['x'.repeat(RESULT_CAP)] }))
  expect(kept.sample).toEqual(result.sample)
  expect(kept.sql).toBeUndefined()
  expect(kept.message).toMatch(/the query was too long to report/)
})

test('a dataset that several files described appears once, and one check asked twice has two ids', () => {
  const { datasets, results, ...rest } = generate(10)
  const run = runDocument({ ...rest, datasets: [...datasets, ...datasets], results: [...results, ...results] })
  expect(run.datasets).toHaveLength(datasets.length)
  expect(new Set(run.results.map(({ id }) => id)).size).toBe(20)
})
