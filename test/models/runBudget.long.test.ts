import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { outcomes, project } from '../helpers/project.ts'

let server: Server
let url: string
let asked = 0
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      asked++
      response.end(
        JSON.stringify({
          choices: [{ message: { content: 'yes' } }],
          usage: { prompt_tokens: 1000, completion_tokens: 10 },
        }),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
})
beforeEach(() => {
  asked = 0
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Four files, each of which asks ten questions, in two assertions. */
const files = () =>
  Object.fromEntries(
    Array.from({ length: 4 }, (_, i) => [
      `${i}.test.ts`,
      `
import { expect, test } from 'vitest'
import { chat, mft } from 'assay'
const answers = chat('${url}', { model: 'small-1', price: { input: 10, output: 0 } })
const cases = (from: number) => mft(Array.from({ length: 5 }, (_, k) => ({ input: 'file ${i}, ' + (from + k), expected: 'yes' })))
for (const from of [0, 5])
  test('file ${i} from ' + from, () =>
    expect(answers).toPassMFT(cases(from), { passRate: { min: 0.5 }, confidence: 0.6, onInconclusive: 'pass' }))
`,
    ]),
  )

test.each([
  ['forks', { calls: 25 }, {}],
  ['threads', { calls: 1000 }, { ASSAY_BUDGET_CALLS: '25' }],
])('a budget of calls is one of all files, in %s', async (pool, budget, env) => {
  const tests = await project(files(), `{ budget: ${JSON.stringify(budget)} }`)
  const run = await tests.run([`--pool=${pool}`, '--maxWorkers=3'], env)
  const all = Object.values(outcomes(run))
  expect(all.filter(({ status }) => status === 'passed')).toHaveLength(5)
  expect(all.filter(({ status }) => status === 'failed')).toHaveLength(3)
  for (const { status, message } of all)
    if (status === 'failed') expect(message).toContain('25 of 25 calls were made, and this takes 5')
  expect(asked).toBe(25)
  expect(run.code).toBe(1)
  expect(run.output).toContain('assay: models have a budget of 25 calls')
  expect(run.output).toContain('assay: models were asked 25 of 25 times')
  await tests.remove()
})

test('a budget of cost is one of all files, and is told before and after', async () => {
  // An answer costs 0.01.
  const tests = await project(files(), '{ budget: { cost: 0.2 } }')
  const run = await tests.run(['--pool=forks', '--maxWorkers=3'])
  const all = Object.values(outcomes(run))
  expect(asked).toBeLessThanOrEqual(20)
  expect(asked).toBeGreaterThan(12)
  expect(all.filter(({ status }) => status === 'failed').length).toBeGreaterThanOrEqual(4)
  expect(run.output).toContain('assay: models have a budget of a cost of 0.2')
  expect(run.output).toContain(`assay: models were asked ${asked} times, at a cost of ${asked / 100} of 0.2`)
  await tests.remove()
})

test('a budget that is none ends the run before its first test', async () => {
  const tests = await project(files(), "{ budget: { calls: 'ten' } }")
  await expect(tests.run()).rejects.toThrow('assay({ budget }) got calls: ten')
  expect(asked).toBe(0)
  await tests.remove()
})
