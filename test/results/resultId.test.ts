import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { answersAll, invariantTo, mft, passMft, testedBy } from '../../src/behavior/index.ts'
import type { Check, CheckInfo } from '../../src/checks/check.ts'
import {
  hasColumn,
  noMissing,
  onlyColumns,
  rowCount,
  sumBetween,
  uniqueKey,
  valueLengthBetween,
  valuesBetween,
  valuesIn,
  valuesMatching,
  valuesOfType,
  wellFormed,
} from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { exec, model, predictions } from '../../src/models/index.ts'
import { perturb } from '../../src/perturbations/index.ts'
import type { Perturbation } from '../../src/perturbations/perturbation.ts'
import { isResultId, negatedId, resultIds } from '../../src/results/resultId.ts'
import { sql } from '../../src/sql/sql.ts'
import { folderWith } from '../helpers/files.ts'

const csv = 'id,text,amount,at\n1,a,1.5,2026-01-01\n2,b,-2,2026-01-02\n'
const folder = await folderWith({
  'raw/orders.csv': csv,
  'clean/orders.csv': csv,
  'book.json': '{"a":[{"id":1}],"b":[{"id":2}]}',
  'cases.csv': 'input,expected\nx,1\n',
})
const raw = dataset(path.join(folder, 'raw/orders.csv'))
const clean = dataset(path.join(folder, 'clean/orders.csv'))
const amount = raw.column('amount')
const text = raw.column('text')
const reference = dataset([{ amount: 1, text: 'a' }], { name: 'train' })
const m = model('m@1', function classify(input: string) {
  return input.length
})
const cases = mft([
  { input: 'a', expected: 1, capability: 'short' },
  { input: 'bb', expected: 2, capability: 'long' },
])
const rates = { passRate: { min: 0.5 } }
const inv = { over: ['ab cd', 'ef gh'], passRate: { min: 0.5 } }

const deep = (value: number) => ({ a: { b: { c: { d: { e: value } } } } })

/** Of each kind of check, questions that differ from the first in exactly one thing, and that from each other too. */
const kinds: Readonly<Record<string, Readonly<Record<string, () => Check>>>> = {
  rowCount: {
    plain: () => rowCount(raw, { min: 1 }),
    min: () => rowCount(raw, { min: 2 }),
    max: () => rowCount(raw, { min: 1, max: 9 }),
    gt: () => rowCount(raw, { gt: 1 }),
    lt: () => rowCount(raw, { min: 1, lt: 9 }),
    'a digit that words round off': () => rowCount(raw, { min: 1.000_000_1 }),
    severity: () => rowCount(raw, { min: 1 }, { severity: 'warn' }),
    source: () => rowCount(clean, { min: 1 }),
    name: () => rowCount(dataset(raw.source, { name: 'sales' }), { min: 1 }),
    'missing values': () => rowCount(dataset(raw.source, { missing: ['NA'] }), { min: 1 }),
    types: () => rowCount(dataset(raw.source, { types: { id: 'string' } }), { min: 1 }),
    delimiter: () => rowCount(dataset(raw.source, { delimiter: ';' }), { min: 1 }),
    slice: () => rowCount(raw.where({ id: 1 }), { min: 1 }),
    'value of the slice': () => rowCount(raw.where({ id: 2 }), { min: 1 }),
    'type of the value': () => rowCount(raw.where({ id: '1' }), { min: 1 }),
    'bigint as value': () => rowCount(raw.where({ id: 1n }), { min: 1 }),
    'column of the slice': () => rowCount(raw.where({ amount: 1 }), { min: 1 }),
    'slice in SQL': () => rowCount(raw.where(sql`id = ${1}`), { min: 1 }),
    'value in SQL': () => rowCount(raw.where(sql`id = ${2}`), { min: 1 }),
    'type in SQL': () => rowCount(raw.where(sql`id = ${'1'}`), { min: 1 }),
    'slice of a slice': () => rowCount(raw.where({ id: 1 }).where({ amount: 1 }), { min: 1 }),
    sample: () => rowCount(raw.sample(1), { min: 1 }),
    'size of the sample': () => rowCount(raw.sample(2), { min: 1 }),
    seed: () => rowCount(raw.sample(1, { seed: 2 }), { min: 1 }),
    'part of a file': () => rowCount(dataset(path.join(folder, 'book.json'), { at: 'a', name: 'orders' }), { min: 1 }),
    'other part': () => rowCount(dataset(path.join(folder, 'book.json'), { at: 'b', name: 'orders' }), { min: 1 }),
    query: () => rowCount(dataset(sql`select * from ${raw}`, { name: 'orders' }), { min: 1 }),
    'other query': () => rowCount(dataset(sql`select * from ${raw} limit 1`, { name: 'orders' }), { min: 1 }),
    'table of a query': () => rowCount(dataset(sql`select * from ${clean}`, { name: 'orders' }), { min: 1 }),
    records: () => rowCount(dataset([{ id: 1 }], { name: 'orders' }), { min: 1 }),
  },
  valuesBetween: {
    plain: () => valuesBetween(amount, { min: 0 }),
    limit: () => valuesBetween(amount, { min: 100 }),
    'a large limit': () => valuesBetween(amount, { max: 2 ** 53 }),
    'one more': () => valuesBetween(amount, { max: 2 ** 53 + 2 }),
    column: () => valuesBetween(raw.column('id'), { min: 0 }),
    mostly: () => valuesBetween(amount, { min: 0 }, { mostly: 0.99 }),
    'more digits of mostly': () => valuesBetween(amount, { min: 0 }, { mostly: 0.990_000_1 }),
    nulls: () => valuesBetween(amount, { min: 0 }, { nulls: 'fail' }),
    severity: () => valuesBetween(amount, { min: 0 }, { severity: 'warn' }),
    allowEmpty: () => valuesBetween(amount, { min: 0 }, { allowEmpty: true }),
    kind: () => sumBetween(amount, { min: 0 }),
    'limit of the sum': () => sumBetween(amount, { min: 1 }),
    'empty sum': () => sumBetween(amount, { min: 0 }, { allowEmpty: true }),
    'severity of the sum': () => sumBetween(amount, { min: 0 }, { severity: 'warn' }),
    lengths: () => valueLengthBetween(amount, { min: 2 }),
    'limit of lengths': () => valueLengthBetween(amount, { min: 1 }),
  },
  valuesIn: {
    plain: () => valuesIn(text, ['a', 'b']),
    value: () => valuesIn(text, ['a', 'c']),
    more: () => valuesIn(text, ['a', 'b', 'c']),
    'type of a value': () => valuesIn(text, ['a', 'b', 1]),
    'text of a number': () => valuesIn(text, ['a', 'b', '1']),
    'one beyond what words show': () => valuesIn(text, 'abcdefghij'.split('')),
    'another beyond': () => valuesIn(text, 'abcdefghik'.split('')),
    date: () => valuesIn(text, [new Date(0)]),
    'text of a date': () => valuesIn(text, [new Date(0).toISOString()]),
    'a comma': () => valuesIn(text, ['a, b']),
  },
  valuesMatching: {
    plain: () => valuesMatching(text, /a/u),
    pattern: () => valuesMatching(text, /b/u),
    flag: () => valuesMatching(text, /a/iu),
    'in JavaScript': () => valuesMatching(text, /(?=a)/u),
    mostly: () => valuesMatching(text, /a/u, { mostly: 0.5 }),
  },
  'statements about a column': {
    type: () => valuesOfType(text, 'integer'),
    'other type': () => valuesOfType(text, 'number'),
    present: () => noMissing(text),
    'mostly present': () => noMissing(text, { mostly: 0.5 }),
    'warning for missing': () => noMissing(text, { severity: 'warn' }),
    unique: () => uniqueKey(raw, 'text'),
    'nulls of a key': () => uniqueKey(raw, 'text', { nulls: 'fail' }),
    'mostly unique': () => uniqueKey(raw, 'text', { mostly: 0.5 }),
    'another key': () => uniqueKey(raw, 'id'),
    'two columns': () => uniqueKey(raw, ['id', 'text']),
    'one column of that name': () => uniqueKey(raw, ['id, text']),
    'is there': () => hasColumn(raw, 'text'),
    'other is there': () => hasColumn(raw, 'id'),
    'warning for a column': () => hasColumn(raw, 'text', { severity: 'warn' }),
    'no others': () => onlyColumns(raw, ['id', 'text']),
    'no others than one': () => onlyColumns(raw, ['id']),
    'names that hold commas': () => onlyColumns(raw, ['id, text']),
    'well-formed': () => wellFormed(raw),
    'warning for damage': () => wellFormed(raw, { severity: 'warn' }),
    'another source': () => wellFormed(clean),
  },
  noDriftFrom: {
    plain: () => noDriftFrom(amount, reference.column('amount')),
    column: () => noDriftFrom(raw.column('id'), reference.column('amount')),
    'column of the reference': () => noDriftFrom(amount, reference.column('text')),
    'source of the reference': () => noDriftFrom(amount, clean.column('amount')),
    'name of the reference': () => noDriftFrom(amount, dataset([{ amount: 1 }], { name: 'test' }).column('amount')),
    'slice of the reference': () => noDriftFrom(amount, reference.where({ text: 'a' }).column('amount')),
    'value of that slice': () => noDriftFrom(amount, reference.where({ text: 'b' }).column('amount')),
    limit: () => noDriftFrom(amount, reference.column('amount'), { limit: 0.2 }),
    'digits of the limit': () => noDriftFrom(amount, reference.column('amount'), { limit: 0.200_000_01 }),
    method: () => noDriftFrom(amount, reference.column('amount'), { method: 'cramersV' }),
    confidence: () => noDriftFrom(amount, reference.column('amount'), { confidence: 0.9 }),
    alpha: () => noDriftFrom(amount, reference.column('amount'), { alpha: 0.01 }),
    onInconclusive: () => noDriftFrom(amount, reference.column('amount'), { onInconclusive: 'fail' }),
    severity: () => noDriftFrom(amount, reference.column('amount'), { severity: 'warn' }),
    whole: () => noDriftFrom(raw, reference),
    columns: () => noDriftFrom(raw, reference, { columns: ['amount'] }),
    except: () => noDriftFrom(raw, reference, { except: ['text'] }),
  },
  passMft: {
    plain: () => passMft(m, cases, rates),
    rate: () => passMft(m, cases, { passRate: { min: 0.6 } }),
    'digits of the rate': () => passMft(m, cases, { passRate: { min: 0.600_000_1 } }),
    confidence: () => passMft(m, cases, { ...rates, confidence: 0.9 }),
    onInconclusive: () => passMft(m, cases, { ...rates, onInconclusive: 'fail' }),
    severity: () => passMft(m, cases, { ...rates, severity: 'warn' }),
    'one case less': () => passMft(m, cases.slice(1), rates),
    'another input': () => passMft(m, mft([{ input: 'z', expected: 2, capability: 'long' }]), rates),
    'another answer': () => passMft(m, mft([{ input: 'bb', expected: 3, capability: 'long' }]), rates),
    'type of the answer': () => passMft(m, mft([{ input: 'bb', expected: '2', capability: 'long' }]), rates),
    'another capability': () => passMft(m, mft([{ input: 'bb', expected: 2, capability: 'x' }]), rates),
    comparison: () => passMft(m, mft([{ input: 'bb', expected: 2, compare: 'contains', capability: 'long' }]), rates),
    'cases of a file': () => passMft(m, mft(path.join(folder, 'cases.csv')), rates),
    'a function as answer': () => passMft(m, mft([{ input: 'x', expected: (value: unknown) => value === 1 }]), rates),
    'another function': () => passMft(m, mft([{ input: 'x', expected: (value: unknown) => value === 2 }]), rates),
    'a matcher': () => passMft(m, mft([{ input: 'x', expected: expect.any(Number) }]), rates),
    'another matcher': () => passMft(m, mft([{ input: 'x', expected: expect.any(String) }]), rates),
    'a deep matcher': () => passMft(m, mft([{ input: 'x', expected: expect.objectContaining(deep(1)) }]), rates),
    'another deep matcher': () => passMft(m, mft([{ input: 'x', expected: expect.objectContaining(deep(2)) }]), rates),
    'a schema': () => passMft(m, mft([{ input: 'x', expected: z.string() }]), rates),
    'another schema': () => passMft(m, mft([{ input: 'x', expected: z.string().min(2) }]), rates),
    'same cases in code': () => passMft(m, mft([{ input: 'x', expected: '1' }]), { passRate: { min: 0.51 } }),
    version: () =>
      passMft(
        model('m@2', (input: string) => input),
        cases,
        rates,
      ),
    function: () =>
      passMft(
        model('m@1', function other(input: string) {
          return input
        }),
        cases,
        rates,
      ),
    'file of predictions': () => passMft(predictions([{ prediction: 1 }], { name: 'm@1' }), cases, rates),
    command: () => passMft(exec('a', { name: 'm@1' }), cases, rates),
    'another command': () => passMft(exec('b', { name: 'm@1' }), cases, rates),
  },
  invariantTo: {
    plain: () => invariantTo(m, perturb.typos(), inv),
    perturbation: () => invariantTo(m, perturb.typos({ n: 2 }), inv),
    seed: () => invariantTo(m, perturb.typos({ seed: 2 }), inv),
    inputs: () => invariantTo(m, perturb.typos(), { ...inv, over: ['other text'] }),
    column: () => invariantTo(m, perturb.typos(), { ...inv, over: text }),
    'another column': () => invariantTo(m, perturb.typos(), { ...inv, over: raw.column('at') }),
    'source of the column': () => invariantTo(m, perturb.typos(), { ...inv, over: clean.column('text') }),
    'slice of the column': () => invariantTo(m, perturb.typos(), { ...inv, over: raw.where({ id: 1 }).column('text') }),
    tolerance: () => invariantTo(m, perturb.typos(), { ...inv, tolerance: 0.1 }),
    rate: () => invariantTo(m, perturb.typos(), { ...inv, passRate: { min: 0.6 } }),
    ...changed({
      swapped: perturb.swapped('a', [1, 2]),
      'other values': perturb.swapped('a', [1, 3]),
      attribute: perturb.attribute('a', [1, 2]),
      'other attributes': perturb.attribute('a', [1, 3]),
      'a field': perturb.extraField('a', 1),
      'the field, of another value': perturb.extraField('a', 2),
      paraphrased: perturb.paraphrased({ a: 'b' }),
      'otherwise paraphrased': perturb.paraphrased({ a: 'c' }),
      jitter: perturb.jitter('a', { by: 1 }),
      'jitter within limits': perturb.jitter('a', { by: 1, min: 0 }),
      'given forms': perturb.given([['ab cd', 'x']]),
      'other forms': perturb.given([['ab cd', 'y']]),
      'an own change': perturb.of((text: string) => `${text}!`),
      'another own change': perturb.of((text: string) => `${text}?`),
      'one of them': perturb.oneOf([perturb.swapped('a', [1, 2])]),
      'another of them': perturb.oneOf([perturb.swapped('a', [1, 3])]),
      'in a field': perturb.inField('f', perturb.paraphrased({ a: 'b' })),
      'another in a field': perturb.inField('f', perturb.paraphrased({ a: 'c' })),
    }),
  },
  answersAll: {
    plain: () => answersAll(m, { on: ['a'] }),
    answer: () => answersAll(m, { on: ['a'], answer: (value: unknown) => value === 1 }),
    'another answer': () => answersAll(m, { on: ['a'], answer: (value: unknown) => value === 2 }),
    schema: () => answersAll(m, { on: ['a'], answer: z.string() }),
    'another schema': () => answersAll(m, { on: ['a'], answer: z.number() }),
    refusal: () => answersAll(m, { on: ['a'], refusal: /no/ }),
  },
  testedBy: {
    plain: () => testedBy(m, (one) => passMft(one, cases, rates)),
    draws: () => testedBy(m, (one) => passMft(one, cases, rates), { draws: 7 }),
    'a limit of a check': () => testedBy(m, (one) => passMft(one, cases, { passRate: { min: 0.6 } })),
    'another check': () => testedBy(m, (one) => answersAll(one, { on: ['a'] })),
  },
}

function changed(perturbations: Readonly<Record<string, Perturbation>>): Record<string, () => Check> {
  return Object.fromEntries(
    Object.entries(perturbations).map(([name, one]) => [name, () => invariantTo(m, one, inv)] as const),
  )
}

const idsOf = ({ kind, subject, question }: CheckInfo): { id: string; trend: string } =>
  resultIds(kind, subject, question)

describe('ids of results', () => {
  test.for(Object.entries(kinds))('%s: whatever differs in one thing has another id', ([, questions]) => {
    const ids = Object.entries(questions).map(([what, check]) => [what, idsOf(check()).id] as const)
    const first = new Map<string, string>()
    for (const [what, id] of ids) {
      expect(isResultId(id), id).toBe(true)
      expect(first.get(id), `${what} has the id of another question`).toBeUndefined()
      first.set(id, what)
    }
  })

  test.for(Object.entries(kinds))('%s: the same question has the same id each time', ([, questions]) => {
    const ask = (): unknown => Object.values(questions).map((check) => idsOf(check()))
    expect(ask()).toEqual(ask())
  })

  test('the order of keys and of lists that mean a set changes nothing', () => {
    const same: readonly (readonly [Check, Check])[] = [
      [rowCount(raw, { min: 1, max: 2 }), rowCount(raw, { max: 2, min: 1 })],
      [rowCount(raw.where({ id: 1, amount: 2 }), 1), rowCount(raw.where({ amount: 2, id: 1 }), 1)],
      [rowCount(raw.where({ id: [1, 2] }), 1), rowCount(raw.where({ id: [2, 1] }), 1)],
      [valuesIn(text, ['a', 'b']), valuesIn(text, new Set(['b', 'a', 'a']))],
      [valuesMatching(text, /a/su), valuesMatching(text, /a/su)],
      // A limit that moves with the clock.
      [valuesBetween(amount, { min: new Date(0) }), valuesBetween(amount, { min: '2026-01-01' })],
      [
        valuesBetween(amount, { min: 0 }, { mostly: 0.5, nulls: 'fail' }),
        valuesBetween(amount, { min: 0 }, { nulls: 'fail', mostly: 0.5 }),
      ],
      [
        noDriftFrom(raw, reference, { columns: ['amount', 'text'] }),
        noDriftFrom(raw, reference, { columns: ['text', 'amount'] }),
      ],
      [
        rowCount(raw, 1),
        rowCount(dataset(path.relative(process.cwd(), path.join(folder, 'raw/../raw/orders.csv'))), 1),
      ],
      [rowCount(dataset([{ a: 1 }]), 1), rowCount(dataset([{ a: 1 }, { a: 2 }]), 1)],
    ]
    for (const [one, other] of same) expect(idsOf(one)).toEqual(idsOf(other))
  })

  test('a trend follows limits, cases of a file and versions of a model, and nothing else', async () => {
    const trend = (check: Check): string => idsOf(check).trend
    const of = (kind: string, what: string): string => trend(kinds[kind]?.[what]?.() as Check)
    for (const what of ['limit', 'mostly', 'nulls', 'severity', 'allowEmpty'])
      expect(of('valuesBetween', what), what).toBe(of('valuesBetween', 'plain'))
    for (const what of ['column', 'kind']) expect(of('valuesBetween', what)).not.toBe(of('valuesBetween', 'plain'))
    for (const what of ['source', 'name', 'slice', 'value of the slice', 'sample'])
      expect(of('rowCount', what), what).not.toBe(of('rowCount', 'plain'))
    expect(of('valuesIn', 'more')).toBe(of('valuesIn', 'plain'))
    expect(of('valuesMatching', 'pattern')).not.toBe(of('valuesMatching', 'plain'))
    expect(of('passMft', 'version')).toBe(of('passMft', 'plain'))
    const file = path.join(folder, 'cases.csv')
    const before = of('passMft', 'cases of a file')
    await writeFile(file, 'input,expected\nx,1\ny,2\n')
    expect(of('passMft', 'cases of a file')).toBe(before)
  })

  test('signatures and passwords of an address are in no id, and what names the data is', () => {
    const id = (url: string): string => idsOf(rowCount(dataset(url), 1)).id
    const at = 'https://example.org/a.parquet'
    expect(id(`https://me:secret@example.org/a.parquet?X-Amz-Signature=${'a'.repeat(64)}`)).toBe(id(at))
    expect(id(`${at}?table=a`)).not.toBe(id(`${at}?table=b`))
  })

  test('the opposite statement is another question', () => {
    const { id } = idsOf(rowCount(raw, 1))
    expect(negatedId(id)).not.toBe(id)
    expect(isResultId(negatedId(id))).toBe(true)
  })
})

test('the order of cases changes no id, and each of many cases does', () => {
  const rows = Array.from({ length: 2000 }, (_, i) => ({ input: `text ${i}`, expected: i % 7 }))
  const id = (list: readonly { input: string; expected: number }[]): string => idsOf(passMft(m, mft(list), rates)).id
  expect(id(rows.toReversed())).toBe(id(rows))
  const changed = Array.from({ length: 200 }, (_, k) =>
    id(rows.map((row, i) => (i === k * 10 ? { ...row, expected: 8 + (k % 2) } : row))),
  )
  expect(new Set([id(rows), id([...rows, rows[0] as (typeof rows)[0]]), ...changed]).size).toBe(202)
})
