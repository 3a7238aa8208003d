import path from 'node:path'
import { expect, test } from 'vitest'
import { assay } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

test('paths in the file of a contract count from its folder, wherever the command line starts', async () => {
  const checks = [{ kind: 'sameRowCount', other: '../customers.csv' }]
  const folder = await folderWith({
    'orders.csv': 'id\n1\n2\n',
    'customers.csv': 'id\na\nb\n',
    'contracts/orders.schema.json': JSON.stringify({ type: 'object', 'x-assay': { checks } }),
  })
  const contracts = path.join(folder, 'contracts')
  const file = path.join(contracts, 'orders.schema.json')
  for (const cwd of [folder, contracts]) {
    const data = path.relative(cwd, path.join(folder, 'orders.csv'))
    for (const option of ['--schema', '--contract']) {
      const { code, stdout, stderr } = await assay(['check', data, option, path.relative(cwd, file)], { cwd })
      expect([code, stdout, stderr]).toEqual([0, expect.stringMatching(/1 passes/), ''])
    }
  }
})
