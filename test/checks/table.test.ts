import { expect, test } from 'vitest'
import { hasColumn, onlyColumns, rowCount } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { judge, thrown } from '../helpers/judge.ts'

const hostile = 'a"; drop table x; --'
const rows = dataset([
  { delay: 1, [hostile]: 2 },
  { delay: 3, [hostile]: 4 },
])

test('rowCount: limits and exact numbers, slices, and no rows are 0 rows', async () => {
  expect(await judge(rowCount(rows, { min: 2 }))).toMatchObject({ status: 'pass', value: 2, measured: '2 rows' })
  expect((await judge(rowCount(rows, 2))).expected).toBe('exactly 2 rows')
  expect(await judge(rowCount(rows, { gt: 2 }))).toMatchObject({ status: 'fail', limit: { gt: 2 } })
  expect(await judge(rowCount(rows.where({ delay: 1 }), 1))).toMatchObject({ status: 'pass', measured: '1 row' })
  expect((await judge(rowCount(rows.where({ delay: 9 }), { max: 0 }))).status).toBe('pass')
})

test('rowCount: limits that no count meets are errors', () => {
  expect(thrown(() => rowCount(rows, {}))).toMatch(/no limit/)
  expect(thrown(() => rowCount(rows, -1))).toMatch(/no number of rows meets/)
  expect(thrown(() => rowCount(rows, 1.5))).toMatch(/no number of rows meets/)
  expect(thrown(() => rowCount(rows, 2, { mostly: 1 } as never))).toMatch(/option "mostly"/)
})

test('hasColumn: a column that is not there is a broken constraint that names the nearest', async () => {
  expect(await judge(hasColumn(rows, 'delay'))).toMatchObject({
    status: 'pass',
    measured: 'present, holds integer values',
  })
  expect((await judge(hasColumn(rows, hostile))).status).toBe('pass')
  expect(await judge(hasColumn(rows, 'dely'))).toMatchObject({
    status: 'fail',
    expected: 'a column "dely"',
    measured: 'no such column',
    message: 'there is no column "dely"; the nearest is "delay"',
  })
  expect((await judge(hasColumn(rows, 'zzzzzz', { severity: 'warn' }))).status).toBe('warn')
})

test('onlyColumns: extra columns fail and are listed', async () => {
  expect((await judge(onlyColumns(rows, ['delay', hostile, 'more']))).status).toBe('pass')
  expect(await judge(onlyColumns(rows, [hostile, 'delays']))).toMatchObject({
    status: 'fail',
    value: 1,
    measured: '1 extra column: "delay"',
    message: '"delay" may be "delays", which is not there',
  })
  expect(thrown(() => onlyColumns(rows, []))).toMatch(/needs the names/)
})
