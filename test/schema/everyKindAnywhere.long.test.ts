import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { checkFromJSON, evaluate } from '../../src/checks/index.ts'
import { canonical } from '../../src/results/canonical.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { assay } from '../helpers/cli.ts'
import { everyKind, said } from '../helpers/everyKind.ts'
import { project } from '../helpers/project.ts'

test('evaluate, the command line and an assertion get the same results of a contract of every kind', async () => {
  const { files, cwd, contract, orders } = await everyKind()
  const results = await evaluate(contract['x-assay'].checks.map((json) => checkFromJSON(orders, json)))
  const { stdout, code } = await assay(['check', 'orders.csv', '--schema', 'orders.schema.yaml', '--json'], { cwd })
  expect(code).toBe(1)
  const told = (JSON.parse(stdout) as { results: readonly CheckResult[] }).results
  const byWords = (list: readonly CheckResult[]) =>
    said(list)
      .map((one) => canonical(one))
      .sort()
  expect(byWords(told)).toEqual(byWords(results))
  const test = `
    import { dataset } from 'assay'
    import { expect, test } from 'vitest'
    test('holds', async () => { await expect(dataset('orders.csv')).toMatchSchema('orders.schema.yaml') })`
  const made = await project({ ...files, 'a.test.ts': test }, "{ report: 'out' }")
  await made.run()
  const document = JSON.parse(await readFile(path.join(made.folder, 'out', 'report.json'), 'utf8')) as {
    results: readonly CheckResult[]
  }
  await made.remove()
  expect(byWords(document.results)).toEqual(byWords(results))
})
