import { afterAll, expect, test } from 'vitest'
import { head, holds, make, removeMade } from '../helpers/toldRun.ts'

afterAll(removeMade)

/** A test file that passes, and what is thrown while the fixture of its worker is torn down, after the run has ended. */
const endsWith = (late: string, passing = '') => `${head}const late = test.extend({
  worker: [async ({}, use) => { await use(1); await wait(4000); ${late} }, { scope: 'worker', auto: true }],
})
late('runs', async () => { ${passing} })`

test.for([
  {
    where: 'in a run whose report is off',
    options: '{ report: false }',
    text: endsWith(holds, holds),
    says: /toPassMFT/,
  },
  { where: 'in a run without a data test', options: '', text: endsWith("throw new Error('no end')"), says: /no end/ },
])(
  'an error after the tests $where fails it and is told, though no report tells it',
  {
    timeout: 300_000,
  },
  async ({ options, text, says }) => {
    const run = await (await make({ 'late.test.ts': text }, options)).run()
    expect(run.code).toBe(1)
    // Where vitest waits for the worker it tells the error itself.
    if (!/unhandled error/i.test(run.output))
      expect(run.output).toMatch(/^\[assay\] an error that nobody caught came after the tests had ended: /m)
    expect(run.output).toMatch(says)
  },
)
