import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from '../../src/results/json.ts'
import { checkFromJSON, evaluate } from '../../src/checks/index.ts'
import type { Dataset } from '../../src/dataset/dataset.ts'
import { canonical } from '../../src/results/canonical.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { assay } from '../helpers/cli.ts'
import { type Contract, everyKind, everyWay, said } from '../helpers/everyKind.ts'
import { project } from '../helpers/project.ts'

/** The instant at which all of them judge. */
const NOW = '2026-11-05T12:00:00.000Z'
const env = { ASSAY_NOW: NOW }

async function everywhere(
  { cwd, data, contract }: { readonly cwd: string; readonly data: Dataset; readonly contract: Contract },
  [name, files = {}]: readonly [name: string, files?: Readonly<Record<string, string>>],
): Promise<void> {
  const results = await evaluate(
    contract['x-assay'].checks.map((json) => checkFromJSON(data, json)),
    { now: new Date(NOW) },
  )
  const { stdout, code } = await assay(['check', name, '--schema', 'orders.schema.yaml', '--json'], { cwd, env })
  expect([1, 2]).toContain(code)
  const told = parse(stdout).results
  const byWords = (list: readonly CheckResult[]) =>
    said(list)
      .map((one) => canonical(one))
      .sort()
  expect(byWords(told)).toEqual(byWords(results))
  const test = `
    import { dataset } from 'assay'
    import { expect, test } from 'vitest'
    test('holds', async () => {
      await expect(dataset(${JSON.stringify(files[name] === undefined ? path.join(cwd, name) : name)})).toMatchSchema('orders.schema.yaml')
    })`
  const made = await project({ ...files, 'a.test.ts': test }, "{ report: 'out' }")
  await made.run([], env)
  const document = parse(await readFile(path.join(made.folder, 'out', 'report.json'), 'utf8'))
  await made.remove()
  expect(byWords(document.results)).toEqual(byWords(results))
}

test('evaluate, the command line and an assertion get the same results of a contract of every kind', async () => {
  const { files, cwd, contract, orders } = await everyKind()
  await everywhere({ cwd, data: orders, contract }, ['orders.csv', files])
})

test('and of every way that a case file asks a kind', async () => {
  const { cwd, data, contract, yaml } = await everyWay()
  await writeFile(path.join(cwd, 'orders.schema.yaml'), yaml)
  await everywhere({ cwd, data, contract }, ['awkward.parquet', { 'orders.schema.yaml': yaml }])
})
