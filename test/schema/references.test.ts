import path from 'node:path'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/index.ts'
import { convertSchema, matchesSchema } from '../../src/contracts/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { folderWith } from '../helpers/files.ts'

const field = (name: string) => ({ name, type: 'integer' })
const pack = {
  resources: [
    { name: 'customers', path: 'customers.csv', schema: { fields: [field('id')], missingValues: ['', '-'] } },
    {
      name: 'orders',
      path: 'orders.csv',
      schema: {
        fields: [field('id'), field('customer')],
        foreignKeys: [{ fields: 'customer', reference: { resource: 'customers', fields: 'id' } }],
      },
    },
  ],
}

test('a reference to another file is a check of the JSON Schema that it is converted to, and asks the same', async () => {
  const folder = await folderWith({
    'datapackage.json': JSON.stringify(pack),
    'orders.csv': 'id,customer\n1,7\n2,8\n3,\n',
    'customers.csv': 'id\n7\n-\n',
  })
  const file = path.join(folder, 'datapackage.json')
  const orders = dataset(path.join(folder, 'orders.csv'))
  const { schema, lost } = await convertSchema(`${file}#orders`, 'jsonSchema')
  expect(lost.filter((what) => what.includes('reference'))).toEqual([])
  const judge = async (source: object | string) =>
    (await evaluate(matchesSchema(orders, source)))
      .filter(({ kind }) => kind === 'keyExists')
      .map(({ status, title, counts, lineage }) => [status, title, counts, lineage.datasets.map(({ name }) => name)])
  const wanted = await judge(`${file}#orders`)
  expect(wanted).toEqual([
    [
      'fail',
      'values of customer in customers (id)',
      { rows: 3, missing: 1, tested: 2, failed: 1 },
      ['orders', 'customers'],
    ],
  ])
  expect(await judge(schema as object)).toEqual(wanted)
})
