import { beforeAll, describe, expect, test } from 'vitest'
import * as checks from '../../src/checks/index.ts'
import type { Dataset } from '../../src/dataset/dataset.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { columns, email, int, rows, text } from './awkward.ts'
import { engines } from './engines.ts'

/** What is exported beside the checks. */
const notChecks = ['evaluate', 'profile'] as const
type Name = Exclude<keyof typeof checks, (typeof notChecks)[number]>
type Make = (data: Dataset) => checks.Check
const typeNames = ['boolean', 'integer', 'number', 'string', 'date', 'timestamp', 'timestamptz', 'time'] as const
const names = columns.map(({ name }) => name)

/** Every check in its several ways; a check without a line here fails the suite. */
const cases: Record<Name, readonly Make[]> = {
  hasColumn: [
    (d) => checks.hasColumn(d, int),
    (d) => checks.hasColumn(d, 'ids'),
    (d) => checks.hasColumn(d, 'zz', { severity: 'warn' }),
  ],
  noMissing: names.map((name) => (d: Dataset) => checks.noMissing(d.column(name), { mostly: 8 / 9 })),
  onlyColumns: [(d) => checks.onlyColumns(d, names), (d) => checks.onlyColumns(d, ['id', text])],
  rowCount: [
    (d) => checks.rowCount(d, 9),
    (d) => checks.rowCount(d, { gt: 9 }),
    (d) => checks.rowCount(d.where({ [text]: "'; drop table t; --" }), 1),
    (d) => checks.rowCount(d.where({ [email]: [null, 'x'] }), { min: 2, max: 2 }),
  ],
  uniqueKey: [
    (d) => checks.uniqueKey(d),
    ...names.map((name) => (d: Dataset) => checks.uniqueKey(d, name)),
    (d) => checks.uniqueKey(d, ['small', 'flag'], { nulls: 'fail' }),
    (d) => checks.uniqueKey(d, [int, 'x'], { mostly: 0.5 }),
  ],
  valueLengthBetween: [
    (d) => checks.valueLengthBetween(d.column(text), { min: 1, max: 5 }),
    (d) => checks.valueLengthBetween(d.column(email), { gt: 1, lt: 6 }, { nulls: 'fail' }),
    (d) => checks.valueLengthBetween(d.column('id'), { max: 5 }),
  ],
  valuesBetween: [
    ...['x', 'y', int, 'small', 'flag', 'day', text].flatMap((name) => [
      (d: Dataset) => checks.valuesBetween(d.column(name), { min: 0 }),
      (d: Dataset) => checks.valuesBetween(d.column(name), { gt: 0, lt: 7 }, { nulls: 'fail' }),
      (d: Dataset) => checks.valuesBetween(d.column(name), { max: 1.5 }, { mostly: 0.5 }),
    ]),
    (d) => checks.valuesBetween(d.where({ id: -1 }).column('x'), { min: 0 }),
    (d) => checks.valuesBetween(d.where({ id: -1 }).column('x'), { min: 0 }, { allowEmpty: true }),
    (d) => checks.valuesBetween(d.column('xx'), { min: 0 }),
  ],
  valuesIn: [
    (d) => checks.valuesIn(d.column(int), [9007199254740993n, 1, 0.5, 1e300]),
    (d) => checks.valuesIn(d.column('x'), [0, 0.5, 9007199254740993n]),
    (d) => checks.valuesIn(d.column('y'), [-1e-300, 1e300, 7n]),
    (d) => checks.valuesIn(d.column(text), ["'; drop table t; --", '😀', ''], { nulls: 'fail' }),
    (d) => checks.valuesIn(d.column('flag'), [true]),
    (d) => checks.valuesIn(d.column('day'), ['2026-01-01', new Date('1969-12-31'), '9999-12-31']),
    (d) => checks.valuesIn(d.column('at'), ['2026-01-01', '2026-01-01T00:00:00.001Z', '2026-01-02 00:00']),
    (d) => checks.valuesIn(d.column(text), [1]),
    (d) => checks.valuesIn(d.column('id'), ['1']),
  ],
  valuesMatching: [
    (d) => checks.valuesMatching(d.column(email), /^[^@\s]+@[^@\s]+$/),
    (d) => checks.valuesMatching(d.column(email), /^k.$/i),
    (d) => checks.valuesMatching(d.column(text), /^.*$/),
    (d) => checks.valuesMatching(d.column(text), /\S/s, { nulls: 'fail' }),
    (d) => checks.valuesMatching(d.column(text), /\bdrop\b|^\P{L}*$/u),
    (d) => checks.valuesMatching(d.column('x'), /a/),
  ],
  valuesOfType: [...names, 'nope'].flatMap((name) =>
    typeNames.map((type) => (d: Dataset) => checks.valuesOfType(d.column(name), type)),
  ),
  wellFormed: [(d) => checks.wellFormed(d)],
}

const all: readonly Make[] = Object.values(cases).flat()
const isText = (name: string | undefined): boolean => columns.find((column) => column.name === name)?.type === 'string'

/** What engines must agree on: everything but times, SQL, their own type names and how they write other values. */
function essence(result: CheckResult): unknown {
  const { id, kind, subject, status, blocking, severity, expected, measured, counts, sample } = result
  return {
    about: [id, kind, subject, status, blocking, severity, expected, measured],
    status,
    counts,
    value: result.value,
    message: result.message?.replace(/ \([^)]*\)/, ''),
    sample: sample && { ...sample, rows: sample.rows.map((row) => row.filter((_, i) => isText(sample.columns[i]))) },
  }
}

async function judgeAll(data: Dataset): Promise<readonly unknown[]> {
  return (await checks.evaluate(all.map((make) => make(data)))).map(essence)
}

test('every exported check has a case', () => {
  const exported = Object.keys(checks).filter((name) => !(notChecks as readonly string[]).includes(name))
  expect(Object.keys(cases).sort()).toEqual(exported.sort())
  for (const [name, some] of Object.entries(cases)) expect(some.length, name).toBeGreaterThan(0)
})

const [oracle, ...others] = engines
let truth: readonly unknown[]
beforeAll(async () => {
  truth = await judgeAll(await oracle.open(rows, columns))
}, 60_000)

test('the cases pass, fail, warn, are vacuous and are errors, and no query of the oracle fails', () => {
  const results = truth as readonly CheckResult[]
  expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['pass', 'fail', 'warn', 'vacuous', 'error']))
  expect(results.filter(({ message }) => message?.includes('could not run'))).toEqual([])
  for (const { counts, status, sample } of results) {
    if (!counts) continue
    expect(counts.missing + counts.tested).toBe(counts.rows)
    if (status === 'fail') expect(sample?.total).toBe(counts.failed)
    if (status === 'fail') expect(sample?.rows).toHaveLength(counts.failed)
  }
})

describe.each(others)('$name', (engine) => {
  let found: readonly unknown[]
  beforeAll(async () => {
    found = await judgeAll(await engine.open(rows, columns))
  }, 60_000)
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
