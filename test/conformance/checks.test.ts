import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from '../../src/checks/catalogue.ts'
import * as checks from '../../src/checks/index.ts'
import type { Dataset } from '../../src/dataset/dataset.ts'
import type { RowsBlock } from '../../src/results/blocks/rows.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { resultBlock } from '../../src/words/resultBlock.ts'
import { columns, rows } from './awkward.ts'
import { checkCases } from './cases.ts'
import { type ConformingEngine, engines, type Rows, runs, textFile } from './engines.ts'
import { NOW } from './now.ts'
import { knownVerdicts, naiveVerdicts } from './known.ts'
import { Refusal, rounded, type Table } from './naive.ts'
import { tables } from './tables.ts'
import { rowsOf } from '../helpers/blocks.ts'

const all = Object.values(checkCases).flat()
const isText = (name: string | undefined): boolean => columns.find((column) => column.name === name)?.type === 'string'

/** What engines must agree on: everything but times, SQL, their own type names and how they write other values. */
function essence(result: CheckResult): unknown {
  const { id, kind, subject, status, blocking, severity, expected, measured, counts } = result
  const sample = rowsOf(result)
  return {
    about: [id, kind, subject, status, blocking, severity, expected, measured],
    status,
    counts,
    // Engines add up in orders of their own.
    value: result.value === undefined ? undefined : Number(result.value.toPrecision(14)),
    message: result.message?.replace(/ \([^)]*\)/, ''),
    sample: sample && { ...sample, rows: sample.rows.map((row) => row.filter((_, i) => isText(sample.columns[i]))) },
  }
}

async function judgeAll(data: Dataset): Promise<readonly unknown[]> {
  return (
    await checks.evaluate(
      all.map((make) => make(data)),
      { now: NOW },
    )
  ).map(essence)
}

test('every exported check has a file of cases', () => {
  const kinds = catalogue().map(({ kind }) => kind)
  expect(Object.keys(checkCases).sort()).toEqual(kinds.sort())
  expect(Object.keys(checks)).toEqual(expect.arrayContaining(kinds))
  for (const [name, some] of Object.entries(checkCases)) expect(some.length, name).toBeGreaterThan(0)
})

test('every kind of check is said once more in JavaScript', () => {
  const without = catalogue().filter(({ kind }) => !checkCases[kind]?.some((make) => naiveVerdicts.has(make)))
  expect(without.map(({ kind }) => kind)).toEqual([])
})

const [oracle, ...others] = engines
let truth: readonly unknown[]
beforeAll(async () => {
  truth = await judgeAll(await oracle.open(rows, columns))
})

test('the cases pass, fail, warn, are vacuous, undecided and errors, and no query of the oracle fails', () => {
  const results = truth as readonly (CheckResult & { readonly sample?: RowsBlock })[]
  expect(new Set(results.map(({ status }) => status))).toEqual(
    new Set(['pass', 'fail', 'warn', 'vacuous', 'inconclusive', 'error']),
  )
  expect(results.filter(({ message }) => message?.includes('could not run'))).toEqual([])
  for (const { counts, status, sample } of results) {
    if (!counts) continue
    expect(counts.missing + counts.tested).toBe(counts.rows)
    if (status === 'fail') expect(sample?.total).toBe(counts.failed)
    if (status === 'fail') expect(sample?.rows).toHaveLength(counts.failed)
  }
})

test('each check comes to the same alone as beside all others, which ask the same of other limits', async () => {
  const alone: unknown[] = []
  // Opened anew: what a relation came to is kept.
  for (const make of all)
    alone.push(...(await checks.evaluate(make(await oracle.open(rows, columns)), { now: NOW })).map(essence))
  expect(alone).toEqual(truth)
})

test('every kind passes and fails in its cases, and its message says in whole words what was asked and what is there', async () => {
  const data = await oracle.open(rows, columns)
  const lacking: string[] = []
  // Nothing of what is in memory can be unread.
  for (const kind of catalogue().filter(({ kind: name }) => name !== 'wellFormed')) {
    const cases = (checkCases[kind.kind] ?? []).map((make) => make(data))
    const results = await checks.evaluate(cases, { now: NOW })
    const statuses = new Set(results.map(({ status }) => status))
    lacking.push(
      ...(['pass', 'fail'] as const).filter((one) => !statuses.has(one)).map((one) => `${kind.kind}: ${one}`),
    )
    for (const result of results.filter(({ status }) => status === 'fail')) {
      const text = resultBlock(result)
      expect(text).toContain(result.title)
      expect(text).toMatch(/\n +expected +\S.*\n +measured +\S/)
      expect(text).not.toMatch(/undefined|NaN rows|\[object|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
    }
  }
  expect(lacking).toEqual([])
})

test.for([...knownVerdicts])('%o is judged as it must be', async ([make, result]) => {
  expect((await checks.evaluate(make(await oracle.open(rows, columns)), { now: NOW }))[0]).toMatchObject(result)
})

const tableOf = (some: Rows): Table =>
  some.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])))

/** Numbers that a check has no use for make it an error. */
function orError<T extends Partial<CheckResult>>(naive: () => T): T | { readonly status: 'error' } {
  try {
    return naive()
  } catch (error) {
    if (error instanceof Refusal) return { status: 'error' }
    throw error
  }
}

/** Tables drawn at random are asked so much less each: another part of the checks. */
const PARTS = 4

/** Holds an engine to what JavaScript says of some rows, in all checks or in one of so many parts of them. */
async function isTrue(engine: ConformingEngine, some: Rows, part?: number): Promise<void> {
  const data = await engine.open(some, columns)
  const asked = [...naiveVerdicts].filter((_, i) => part === undefined || i % PARTS === part)
  const results = await checks.evaluate(
    asked.map(([make]) => make(data)),
    { now: NOW },
  )
  const pairs = asked.map(([make, naive], i) => {
    const wanted = orError(() => naive(tableOf(some), engine.textual === true))
    const found = results[i] as CheckResult
    const own = Object.keys(wanted).map((name) => [name, rounded(found[name as keyof CheckResult])])
    return [
      [make.toString(), Object.fromEntries(own)],
      [make.toString(), rounded(wanted)],
    ] as const
  })
  expect(pairs.map(([found]) => found)).toEqual(pairs.map(([, wanted]) => wanted))
}

test.each([...engines, textFile])(
  'checks come to what JavaScript says on $name, of the awkward table, of no rows and of any',
  async (engine) => {
    await isTrue(engine, rows)
    await isTrue(engine, [])
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(PARTS - 1), (some, part) => isTrue(engine, some, part)),
      { numRuns: runs(engine) },
    )
  },
)

describe.each(others)('$name', (engine) => {
  let found: readonly unknown[]
  beforeAll(async () => {
    found = await judgeAll(await engine.open(rows, columns))
  })
  for (const [i, make] of all.entries()) {
    test(`check ${i + 1} is judged as by the oracle: ${make
      .toString()
      .replace(/^.*?=>\s*/s, '')
      .slice(0, 100)}`, () => {
      expect(found[i]).toEqual(truth[i])
    })
  }
  test('no rows', async () => {
    expect(await judgeAll(await engine.open([], columns))).toEqual(await judgeAll(await oracle.open([], columns)))
  })
})

test.each(engines)('the order of rows changes no verdict and no count on $name', async (engine) => {
  const shuffled = [5, 2, 8, 0, 7, 1, 6, 4, 3].map((i) => rows[i] as readonly unknown[])
  const without = (results: readonly unknown[]) =>
    results.map((result) => ({ ...(result as CheckResult), sample: undefined }))
  expect(without(await judgeAll(await engine.open(shuffled, columns)))).toEqual(without(truth))
})
