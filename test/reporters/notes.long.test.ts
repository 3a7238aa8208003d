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

test('a test that passed once it was tried again is noted, with the attempt', { timeout: 300_000 }, async () => {
  const text = `${head}
let attempts = 0
const rows = () => dataset(Array.from({ length: attempts++ }, (_, i) => ({ i })), { name: 'rows' })
test('arrives late', { retry: 3 }, async () => { await expect(rows()).toHaveRowCount({ min: 2 }) })
test('is there', { retry: 3 }, async () => { await expect(named('there')).toHaveRowCount(1) })
test('has nothing to do with data', { retry: 3 }, () => expect(attempts++ % 2).toBe(0))
test('never arrives', { retry: 2 }, async () => { await expect(named('gone')).toHaveRowCount(2) })
`
  const { document, html, markdown } = await told(await make({ 'late.test.ts': text }))
  const note = 'late.test.ts > arrives late passed at attempt 3: what it failed by before is not in the results'
  expect(document.notes).toEqual([note])
  expect(markdown).toContain('arrives late passed at attempt 3')
  expect(html).toContain('arrives late passed at attempt 3')
})
