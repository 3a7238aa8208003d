import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import * as node from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { builtCli } from '../helpers/cli.ts'
import { outcomes, project } from '../helpers/project.ts'

const keeps = 'enableCompileCache' in node
const tells = `
  import { expect, test } from 'vitest'
  test('tells', () => console.log('compiled in', process.env.NODE_COMPILE_CACHE ?? '', '|', process.env.ASSAY_COMPILED ?? '', '|'))`

/** Where the workers of a run keep what Node compiles, and we, and whether Node kept anything. */
async function foldersOf(env: Readonly<Record<string, string>> = {}, config: readonly string[] = []) {
  const made = await project({ 'a.test.ts': tells })
  // Not that of the run these tests are in.
  const run = await made.run(config, { NODE_COMPILE_CACHE: '', ...env })
  expect(run.code, run.output).toBe(0)
  const [, byNode = '', byUs = ''] = /compiled in (.*) \| (.*) \|/.exec(run.output) ?? []
  const kept = byNode !== '' && existsSync(byNode) && readdirSync(byNode).length > 0
  await made.remove()
  return { byNode, byUs, kept }
}

test('workers keep what is compiled in the folder of vitest: Node, where it can, and else we', async () => {
  const { byNode, byUs, kept } = await foldersOf()
  expect((keeps ? byNode : byUs).endsWith(path.join('assay', 'compiled'))).toBe(true)
  expect(keeps ? byUs : byNode).toBe('')
  expect(kept).toBe(keeps)
})

test('who says where Node keeps what it compiles, or that nothing is kept, is heeded', async () => {
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'assay-compiled-'))
  expect((await foldersOf({ NODE_COMPILE_CACHE: elsewhere })).byNode).toBe(elsewhere)
  expect(await foldersOf({ NODE_DISABLE_COMPILE_CACHE: '1' })).toEqual({ byNode: '', byUs: '', kept: false })
  await rm(elsewhere, { recursive: true })
})

const judges = `
  import { dataset, valuesBetween } from 'assay'
  import { expect, test } from 'vitest'
  const orders = dataset('orders.csv', { name: 'orders' })
  test('holds', async () => { await expect(orders.column('amount')).toHaveValuesBetween({ min: 0, max: 10 }) })
  test('breaks', async () => { await expect(orders.column('amount')).toHaveValuesBetween({ min: 0, max: 3 }) })
  test('a schema', async () => {
    await expect(orders).toMatchSchema({ properties: { amount: { type: 'number', maximum: 3, not: { const: 2 } } } })
  })
  test('a missing column', async () => { await expect(orders.column('amonut')).toHaveNoMissing() })`

/** A project with the package as it is installed; its runs, less what differs from run to run. */
async function installed() {
  const dist = path.dirname(path.dirname(path.dirname(await builtCli())))
  const made = await project({
    // Else the package around the folder is the one that is loaded.
    'package.json': '{ "type": "module" }',
    'vitest.config.ts': `import assay from 'assay/vitest'
      export default { plugins: [assay()], cacheDir: 'kept', test: { include: ['**/*.test.ts'], testTimeout: 600_000 } }`,
    'orders.csv': 'id,amount\n1,2\n2,4\n3,\n',
    'a.test.ts': judges,
  })
  const own = path.join(made.folder, 'node_modules/assay')
  await mkdir(own, { recursive: true })
  cpSync(dist, path.join(own, 'dist'), { recursive: true })
  cpSync(path.join(import.meta.dirname, '../../package.json'), path.join(own, 'package.json'))
  const run = async (...args: string[]) => {
    const ended = await made.run(args, { NODE_COMPILE_CACHE: '' })
    expect(Object.keys(outcomes(ended)), ended.output).toHaveLength(4)
    return outcomes(ended)
  }
  const kept = () =>
    (readdirSync(path.join(made.folder, 'kept'), { recursive: true }) as string[])
      .map((name) => path.join(made.folder, 'kept', name))
      .filter((name) => name.endsWith('.bin'))
      .sort()
  return { ...made, run, kept }
}

test('tests say the same whether what they load is compiled anew, was kept, or is damaged', async () => {
  const { run, kept, remove } = await installed()
  const anew = await run()
  expect(anew).toMatchObject({
    holds: { status: 'passed' },
    breaks: { status: 'failed', message: expect.stringContaining('values between 0 and 3') },
    'a schema': { status: 'failed', message: expect.stringContaining('not') },
    'a missing column': { status: 'failed', message: expect.stringContaining('amount') },
  })
  const files = kept()
  if (keeps) expect(files).toEqual([])
  else {
    const names = files.map((file) => path.basename(file).replace(/-[\da-f]{12}\.bin$/, ''))
    expect(names).toEqual(['assertion', 'base', 'core', 'duckdb-api', 'first'])
  }
  const written = files.map((file) => statSync(file).ino)
  expect(await run()).toEqual(anew)
  expect(kept().map((file) => statSync(file).ino)).toEqual(written)
  for (const file of files) writeFileSync(file, readFileSync(file).fill(0, 300, 400))
  expect(await run()).toEqual(anew)
  for (const pool of ['threads', 'vmThreads', 'vmForks']) expect(await run('--pool', pool), pool).toEqual(anew)
  expect(await run('--no-isolate')).toEqual(anew)
  await remove()
})
