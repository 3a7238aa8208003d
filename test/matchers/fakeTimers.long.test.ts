import { copyFile, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { outcomes, project } from '../helpers/project.ts'

const suite = (fakes: string) => `
import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dataset, mft, model, perturb, table, integer } from 'assay'

beforeAll(() => {
  writeFileSync('t.csv', 'a,b\\n1,x\\n2,y\\n')
  writeFileSync('t.csv.gz', gzipSync('a,b\\n1,x\\n2,y\\n'))
  writeFileSync('t.json', '[{"a":1},{"a":2}]')
  vi.useFakeTimers({ ${fakes} })
  vi.setSystemTime(new Date('2001-02-03'))
})
const records = dataset([{ a: 1 }, { a: 2 }], { name: 'records' })
test('faked', () => { expect(new Date().getFullYear()).toBe(2001) })
for (const source of ['t.csv', 't.csv.gz', 't.json']) {
  test(source, async () => { await expect(dataset(source)).toHaveRowCount({ min: 1 }) })
}
test('excel', async () => { await expect(dataset('book.xlsx', { sheet: 'second' })).toHaveRowCount(1) })
test('records', async () => { await expect(records.column('a')).toHaveValuesBetween({ min: 0 }) })
test('not awaited', () => { expect(records.column('a')).toHaveValuesIn([1, 2]) })
test('all', async () => { await Promise.all([expect(records).toHaveUniqueKey('a'), expect(records).toHaveRowCount(2)]) })
test('schema', async () => { await expect(records).toMatchSchema(table({ a: integer() })) })
test('contract', async () => { await expect(records).toMatchSchema() })
test('drift', async () => { await expect(records.column('a')).toHaveNoDriftFrom(records.column('a')) })
test('model', async () => { await expect(model('m@1', async (x) => x, { timeout: 60_000 })).toPassMFT(mft([{ input: 'a', expected: 'a' }])) })
test('still faked', () => {
  expect(new Date().getFullYear()).toBe(2001)
  const ran = vi.fn()
  setTimeout(ran, 1000)
  setImmediate(ran)
  expect(ran).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(ran).toHaveBeenCalledTimes(2)
})
test('a model that never answers is over when the test is', { timeout: 300 }, async () => {
  await expect(model('m@2', () => new Promise(() => {}))).toPassMFT(mft([{ input: 'a', expected: 'a' }]))
})
`

test.for([
  ['those that vitest fakes by itself, forks', '', 'forks'],
  [
    'all of them, threads',
    "toFake: ['setTimeout','clearTimeout','setInterval','clearInterval','setImmediate','clearImmediate','Date','performance','queueMicrotask','nextTick','hrtime']",
    'threads',
  ],
] as const)('fake timers hang nothing, and the instant of the run stays: %s', async ([, fakes, pool]) => {
  const made = await project({ 'fake.test.ts': suite(fakes) })
  const books = fileURLToPath(new URL('../fixtures/excel', import.meta.url))
  const book = (await readdir(books)).find((name) => name.endsWith('.xlsx')) as string
  await copyFile(path.join(books, book), path.join(made.folder, 'book.xlsx'))
  const run = await made.run([`--pool=${pool}`])
  const { at } = JSON.parse(await readFile(path.join(made.folder, 'report/report.json'), 'utf8'))
  await made.remove()
  const { 'a model that never answers is over when the test is': over, ...others } = outcomes(run)
  for (const [title, { status, message }] of Object.entries(others))
    expect(status, `${title}: ${message}`).toBe('passed')
  expect(over?.message).toContain('Test timed out in 300ms')
  expect(at).not.toMatch(/^2001/)
})
