import { beforeAll, expect, test } from 'vitest'
import { catalogue } from '../../src/checks/catalogue.ts'
import { checkFromJSON, type CheckJson, checkToJSON, evaluate } from '../../src/checks/index.ts'
import type { Dataset } from '../../src/dataset/dataset.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { contractDiff } from '../../src/contracts/contractDiff.ts'
import { convertSchema, matchesSchema, readSchema } from '../../src/contracts/index.ts'
import { updatedContract } from '../../src/contracts/updatedContract.ts'
import { compareContracts } from '../../src/compatibility/compareContracts.ts'
import { type Contract, everyKind, everyWay, said } from '../helpers/everyKind.ts'

let contract: Contract
let orders: Dataset
beforeAll(async () => {
  ;({ contract, orders } = await everyKind())
})

const stated = (): Promise<CheckResult[]> =>
  evaluate(contract['x-assay'].checks.map((json) => checkFromJSON(orders, json)))

test('every kind stands in a contract, in every way that its case file asks it, with the same results', async () => {
  const { data, contract: whole } = await everyWay()
  const { checks } = whole['x-assay']
  expect([...new Set(checks.map(({ kind }) => kind))].sort()).toEqual(
    catalogue()
      .map(({ kind }) => kind)
      .sort(),
  )
  const asked = checks.map((json) => checkFromJSON(data, json))
  const others = (json: CheckJson) => ({ ...json, other: undefined })
  expect(asked.map(checkToJSON).map(others)).toEqual(checks.map(others))
  expect((await readSchema(whole)).checks).toEqual(checks)
  const results = said(await evaluate(asked))
  const held = said(await evaluate(matchesSchema(data, { ...whole, 'x-assay': { checks } })))
  expect(held).toEqual(results)
})

test('evaluate and a schema get the same results of a contract of every kind', async () => {
  const results = await stated()
  const statuses = new Set(results.map(({ status }) => status))
  expect([...statuses].sort()).toEqual(['fail', 'pass', 'warn'])
  expect(said(await evaluate(matchesSchema(orders, contract)))).toEqual(said(results))
})

test('a contract of every kind is read, written and compared without a loss', async () => {
  const read = await readSchema(contract)
  expect(read.checks).toEqual(contract['x-assay'].checks)
  const written = await convertSchema(contract, 'jsonSchema')
  expect(written).toMatchObject({ lost: [], schema: { 'x-assay': { checks: contract['x-assay'].checks } } })
  expect((await compareContracts(contract, contract)).verdict).toBe('identical')
  const less = { ...contract, 'x-assay': { checks: contract['x-assay'].checks.slice(1) } }
  const compared = await compareContracts(less, contract)
  expect(JSON.stringify(compared)).toMatch(/must now hold to the check columnOrder/)
  const frictionless = await convertSchema({ ...contract, properties: { id: { type: 'integer' } } }, 'frictionless')
  expect(frictionless.lost).toContainEqual(expect.stringMatching(/^the check rowCount/))
})

test('what the data breaks of a contract is taken out of it, and the rest stays', async () => {
  const results = await evaluate(matchesSchema(orders, contract))
  const broken = results.filter(({ blocking }) => blocking)
  const updated = (await updatedContract(contract, orders, broken)) as Contract
  const left = updated['x-assay'].checks
  expect(left.length).toBe(contract['x-assay'].checks.length - broken.length)
  expect((await evaluate(matchesSchema(orders, updated))).filter(({ blocking }) => blocking)).toEqual([])
  expect(await contractDiff(orders, contract, results)).toBeInstanceOf(Array)
})

test('what is wrong with a check of a contract is told with its place', async () => {
  const wrong = (check: unknown) => ({ type: 'object', 'x-assay': { checks: [{ kind: 'wellFormed' }, check] } })
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [{ kind: 'rowCuont' }, /at #\/x-assay\/checks\/1: there is no check "rowCuont"\n.*did you mean "rowCount"\?/],
    [{ kind: 'rowCount', bounds: { min: 0 } }, /#\/x-assay\/checks\/1: .*every number of rows meets/],
    [{ kind: 'valuesIn', column: 'a', values: [] }, /no value at all/],
  ]
  for (const [check, message] of cases) {
    await expect(readSchema(wrong(check))).rejects.toThrow(message)
    const [result] = await evaluate(matchesSchema(orders, wrong(check)))
    expect(result).toMatchObject({ status: 'error', blocking: true })
  }
  await expect(readSchema({ type: 'object', 'x-assay': { checks: {} } })).rejects.toThrow(/it is a list of checks/)
  const [keyless] = await evaluate(
    matchesSchema(orders, { type: 'object', 'x-assay': { checks: [{ kind: 'uniqueKey' }] } }),
  )
  expect(keyless).toMatchObject({ kind: 'uniqueKey', status: 'error', message: expect.stringMatching(/has no key/) })
})

test('mostly, severity and allowEmpty of the asking are for checks that do not say their own', async () => {
  const checks = [
    { kind: 'valuesBetween', column: 'amount', bounds: { min: 0 } },
    { kind: 'valuesBetween', column: 'amount', bounds: { min: 0 }, mostly: 1, severity: 'error' },
    { kind: 'rowCount', bounds: { min: 100 } },
  ]
  const schema = { type: 'object', 'x-assay': { checks } }
  const statuses = async (options?: Parameters<typeof matchesSchema>[2]) =>
    (await evaluate(matchesSchema(orders, schema, options))).map(({ status }) => status)
  expect(await statuses()).toEqual(['fail', 'fail', 'fail'])
  expect(await statuses({ mostly: 0.5 })).toEqual(['pass', 'fail', 'fail'])
  expect(await statuses({ severity: 'warn' })).toEqual(['warn', 'fail', 'warn'])
})
