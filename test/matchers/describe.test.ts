import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { serialize } from 'node:v8'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { describeDatasets } from '../../matchers/describe.ts'
import { newSeal, writeSealed } from '../../src/engine/sealedFile.ts'
import { type Dataset, dataset, sql } from '../../src/index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'assay-test-describe-'))
const kept = path.join(folder, 'kept')
const claims = path.join(folder, 'claims')
const file = path.join(folder, 'orders.csv')

beforeAll(() => {
  vi.stubEnv('ASSAY_KEPT', kept)
  vi.stubEnv('ASSAY_CLAIMS', claims)
  vi.stubEnv('ASSAY_SEAL', newSeal())
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

/** A run of watch mode: what one run alone has is gone. */
async function described(table: Dataset): Promise<unknown> {
  rmSync(claims, { recursive: true, force: true })
  mkdirSync(claims)
  const entries: string[] = []
  await describeDatasets([table], (_, entry) => entries.push(entry), new AbortController().signal)
  return JSON.parse(entries[0] ?? 'null')
}
const missing = (of: unknown): unknown =>
  (of as { columns: readonly { missing: number }[] }).columns.map((column) => column.missing)
const plant = async (): Promise<void> => {
  for (const name of readdirSync(kept)) await writeSealed(kept, name, serialize('"planted"'))
}

test('a file is described once for all runs of watch mode, while it holds the same and is read in the same way', async () => {
  writeFileSync(file, 'id,name\n1,NA\n2,Ada\n')
  expect(missing(await described(dataset(file)))).toEqual([0, 0])
  await plant()
  expect(await described(dataset(file))).toBe('planted')
  expect(missing(await described(dataset(file, { missing: ['NA'] })))).toEqual([0, 1])
  expect(missing(await described(dataset(file, { missing: ['NA', '2'] })))).toEqual([1, 1])
  await plant()
  // The same size, in the same second.
  writeFileSync(file, 'id,name\n,NAA\n,Adb\n')
  expect(missing(await described(dataset(file)))).toEqual([2, 0])
})

test('records are described in each run', async () => {
  const records = [{ id: 1 }, { id: null }]
  expect(missing(await described(dataset(records, { name: 'orders' })))).toEqual([1])
  await plant()
  expect(missing(await described(dataset(records, { name: 'orders' })))).toEqual([1])
})

test('what cannot be described is said in one line, of personal columns too', async () => {
  const people = dataset([{ email: 'a@b.c', city: 'Ulm' }], { name: 'people', pii: ['email'] })
  const entries: string[] = []
  await describeDatasets(
    [dataset(sql`select email from ${people}`, { name: 'mails' })],
    (kind, entry) => entries.push(`${kind}: ${entry}`),
    new AbortController().signal,
  )
  expect(entries).toEqual([
    'notes: the columns of mails could not be described: the query names "email", a personal column of "people"',
  ])
})
