import { afterAll, expect, test } from 'vitest'
import { head, make, removeMade, told } from '../helpers/toldRun.ts'

afterAll(removeMade)

test('what test files say alike of one dataset is noted once', { timeout: 300_000 }, async () => {
  const file = (i: number) =>
    `${head}test('rows', async () => { await expect(dataset('gone.csv')).toHaveRowCount({ min: ${i} }) })\n`
  const one = await make({ 'a.test.ts': file(1), 'b.test.ts': file(2), 'c.test.ts': file(3) })
  const { code, document } = await told(one)
  expect(code).toBe(1)
  expect(document.results).toHaveLength(3)
  expect(document.notes).toEqual([expect.stringContaining('there is no file "gone.csv"')])
})
