import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Check, evaluate, noMissing, valuesBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { onRead } from '../../src/bytes/reads.ts'
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

const copiesIn = (queries: readonly string[]): number =>
  queries.filter((query) => /^create (temp )?table "assay_(held|unnamed)_/.test(query)).length

/** As one that asks this once is asked, of which no text tells that more is to come. */
const judge = (check: Check) => evaluate(check)

/** What a run is answered that asks so many questions, one after another, and how often all rows are copied for them. */
async function run(file: string, rows: number, questions: number) {
  // Of a file written anew no table is left.
  writeFileSync(file, csv(rows))
  const data = dataset(file)
  const statuses: string[] = []
  const queries = await queriesOf(await relationOf(data), async () => {
    for (let more = 0; more < questions; more++) {
      const results = await judge(valuesBetween(data.column('x'), { min: 0, max: 25_000 + more }))
      statuses.push(...results.map(({ status }) => status))
    }
  })
  return {
    statuses,
    copies: copiesIn(queries),
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

test('where more is to come they are held at once, unless the run before asked once', async () => {
  const file = await temporaryFile('rows.csv', '')
  const stop = onRead({ file() {}, pattern() {}, awaits: () => Promise.resolve(true) })
  try {
    expect(await run(file, 100_000, 3)).toEqual({ statuses: ['pass', 'pass', 'pass'], copies: 1 })
    expect(await run(file, 100_000, 1)).toEqual({ statuses: ['pass'], copies: 1 })
    // What was asked again is known for one run.
    expect(await run(file, 100_000, 1)).toEqual({ statuses: ['pass'], copies: 1 })
    for (let i = 0; i < 2; i++) expect(await run(file, 100_000, 1)).toEqual({ statuses: ['pass'], copies: 0 })
    expect(await run(file, 100_000, 3)).toEqual({ statuses: ['pass', 'pass', 'pass'], copies: 1 })
    expect(await run(file, 100_000, 1)).toEqual({ statuses: ['pass'], copies: 1 })
    writeFileSync(file, csv(100_000))
    const data = dataset(file)
    const queries = await queriesOf(await relationOf(data), () =>
      evaluate([noMissing(data.column('x')), noMissing(data.column('id'))]),
    )
    expect(copiesIn(queries)).toBe(0)
  } finally {
    stop()
  }
})

test('what is read in no time leaves nothing behind, nor does anything where nothing is kept', async () => {
  const file = await temporaryFile('rows.csv', '')
  await run(file, 100, 3)
  expect(known()).toEqual([])
  vi.stubEnv('ASSAY_ASKED', '')
  await run(file, 100_000, 3)
  expect(known()).toEqual([])
})
