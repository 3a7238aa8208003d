import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeReport } from '../../reporters/folder.ts'
import { parse } from '../../src/results/json.ts'
import { withSince } from '../../src/results/since.ts'
import type { CheckResult, RunDocument, Since, Status } from '../../src/results/index.ts'
import { document, result } from '../helpers/runDocument.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
function reportFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-since-'))
  folders.push(folder)
  return folder
}

/** A run on a day of November whose checks came to this. */
function run(day: number, statuses: Readonly<Record<string, Status>>, more: Partial<RunDocument> = {}): RunDocument {
  const results = Object.entries(statuses).map(([id, status]): CheckResult => result({ id, status }))
  return document(results, {
    at: `2026-11-${String(day).padStart(2, '0')}T04:00:00.000Z`,
    commit: `commit${day}`,
    ...more,
  })
}

/** What the last report tells, after runs were reported into one folder. */
function told(folder: string, ...runs: readonly RunDocument[]): Readonly<Record<string, Since>> {
  for (const one of runs) writeReport(folder, one)
  return parse(readFileSync(path.join(folder, 'report.json'), 'utf8')).since ?? {}
}

const part = {
  outcome: { status: 'partial', exitCode: 0, tests: { found: 9, ran: 3 }, files: { found: 2, ran: 1 } },
} as const
const first = { at: '2026-11-10T04:00:00.000Z', orEarlier: true } as const

test('what the first report finds may be older', () => {
  expect(told(reportFolder(), run(10, { a: 'fail', b: 'pass', c: 'skipped', d: 'accepted' }))).toEqual({
    a: { ...first, runs: 1, commit: 'commit10' },
    d: { ...first, runs: 1, commit: 'commit10' },
  })
})

test('a finding keeps the run that found it first, is gone once it holds, and is new when it comes back', () => {
  const folder = reportFolder()
  told(folder, run(10, { a: 'fail', b: 'pass' }), run(11, { a: 'warn', b: 'fail' }))
  expect(told(folder, run(12, { a: 'fail', b: 'fail' }))).toEqual({
    a: { ...first, runs: 3, commit: 'commit10' },
    b: { at: '2026-11-11T04:00:00.000Z', runs: 2, commit: 'commit11' },
  })
  expect(Object.keys(told(folder, run(13, { a: 'pass', b: 'fail' })))).toEqual(['b'])
  expect(told(folder, run(14, { a: 'fail', b: 'pass' }))).toEqual({
    a: { at: '2026-11-14T04:00:00.000Z', runs: 1, commit: 'commit14' },
  })
})

test('a run of a part keeps what it did not ask; a whole run does not', () => {
  const folder = reportFolder()
  const before = told(folder, run(10, { a: 'fail', b: 'fail' }))
  expect(told(folder, run(11, { b: 'pass' }, part))).toEqual({ a: before['a'] })
  expect(told(folder, run(12, { a: 'fail' }))['a']).toMatchObject({ at: first.at, runs: 2 })
  expect(told(folder, run(13, { b: 'pass' }))).toEqual({})
})

test('a run told twice counts once, and one that is older than the report in the folder tells nothing', () => {
  const folder = reportFolder()
  const twice = run(11, { a: 'fail' })
  expect(told(folder, run(10, { a: 'fail' }), twice, twice)['a']?.runs).toBe(2)
  expect(told(folder, run(9, { a: 'fail' }))).toEqual({})
})

test('a report of before that cannot be read tells nothing, and stops nothing', () => {
  const folder = reportFolder()
  writeFileSync(path.join(folder, 'report.json'), '{ "schema": "assay/run/1", "results": [')
  expect(told(folder, run(11, { a: 'fail' }))['a']).toMatchObject({ runs: 1, orEarlier: true })
})

test('of a run without a record only the findings are there since then, or earlier; a run that has one keeps it', () => {
  const dated = withSince(run(11, { a: 'fail', b: 'fail' }), run(10, { a: 'fail', b: 'pass' }))
  expect(dated.since).toEqual({
    a: { ...first, runs: 2 },
    b: { at: '2026-11-11T04:00:00.000Z', runs: 1, commit: 'commit11' },
  })
  expect(withSince(dated, run(10, {}))).toBe(dated)
})
