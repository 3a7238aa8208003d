import { expect, test } from 'vitest'
import { judgeRows } from '../../src/checks/forms/judgeRows.ts'

test('no verdict is told of more failed rows than were tested', () => {
  const tally = { rows: 3, missing: 2, mostly: 1, nulls: 'ignore' as const }
  expect(judgeRows({ ...tally, broken: 1 }).counts).toEqual({ rows: 3, missing: 2, tested: 1, failed: 1 })
  expect(() => judgeRows({ ...tally, broken: 2 })).toThrow('2 rows failed of 1 tested ones')
  expect(() => judgeRows({ ...tally, missing: 3, broken: 1 })).toThrow('1 rows failed of 0 tested ones')
})
