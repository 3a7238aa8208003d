import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { outcomes, project } from '../helpers/project.ts'

/** What never ends by itself: statements of a test of 400 ms. */
const endless: Record<string, string> = {
  'a query':
    "await expect(dataset(sql`select sum(a.range + b.range) as s from range(9000000) a, range(9000000) b`, { name: 'q' })).toHaveRowCount(1)",
  'a query, not awaited':
    "expect(dataset(sql`select sum(a.range * b.range) as s from range(9000000) a, range(9000000) b`, { name: 'q2' })).toHaveRowCount(1)",
  'a slice with a long condition':
    'await expect(dataset(sql`select a.range as id from range(9000000) a, range(9000000) b`).where(sql`(id * id) % 7 = 9`)).toHaveRowCount(0)',
  'a model': "await expect(model('m@1', () => new Promise(() => {}))).toPassMFT(cases)",
  'a model, not awaited': "expect(model('m@1', () => new Promise(() => {}))).toPassMFT(cases)",
  'several models':
    "await Promise.all([1, 2].map((i) => expect(model('n@' + i, () => new Promise(() => {}))).toPassMFT(cases)))",
  'rows that keep coming': "await expect(dataset(rows(), { name: 'stream' })).toHaveRowCount(1)",
  'rows that never come': "await expect(dataset(silent(), { name: 'silent' })).toHaveRowCount(1)",
  'another promise': 'await new Promise(() => {})',
}
const suite = `
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataset, mft, model, sql } from 'assay'
const cases = mft([{ input: 'a', expected: 'a' }])
const many = dataset(Array.from({ length: 10 }, (_, id) => ({ id })), { name: 'many' })
async function* rows() { for (let a = 0; ; a++) { yield { a }; if (a % 1000 === 0) await new Promise((go) => setTimeout(go, 5)) } }
async function* silent() { await new Promise(() => {}); yield { a: 1 } }
${Object.entries(endless)
  .map(([title, body]) => `test(${JSON.stringify(title)}, { timeout: 400 }, async () => { ${body} })`)
  .join('\n')}
test('what comes after is judged', async () => { await expect(many).toHaveRowCount(10) })
`
const hook = `
import { beforeAll, describe, expect, test } from 'vitest'
import { dataset, mft, model, sql } from 'assay'
beforeAll(async () => {
  expect(model('m@3', () => new Promise(() => {}))).toPassMFT(mft([{ input: 'a', expected: 'a' }]))
  await expect(dataset(sql\`select sum(a.range) as s from range(9000000) a, range(9000000) b\`, { name: 'q3' })).toHaveRowCount(1)
}, 400)
test('never runs', () => {})
`

test.for(['forks', 'threads'])('no test, hook or worker outlives its time: %s', async (pool) => {
  const made = await project({ 'endless.test.ts': suite, 'hook.test.ts': hook })
  const run = await made.run([`--pool=${pool}`, '--hookTimeout=1000', '--testTimeout=1000'])
  const report = JSON.parse(await readFile(path.join(made.folder, 'report/report.json'), 'utf8'))
  await made.remove()
  const found = outcomes(run)
  expect(run.code).toBe(1)
  for (const title of Object.keys(endless)) {
    expect(found[title]?.status, title).toBe('failed')
    if (title !== 'another promise')
      expect(found[title]?.message, title).toMatch(/timed out in 400ms|did not end within the test's 400 ms/)
  }
  expect(found['what comes after is judged']?.status).toBe('passed')
  expect(report.results.filter(({ status }: { status: string }) => status === 'pass')).toHaveLength(1)
  expect(run.output).toContain('Hook timed out in 400ms')
  expect(run.output).not.toMatch(/Unhandled|close timed out|Failed to terminate/i)
})
