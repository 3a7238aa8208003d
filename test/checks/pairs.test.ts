import { expect, test } from 'vitest'
import { columnsDistinct, columnsEqual, evaluate, keyExists, sameRowCount, sameRows } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { blocksOf } from '../../src/results/blocks/index.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { resultBlock } from '../../src/words/resultBlock.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { temporaryFile } from '../helpers/files.ts'
import { thrown } from '../helpers/judge.ts'

const orders = dataset([{ customer: 7 }, { customer: 8 }, { customer: null }], { name: 'orders' })
const customers = async (text: string) => dataset(await temporaryFile('customers.csv', text), { name: 'customers' })

test('a record of the other dataset that cannot be read is told, and what it may hold is no failure', async () => {
  const bad = await customers('id,name\n7,Ada\n8,Grace,1\n')
  const results = await evaluate([keyExists(orders, 'customer', bad, 'id'), sameRowCount(orders, bad)])
  expect(results.map(({ kind, status, blocking }) => [kind, status, blocking])).toEqual([
    ['keyExists', 'inconclusive', true],
    ['sameRowCount', 'inconclusive', true],
    ['wellFormed', 'fail', true],
  ])
  expect(results[0]).toMatchObject({
    message: expect.stringMatching(/1 record of customers could not be read, and what is not found there may stand in/),
    counts: { failed: 1 },
  })
})

test('both datasets are in the lineage, with their fingerprints', async () => {
  const good = await customers('id,name\n7,Ada\n8,Grace\n')
  const [result] = await evaluate(keyExists(orders, 'customer', good, 'id'))
  expect(result).toMatchObject({ status: 'pass', counts: { rows: 3, missing: 1, tested: 2, failed: 0 } })
  expect(result?.lineage.datasets.map(({ name }) => name)).toEqual(['orders', 'customers'])
  for (const { fingerprint } of result?.lineage.datasets ?? []) expect(fingerprint).toMatch(/^\w+:/)
  expect(result?.subject).toMatchObject({ reference: 'customers', referenceOf: { name: 'customers' } })
})

test('the key of the other dataset is the default, and must fit', async () => {
  const declared = dataset([{ id: 7 }, { id: 8 }], { name: 'customers', key: 'id' })
  expect(await evaluate(keyExists(orders, 'customer', declared))).toMatchObject([{ status: 'pass' }])
  expect(thrown(() => keyExists(orders, 'customer', orders))).toMatch(/the dataset "orders" declares none/)
  expect(thrown(() => keyExists(orders, ['a', 'b'], declared))).toMatch(/got 2 columns and a key of 1 column/)
  expect(await evaluate(keyExists(orders, 'customr', declared))).toMatchObject([
    { status: 'error', message: expect.stringMatching(/did you mean "customer"\?/) },
  ])
})

test('columns may be called as the query calls its own', async () => {
  const other = dataset([{ id: 1, v0: 1 }], { name: 'other' })
  const mine = dataset([{ k0: 5, v0: 5 }], { name: 'mine' })
  const [missing] = await evaluate(keyExists(mine, 'k0', other, 'id'))
  expect(missing).toMatchObject({ status: 'fail', counts: { failed: 1 } })
  const renamed = dataset([{ id: 5, v0: 5 }], { name: 'mine' })
  const [rows] = await evaluate(sameRows(renamed, other))
  expect(rows).toMatchObject({ status: 'fail', measured: '1 row more than there, 1 row fewer' })
  expect(rows && rowsOf(rows)?.total).toBe(1)
})

test.each(['user', 'current_date', 'keys', 'b', 'others', 't'])(
  'a column called %s is no value or alias of the engine',
  async (name) => {
    const events = dataset(
      ['ann', 'bob', 'zed'].map((value) => ({ [name]: value })),
      { name: 'events' },
    )
    const users = dataset([{ login: 'ann' }, { login: 'bob' }, { login: 'duckdb' }], { name: 'users' })
    const [keys] = await evaluate(keyExists(events, name, users, 'login'))
    expect(keys).toMatchObject({ status: 'fail', counts: { tested: 3, failed: 1 } })
    expect(keys && rowsOf(keys)).toMatchObject({ rowNumbers: [3], total: 1 })
    const [rows] = await evaluate(sameRows(events, dataset([{ [name]: 'ann' }, { [name]: 'bob' }], { name: 'those' })))
    expect(rows).toMatchObject({ status: 'fail', measured: '1 row more than there' })
    expect(rows && rowsOf(rows)).toMatchObject({ rowNumbers: [3], rows: [['zed']], total: 1 })
  },
)

test('days and times of every type are compared as instants', async () => {
  const text = `d,t,z\n2026-01-01,2026-01-01T00:00:00,2026-01-01T01:00:00+01:00\n2026-01-02,2026-01-02 00:00,2026-01-02 00:00:00Z\n`
  const times = dataset(await temporaryFile('times.csv', text), { name: 'times' })
  for (const [a, b] of [
    ['d', 't'],
    ['d', 'z'],
    ['t', 'z'],
  ] as const) {
    const checks = [columnsEqual(times, [a, b]), columnsDistinct(times, [b, a]), keyExists(times, a, times, b)]
    expect((await evaluate(checks)).map(({ kind, counts }) => [kind, counts?.tested, counts?.failed])).toEqual([
      ['columnsEqual', 2, 0],
      ['columnsDistinct', 2, 2],
      ['keyExists', 2, 0],
    ])
  }
})

test('rows that are missing are shown, with where they stand in the other dataset, and no personal value of them', async () => {
  const file = dataset(await temporaryFile('people.csv', 'id,mail\n1,ada@x\n2,bob@x\n3,cy@x\n3,cy@x\n'), {
    name: 'people',
    pii: ['mail'],
  })
  const known = dataset(
    [
      { id: 1, mail: 'ada@x' },
      { id: 3, mail: 'cy@x' },
      { id: 4, mail: 'dot@x' },
    ],
    { name: 'known' },
  )
  const [result] = await evaluate(sameRows(known, file))
  expect(result).toMatchObject({ status: 'fail', measured: '1 row more than there, 2 rows fewer', value: 3 })
  expect(blocksOf(result as CheckResult, 'rows')).toMatchObject([
    { rowNumbers: [3], total: 1, rows: [['4', '[redacted]']] },
    { from: 'people', rowNumbers: [2], lines: [3], total: 1, rows: [['2', '[redacted]']] },
  ])
  expect(JSON.stringify(result)).not.toMatch(/@x/)
  expect(resultBlock(result as CheckResult)).toContain(
    '  missing, of people:\n  row  line  id   mail\n  2    3     ▸ 2  ▸ [redacted]',
  )
  const [twice] = await evaluate(sameRows(known.where({ id: 3 }), file.where({ id: 3 })))
  expect(twice).toMatchObject({ status: 'fail', measured: '1 row fewer', evidence: [] })
})
