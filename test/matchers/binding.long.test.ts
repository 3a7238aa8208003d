import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from '../../src/results/json.ts'
import { outcomes, project, type Run } from '../helpers/project.ts'

const suite = `
import { afterEach, expect, test } from 'vitest'
import { dataset } from 'assay'
const d = dataset([{ a: 1 }, { a: 2 }, { a: -3 }], { name: 'tiny' })
const low = { min: -9 }, high = { min: 0 }
const a = d.column('a')

test('holds', async () => { await expect(a).toHaveValuesBetween(low) })
test('breaks', async () => {
  await expect(a).toHaveValuesBetween(high) // line 10
})
test('not awaited, holds', () => { expect(a).toHaveValuesBetween(low) })
test('not awaited, breaks', () => {
  expect(a).toHaveValuesBetween(high) // line 14
})
test('not awaited, two break', () => {
  expect(a).toHaveValuesBetween(high)
  expect(d.column('b')).toHaveValuesBetween(low)
})
test('awaited later', async () => {
  const later = expect(a).toHaveValuesBetween(low)
  await later
})
test('not, breaks as expected', async () => { await expect(a).not.toHaveValuesBetween(high) })
test('not, holds', async () => { await expect(a).not.toHaveValuesBetween(low) })
test('not, missing column', async () => { await expect(d.column('b')).not.toHaveValuesBetween(low) })
test('not, nothing to judge', async () => { await expect(dataset([]).column('b')).not.toHaveValuesBetween(low) })
test('soft', async () => {
  await expect.soft(a).toHaveValuesBetween(high)
  await expect.soft(a).toHaveValuesBetween({ max: 0 })
})
test('soft, not awaited', () => { expect.soft(a).toHaveValuesBetween(high) })
test('warns', async () => { await expect(a).toHaveValuesBetween(high, { severity: 'warn' }) })
test('several at once', async () => {
  await Promise.all([expect(a).toHaveValuesBetween(low), expect(d).toHaveRowCount(3), expect(d).toHaveUniqueKey('a')])
})
test('asymmetric', () => { expect({ a }).toEqual({ a: (expect as any).not.toHaveValuesBetween(low) }) })
test('wrong receiver', async () => { await expect(d).toHaveValuesBetween(low) })
test('a promise', async () => { await expect(Promise.resolve(a)).resolves.toHaveValuesBetween(low) })
test('custom message', async () => { await expect(a, 'the ids').toHaveValuesBetween(high) })
let attempts = 0
test('retried', { retry: 2 }, async () => {
  await expect(a).toHaveValuesBetween(++attempts < 2 ? high : low)
})
test.fails('expected to fail', async () => { await expect(a).toHaveValuesBetween(high) })
test('counted', async () => {
  expect.assertions(1)
  await expect(a).toHaveValuesBetween(low)
})
test('polled', async () => {
  let min = 1
  await expect.poll(() => { min -= 2; return a }).toHaveValuesBetween(low)
})
for (const i of [1, 2, 3, 4]) {
  test.concurrent('concurrent ' + i, async () => {
    await new Promise((resolve) => setTimeout(resolve, 20 - 4 * i))
    await expect(a).toHaveValuesBetween({ min: -9 - i })
  })
}
test.concurrent('concurrent, not awaited, breaks', () => { expect(a).toHaveValuesBetween(high) })
`

const plain = `
import { expect, test } from 'vitest'
test('an ordinary test', () => { expect(1 + 1).toBe(2) })
`

let run: Run
let tests: ReturnType<typeof outcomes>
let results: {
  title: string
  status: string
  negated?: boolean
  where: { test: string; line?: number; file: string }
}[]
let made: Awaited<ReturnType<typeof project>>

beforeAll(async () => {
  made = await project({ 'data.test.ts': suite.trimStart(), 'plain.test.ts': plain })
  run = await made.run()
  tests = outcomes(run)
  const document = parse(await readFile(path.join(made.folder, 'report/report.json'), 'utf8'))
  results = [...document.results] as typeof results
})
afterAll(() => made?.remove())

const passing = [
  'holds',
  'not awaited, holds',
  'awaited later',
  'not, breaks as expected',
  'warns',
  'several at once',
  'a promise',
  'retried',
  'expected to fail',
  'counted',
  'polled',
  'an ordinary test',
  'concurrent 1',
  'concurrent 4',
]
test.each(passing)('passes: %s', (title) => {
  expect(tests[title]?.status, tests[title]?.message).toBe('passed')
})

const failing: readonly (readonly [string, readonly (string | RegExp)[]])[] = [
  [
    'breaks',
    [
      'expect(tiny.a).toHaveValuesBetween({ min: 0 })',
      'measured  66.7 % of 3 tested rows',
      '▸ -3',
      /data\.test\.ts:9:\d+/,
    ],
  ],
  ['not awaited, breaks', ['▸ -3', /data\.test\.ts:13:\d+/]],
  ['not awaited, two break', ['▸ -3', 'there is no column "b"', 'did you mean "a"?']],
  ['not, holds', ['expected not: values at least -9']],
  ['not, missing column', ['there is no column "b"']],
  ['not, nothing to judge', ['there is no column "b"']],
  ['soft', ['values at least 0', 'values at most 0']],
  ['soft, not awaited', ['values at least 0']],
  ['asymmetric', ['cannot be used inside another matcher']],
  ['wrong receiver', ['toHaveValuesBetween judges a column, but expect() got the dataset "tiny"']],
  ['custom message', ['the ids']],
  ['concurrent, not awaited, breaks', ['▸ -3']],
]
test.each(failing)('fails: %s', (title, texts) => {
  expect(tests[title]?.status).toBe('failed')
  for (const text of texts) expect(tests[title]?.message).toMatch(text)
})

test('no rejection is left unhandled', () => {
  expect(run.output).not.toMatch(/unhandled/i)
})

test('every result belongs to the test that asked for it, at its line', () => {
  const lines = suite.trimStart().split('\n')
  for (const { where } of results) {
    // vitest itself calls the matcher of a promise or a poll, some time after the user's line.
    if (where.line === undefined) expect(where.test).toMatch(/a promise|polled/)
    else expect(lines[where.line - 1]).toMatch(/expect/)
  }
  const concurrent = results.filter(({ where }) => /^concurrent \d/.test(where.test))
  expect(concurrent.map(({ where, title }) => `${where.test}: ${title}`).sort()).toEqual(
    [1, 2, 3, 4].map((i) => `concurrent ${i}: values at least ${-9 - i}`),
  )
})

test('results of a failed attempt are dropped, a polled assertion counts once, soft ones count each', () => {
  const of = (name: string) => results.filter(({ where }) => where.test === name).map(({ status }) => status)
  expect(of('retried')).toEqual(['pass'])
  expect(of('polled')).toEqual(['pass'])
  expect(of('soft')).toEqual(['fail', 'fail'])
  expect(of('warns')).toEqual(['warn'])
  expect(of('not, breaks as expected')).toEqual(['pass'])
})

test('the report lies in the root, beside what the other reporters wrote', async () => {
  expect(run.output).toContain('report/index.html')
  expect(await readFile(path.join(made.folder, 'report/index.html'), 'utf8')).toContain('tiny')
  expect(await readFile(path.join(made.folder, 'report/summary.md'), 'utf8')).toContain('tiny')
})

test("unawaited: 'error' refuses an assertion that was not awaited", async () => {
  const strict = await project(
    {
      'a.test.ts': `
import { expect, test } from 'vitest'
import { dataset } from 'assay'
const a = dataset([{ a: 1 }]).column('a')
test('not awaited', () => { expect(a).toHaveValuesBetween({ min: 0 }) })
test('awaited', async () => { await expect(a).toHaveValuesBetween({ min: 0 }) })
`,
    },
    `{ unawaited: 'error', report: false }`,
  )
  const found = outcomes(await strict.run(['--pool=threads']))
  await strict.remove()
  expect(found['not awaited']?.message).toContain('was not awaited; write: await expect(…).toHaveValuesBetween(…)')
  expect(found.awaited?.status).toBe('passed')
})
