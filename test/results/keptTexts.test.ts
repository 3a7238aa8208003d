import { expect, test } from 'vitest'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { json, parse } from '../../src/results/json.ts'
import type { RunDocument } from '../../src/results/runDocument.ts'
import { document, result } from '../helpers/runDocument.ts'

const GATEWAY = '<p>Bad Gateway</p> '.repeat(800)

/** So many errors, each with texts of 15,000 characters that no other has. */
function errors(count: number, body = GATEWAY): RunDocument {
  const long = (i: number, words: string): string => `${words} ${i}: ${body}`
  const results = Array.from({ length: count }, (_, i): CheckResult => {
    const about = { type: 'dataset' as const, name: 'orders', source: 'orders.csv', column: `c${i}` }
    return result({
      id: `orders.c${i}.valuesIn~${String(i).padStart(12, '0')}`,
      trend: `orders.c${i}.valuesIn~${String(i).padStart(12, '1')}`,
      kind: 'valuesIn',
      status: 'error',
      blocking: true,
      subject: about,
      title: long(i, 'values in'),
      expected: long(i, 'one of'),
      measured: long(i, 'could not run'),
      message: long(i, 'the server answered'),
      sql: [long(i, 'select')],
      evidence: [],
    })
  })
  const problem = { kind: 'test' as const, blocking: true }
  return document(results, { problems: results.map((_, i) => ({ ...problem, text: long(i, 'threw').slice(0, 2000) })) })
}

test('thousands of errors of 15 KB are cut to what a run document holds, and a note says so', () => {
  const run = errors(1500)
  const text = json(run)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(5_000_000)
  const read = parse(text)
  expect(read.notes.at(-1)).toMatch(
    /^Messages, limits and queries of so many results are more than a run document holds: those of 1,500 results are cut at 250 characters\. /,
  )
  expect(read.results[7]?.message).toMatch(
    /^the server answered 7: <p>Bad Gateway.*… \(cut: 250 of 15,\d+ characters\)$/,
  )
  expect(read.results.map(({ id, status }) => [id, status])).toEqual(run.results.map(({ id, status }) => [id, status]))
})

test('texts are cut no shorter than must be, and not where they find room', () => {
  const some = parse(json(errors(200)))
  expect(some.results[7]?.message).toMatch(/cut: 2,000 of/)
  expect(json(some)).toBe(json(parse(json(some))))
  const few = errors(20)
  expect(parse(json(few)).results.map(({ message }) => message)).toEqual(few.results.map(({ message }) => message))
})

test('characters of several bytes, and those that JSON escapes, are counted as the file holds them', () => {
  const text = json(errors(1200, '答案是错误的"\n\u0001'.repeat(500)))
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(5_000_000)
  expect(parse(text).results[7]?.message).toMatch(/cut: 120 of/)
})
