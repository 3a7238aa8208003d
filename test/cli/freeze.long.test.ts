import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { assay } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

const table = (seed: number, add = 0) =>
  `id,amount,channel,mail\n${Array.from({ length: 600 }, (_, i) => `${i},${((i * seed) % 97) + add},${i % 3 ? 'web' : 'shop'},secret${i % 4}@x.y`).join('\n')}\n`

let cwd: string
beforeAll(async () => {
  cwd = await folderWith({ 'train.csv': table(31), 'today.csv': table(37), 'moved.csv': table(37, 60) })
})

test('a profile of the command line is a reference that holds no rows and no personal value', async () => {
  const made = await assay(['profile', 'train.csv', '--pii', 'mail', '--freeze', 'reference.profile.json'], { cwd })
  expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('600 rows') })
  const text = readFileSync(path.join(cwd, 'reference.profile.json'), 'utf8')
  const profile = JSON.parse(text) as { readonly columns: readonly { readonly name: string }[] }
  expect(profile).toMatchObject({ assay: 'drift-profile', name: 'train', rows: 600 })
  expect(profile.columns.map(({ name }) => name)).toEqual(['id', 'amount', 'channel'])
  expect(text + made.stdout).not.toContain('secret')
  const [same, moved] = await Promise.all(
    ['today.csv', 'moved.csv'].map((file) =>
      assay(['drift', file, 'reference.profile.json', '--columns', 'amount'], { cwd }),
    ),
  )
  expect([same?.code, moved?.code]).toEqual([0, 1])
  expect(moved?.stdout).toContain('amount')
})

test('one dataset is frozen at a time, and where nothing can be written it says so', async () => {
  const [two, nowhere] = await Promise.all([
    assay(['profile', 'train.csv', 'today.csv', '--freeze', 'two.json'], { cwd }),
    assay(['profile', 'train.csv', '--freeze', 'train.csv/no/folder.json'], { cwd }),
  ])
  expect(two).toMatchObject({ code: 2, stderr: expect.stringContaining('--freeze got 2 sources') })
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('folder.json') })
})
