import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { evaluate, valuesBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { temporaryFile } from '../helpers/files.ts'
import { queriesOf } from '../helpers/queries.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-test-asked-'))
  vi.stubEnv('ASSAY_ASKED', path.join(folder, 'asked'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const csv = (rows: number): string => `id,x\n${Array.from({ length: rows }, (_, i) => `${i},${i / 4}`).join('\n')}\n`
const known = (): readonly string[] => readdirSync(folder, { recursive: true }).map(String)

/** What a run is answered that asks so many questions, one after another, and how often all rows are copied for them. */
async function run(file: string, rows: number, questions: number) {
  // Of a file written anew no table is left.
  writeFileSync(file, csv(rows))
  const data = dataset(file)
  const statuses: string[] = []
  const queries = await queriesOf(await relationOf(data), async () => {
    for (let more = 0; more < questions; more++) {
      const results = await evaluate(valuesBetween(data.column('x'), { min: 0, max: 25_000 + more }))
      statuses.push(...results.map(({ status }) => status))
    }
  })
  return {
    statuses,
    copies: queries.filter((query) => /^create (temp )?table "assay_(held|unnamed)_/.test(query)).length,
  }
}

test('rows that an earlier run asked for again are held from the first question on; asked for once, they no longer are', async () => {
  const file = await temporaryFile('rows.csv', '')
  expect(await run(file, 100_000, 1)).toEqual({ statuses: ['pass'], copies: 0 })
  expect(known()).toEqual([])
  expect(await run(file, 100_000, 3)).toEqual({ statuses: ['pass', 'pass', 'pass'], copies: 1 })
  expect(known()).toEqual(['asked', expect.stringMatching(/^asked.[0-9a-f]{64}$/)])
  expect(await run(file, 100_000, 1)).toEqual({ statuses: ['pass'], copies: 1 })
  expect(known()).toEqual(['asked'])
  expect(await run(file, 100_000, 1)).toEqual({ statuses: ['pass'], copies: 0 })
})

test('what is read in no time leaves nothing behind, nor does anything where nothing is kept', async () => {
  const file = await temporaryFile('rows.csv', '')
  await run(file, 100, 3)
  expect(known()).toEqual([])
  vi.stubEnv('ASSAY_ASKED', '')
  await run(file, 100_000, 3)
  expect(known()).toEqual([])
})
