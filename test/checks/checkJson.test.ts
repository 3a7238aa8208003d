import { expect, test } from 'vitest'
import { catalogue } from '../../src/checks/catalogue.ts'
import {
  checkFromJSON,
  checkToJSON,
  rowCount,
  valuesBetween,
  valuesIn,
  valuesMatching,
} from '../../src/checks/index.ts'
import type { Check } from '../../src/checks/check.ts'
import { dataset, isDataset } from '../../src/dataset/dataset.ts'
import { isPlainObject } from '../../src/options.ts'
import { checkCases } from '../conformance/cases.ts'
import { columns } from '../conformance/awkward.ts'
import { thrown } from '../helpers/judge.ts'

const data = dataset([Object.fromEntries(columns.map(({ name }) => [name, null]))], { name: 'awkward', key: 'id' })
const orders = dataset([{ id: 1, amount: 2 }], { name: 'orders' })
const amount = orders.column('amount')
/** A value with what identifies its datasets, which nobody compares by their fields. */
const identified = (value: unknown): unknown => {
  if (isDataset(value)) return value.identity
  if (Array.isArray(value)) return value.map(identified)
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, identified(member)]))
}
const said = ({ kind, title, expected, question, limit, severity, allowEmpty }: Check): unknown => ({
  kind,
  title,
  expected,
  question: identified(question),
  limit,
  severity,
  allowEmpty,
})

test.each(Object.entries(checkCases))('%s is the same check after it was JSON', (kind, cases) => {
  expect(catalogue().map((one) => one.kind)).toContain(kind)
  for (const make of cases) {
    const check = make(data)
    // A dataset in memory has no place in a file.
    const others = (check.inputs ?? []).slice(1)
    if (others.some((other) => other.slice !== undefined || !other.source.endsWith('.csv') || other === data)) {
      expect(thrown(() => checkToJSON(check))).toMatch(/a contract can only name files/)
      continue
    }
    const json: unknown = JSON.parse(JSON.stringify(checkToJSON(check)))
    const slice = check.inputs?.[0] ?? data
    expect(said(checkFromJSON(slice, json))).toEqual(said(check))
  }
})

test('digits, dates and expressions survive', () => {
  const cases: readonly (readonly [Check, unknown])[] = [
    [valuesBetween(amount, { min: 9007199254740993n }), { bounds: { min: '9007199254740993' } }],
    [valuesBetween(amount, { min: 5n, lt: 1.5e300 }), { bounds: { min: 5, lt: 1.5e300 } }],
    [
      valuesIn(amount, [9007199254740993n, 1, true, new Date(0), '1']),
      { values: [{ integer: '9007199254740993' }, 1, true, { instant: '1970-01-01T00:00:00.000Z' }, '1'] },
    ],
    [valuesMatching(amount, /^[a-z]+$/i), { pattern: { source: '^[a-z]+$', flags: 'i' } }],
    [valuesMatching(amount, '^a$', { mostly: 0.5, nulls: 'fail' }), { pattern: '^a$', mostly: 0.5, nulls: 'fail' }],
    [rowCount(orders, 3), { bounds: { min: 3, max: 3 } }],
  ]
  for (const [check, members] of cases) {
    const json = checkToJSON(check)
    const column = check.kind === 'rowCount' ? {} : { column: 'amount' }
    expect(json).toEqual({ kind: check.kind, ...column, ...(members as object) })
    expect(checkFromJSON(orders, JSON.parse(JSON.stringify(json))).expected).toBe(check.expected)
  }
})

test('a dataset of files stands as its path, with what it was opened with', () => {
  const { keyExists } = Object.fromEntries(catalogue().map((kind) => [kind.kind, kind])) as Record<string, never>
  const ask = keyExists as unknown as (...args: readonly unknown[]) => Check
  const plain = ask(orders, 'id', dataset('customers.csv'), 'id')
  expect(checkToJSON(plain)).toMatchObject({ columns: ['id'], other: 'customers.csv', key: ['id'] })
  const opened = ask(orders, 'id', dataset('customers.csv', { name: 'people', missing: ['', 'NA'] }), 'id')
  const json = checkToJSON(opened)
  expect(json).toMatchObject({ other: { source: 'customers.csv', name: 'people', missing: ['', 'NA'] } })
  for (const one of [plain, opened]) expect(said(checkFromJSON(orders, checkToJSON(one)))).toEqual(said(one))
})

test('what is wrong with the JSON of a check is told, with what was meant', () => {
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [null, /a check as JSON is an object, and this is null/],
    [[], /this is an array/],
    [{}, /names its kind, and this has undefined/],
    [{ kind: 'valuesBetwen' }, /no check "valuesBetwen"\n.*did you mean "valuesBetween"\?/],
    [{ kind: 'toHaveValuesBetween' }, /did you mean "valuesBetween"\?/],
    [{ kind: 'valuesBetween', bounds: { min: 0 } }, /judges a column, and "column" is undefined/],
    [{ kind: 'valuesBetween', column: 'a' }, /needs "bounds"/],
    [{ kind: 'valuesBetween', column: 'a', bounds: { mni: 0 } }, /did you mean min\?/],
    [{ kind: 'valuesBetween', column: 'a', bounds: { min: 0 }, mostley: 1 }, /does not know "mostley"\n.*"mostly"\?/],
    [{ kind: 'valuesBetween', column: 'a', bounds: { min: 0 }, mostly: 2 }, /got mostly: 2/],
    [{ kind: 'rowCount', bounds: { min: 0 } }, /every number of rows meets/],
    [Object.create({ kind: 'rowCount', bounds: 1 }), /this is/],
    [JSON.parse('{ "__proto__": { "kind": "rowCount" } }'), /names its kind|does not know/],
  ]
  for (const [json, message] of wrong) expect(thrown(() => checkFromJSON(orders, json))).toMatch(message)
  expect(thrown(() => checkToJSON({} as Check))).toMatch(/which is no check/)
})
