import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import {
  checkFromJSON,
  type CheckJson,
  checkToJSON,
  evaluate,
  keyExists,
  sameRowCount,
} from '../../src/checks/index.ts'
import { type Contract, contractCheck, matchesSchema, readContract } from '../../src/contracts/index.ts'
import { updatedContract } from '../../src/contracts/updatedContract.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { folderWith } from '../helpers/files.ts'

let folder: string
let contracts: string
let orders: Dataset
beforeAll(async () => {
  folder = await folderWith({
    'orders.csv': 'id,customer\n1,a\n2,b\n',
    'customers.csv': 'id\na\nb\n',
    'contracts/readme.md': '',
  })
  contracts = path.join(folder, 'contracts')
  orders = dataset(path.join(folder, 'orders.csv'))
})

const stated = (...checks: readonly CheckJson[]) => JSON.stringify({ type: 'object', 'x-assay': { checks } })
const about = (results: Awaited<ReturnType<typeof evaluate>>) =>
  results.map(({ kind, status, message }) => [kind, status, message])

test.each([
  ['a path', '../customers.csv'],
  ['a list of paths', ['../customers.csv']],
  ['an object with options', { source: '../customers.csv', name: 'clients', missing: ['', 'NA'] }],
])('in the file of a contract %s counts from its folder, wherever the run starts', async (_, other) => {
  const file = path.join(contracts, 'orders.schema.json')
  await writeFile(file, stated({ kind: 'keyExists', columns: 'customer', other, key: 'id' }))
  const wanted = [['keyExists', 'pass', undefined]]
  expect(about(await evaluate(matchesSchema(orders, file)))).toEqual(wanted)
  const contract = (await readContract(file)) as Contract
  expect(about(await evaluate(contractCheck(orders, contract, file)))).toEqual(wanted)
  const [result] = await evaluate(matchesSchema(orders, contract))
  expect(result).toMatchObject({ status: 'error', message: expect.stringMatching(/customers\.csv/) })
})

test('checkToJSON writes paths from the folder that it is told, and checkFromJSON reads them from there', async () => {
  const customers = path.join(folder, 'customers.csv')
  const asked = [
    keyExists(orders, 'customer', dataset(customers), 'id'),
    keyExists(orders, 'customer', dataset([customers]), 'id'),
    sameRowCount(orders, dataset(customers, { name: 'clients', missing: ['NA'] })),
  ]
  const wanted = about(await evaluate(asked))
  for (const place of [contracts, folder, process.cwd(), undefined]) {
    const options = place === undefined ? {} : { folder: place }
    const json = asked.map((check) => checkToJSON(check, options))
    if (place === contracts) expect(json[0]?.other).toBe('../customers.csv')
    const again = json.map((one) => checkFromJSON(orders, one, options))
    expect(about(await evaluate(again))).toEqual(wanted)
    expect(again.map((check) => checkToJSON(check, options))).toEqual(json)
  }
  const address = 'https://example.org/customers.csv'
  for (const other of [address, customers]) {
    const there = checkFromJSON(orders, { kind: 'sameRowCount', other }, { folder: contracts })
    const here = sameRowCount(orders, dataset(other))
    expect(there.inputs?.at(-1)?.identity).toEqual(here.inputs?.at(-1)?.identity)
  }
  expect(() => checkToJSON(asked[0] as never, { foldr: 'a' } as never)).toThrow(/does not know the option "foldr"/)
})

test('what the data breaks is taken out of a contract, and what it keeps of other files stays', async () => {
  const file = path.join(contracts, 'orders.schema.json')
  const kept = { kind: 'keyExists', columns: 'customer', other: '../customers.csv', key: 'id' }
  await writeFile(file, stated(kept, { kind: 'rowCount', bounds: { min: 3 } }))
  const contract = (await readContract(file)) as Contract
  const results = await evaluate(contractCheck(orders, contract, file))
  const broken = results.filter(({ blocking }) => blocking)
  expect(broken.map(({ kind, status }) => [kind, status])).toEqual([['rowCount', 'fail']])
  const updated = await updatedContract(contract, orders, broken, file)
  expect(updated).toEqual({ type: 'object', 'x-assay': { checks: [kept] } })
  expect((await evaluate(contractCheck(orders, updated, file))).every(({ status }) => status === 'pass')).toBe(true)
})
