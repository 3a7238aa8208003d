import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { describeDatasets } from '../../matchers/describe.ts'
import { newSeal } from '../../src/engine/sealedFile.ts'
import { type Dataset, dataset, sql } from '../../src/index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'assay-test-describe-'))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

test('a file too large for a fingerprint of all of it, and a query of it, are described anew when any of it changed', async () => {
  vi.stubEnv('ASSAY_KEPT', path.join(folder, 'kept'))
  vi.stubEnv('ASSAY_CLAIMS', path.join(folder, 'claims'))
  vi.stubEnv('ASSAY_SEAL', newSeal())
  mkdirSync(path.join(folder, 'claims'))
  const file = path.join(folder, 'large.csv')
  const lines = Array.from({ length: 90_000 }, (_, i) => `${i % 10},${'x'.repeat(400)}`)
  const write = (): void => writeFileSync(file, `id,name\n${lines.join('\n')}\n`)
  const described = async (data: Dataset): Promise<unknown> => {
    const entries: string[] = []
    await describeDatasets([data], (_, entry) => entries.push(entry), new AbortController().signal)
    const { columns } = JSON.parse(entries[0] ?? 'null') as { columns: readonly { missing: number }[] }
    return columns.map(({ missing }) => missing)
  }
  const opened = (): readonly Dataset[] => [dataset(file), dataset(sql`select * from ${dataset(file)}`)]
  write()
  const before = opened()
  const prints = await Promise.all(before.map((data) => data.fingerprint()))
  expect(prints).toEqual([expect.stringMatching(/^sampled:/), expect.stringMatching(/^sampled-query:/)])
  for (const data of before) expect(await described(data)).toEqual([0, 0])
  // Between the first block of the fingerprint and the second; of the same size.
  for (let i = 500; i < 1000; i++) lines[i] = `,${'x'.repeat(401)}`
  write()
  const after = opened()
  expect(await Promise.all(after.map((data) => data.fingerprint()))).toEqual(prints)
  for (const data of after) expect(await described(data)).toEqual([500, 0])
})
