import { expect, test } from 'vitest'
import { inPlainNode } from '../helpers/cli.ts'
import {
  evaluate,
  noMissing,
  rowCount,
  uniqueKey,
  valueLengthBetween,
  valuesBetween,
  valuesIn,
  valuesMatching,
  valuesOfType,
} from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { scansOf } from '../../src/metrics/answers.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { rowsOf } from '../helpers/blocks.ts'

const flights = 'node_modules/vega-datasets/data/flights-3m.parquet'

test('one bad column among 30 checks leaves the other 29 judged', async () => {
  const rows = dataset(Array.from({ length: 50 }, (_, i) => ({ n: i, t: `t${i % 5}` })))
  const checks = Array.from({ length: 30 }, (_, i) =>
    valuesBetween(rows.column((i === 17 ? 'm' : 'n') as string), { min: 0, max: 20 + i }),
  )
  const statuses = (await evaluate(checks)).map(({ status }) => status)
  expect(statuses[17]).toBe('error')
  expect(statuses.filter((status) => status === 'error')).toHaveLength(1)
  expect(statuses.filter((status) => status === 'fail')).toHaveLength(28)
  expect(statuses[29]).toBe('pass')
})

test('20 checks asked together over a parquet share scans', async () => {
  const data = dataset(flights)
  const relation = await relationOf(data)
  const columns = relation.columns.map(({ name }) => name)
  const delay = data.column('delay')
  const before = scansOf(relation)
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      evaluate(
        i % 2 === 0
          ? noMissing(data.column(columns[i % columns.length] as string))
          : valuesBetween(delay, { min: -10_000 - i, max: 100_000 }),
      ),
    ),
  )
  expect(results.flat().map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 'pass'))
  expect(scansOf(relation) - before).toBe(1)
})

test('hostile names and values are data in every check', async () => {
  const name = 'a"]; drop table t; -- \u{1f600} $1 \\'
  const value = `'"; drop table t; -- $1 \\ %s`
  const rows = dataset(
    [
      { [name]: value, n: 1 },
      { [name]: null, n: 2 },
    ],
    { key: name, name },
  )
  const column = rows.column(name)
  const results = await evaluate([
    valuesIn(column, [value]),
    valuesMatching(column, /drop table t; -- \$1 \\/u),
    valuesMatching(column, /\bdrop\b/u),
    valueLengthBetween(column, { min: value.length, max: value.length }),
    valuesOfType(column, 'string'),
    noMissing(column, { mostly: 0.5 }),
    uniqueKey(rows),
    rowCount(rows.where({ [name]: value }), 1),
  ])
  expect(results.map(({ status, message }) => [status, message])).toEqual(results.map(() => ['pass', undefined]))
  const [failed] = await evaluate(valuesIn(column, ['x']))
  expect(rowsOf(failed)?.rows[0]?.[0]).toBe(value)
})

test('values of tagged columns are redacted in every sample', async () => {
  const rows = dataset(
    [
      { mail: 'a@b.c', n: 1 },
      { mail: 'a@b.c', n: 2 },
    ],
    { pii: 'mail' },
  )
  const mail = rows.column('mail')
  const results = await evaluate([
    valuesIn(mail, ['x']),
    valuesMatching(mail, /^x/),
    valuesMatching(mail, /\bx/),
    valueLengthBetween(mail, { max: 1 }),
    valuesOfType(mail, 'integer'),
    uniqueKey(rows, 'mail'),
  ])
  for (const result of results) {
    expect(result.status).toBe('fail')
    expect(JSON.stringify(result)).not.toContain('a@b.c')
  }
})

test('many checks that one signal stops are no leak of listeners to Node', async () => {
  const warnings: Error[] = []
  const heard = (warning: Error): void => void warnings.push(warning)
  process.on('warning', heard)
  const { signal } = new AbortController()
  const each = Array.from({ length: 20 }, (_, i) => valuesBetween(dataset([{ a: i }]).column('a'), { min: 0 }))
  await Promise.all(each.map((check) => evaluate(check, { signal })))
  for (const check of each) await evaluate(check, { signal })
  await new Promise(setImmediate)
  process.off('warning', heard)
  expect(warnings).toEqual([])
})

test('in a script, what waits for what never comes is an error, and leaves the others alone', async () => {
  const { code, stdout, stderr } = await inPlainNode(
    (entry) => `
    import { dataset, evaluate, mft, model, passMft, rowCount } from ${entry}
    const silent = model('silent', () => new Promise(() => {}))
    const cases = mft([{ input: 'a', expected: 'b' }])
    const results = await evaluate([passMft(silent, cases), rowCount(dataset([{ a: 1 }]), { min: 1 })])
    for (const { status, message } of results) console.log(status, message)`,
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^error .*nothing is left in the process that could answer\n.*hint: .*\npass undefined\n$/)
})
