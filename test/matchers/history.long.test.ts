import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { project } from '../helpers/project.ts'

const suite = `import { expect, test } from 'vitest'
import { dataset } from 'assay'
test('as many as before', () => expect(dataset('orders.csv')).toHaveRowCount({ min: 1 }, { change: 0.2 }))
`
const rows = (count: number) => `id\n${Array.from({ length: count }, (_, i) => `${i}\n`).join('')}`

const made = project({ 'a.test.ts': suite, 'orders.csv': rows(100) })
afterAll(async () => (await made).remove())

test('a run knows what the runs before it measured, and the file of that stands beside the report', async () => {
  const one = await made
  const status = async (count: number) => {
    await writeFile(path.join(one.folder, 'orders.csv'), rows(count))
    const { code } = await one.run([])
    const report = JSON.parse(await readFile(path.join(one.folder, 'report/report.json'), 'utf8')) as {
      results: { status: string }[]
    }
    return [code, report.results[0]?.status]
  }
  expect(await status(100)).toEqual([0, 'inconclusive'])
  expect(await status(110)).toEqual([0, 'pass'])
  expect(await status(50)).toEqual([1, 'fail'])
  expect(await status(50)).toEqual([1, 'fail'])
  expect(await status(115)).toEqual([0, 'pass'])
  const history = await readFile(path.join(one.folder, 'report/history.jsonl'), 'utf8')
  expect(history.trim().split('\n')).toHaveLength(5)
}, 120_000)
