import { writeFile } from 'node:fs/promises'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { assay, orders } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'
import { outcomes, project } from '../helpers/project.ts'

test('what init writes passes in vitest, in CI too, and fails when the data breaks its contract', async () => {
  const hostile = `o'rd"ers\n\${1}.csv`
  const made = await project({ 'orders.csv': orders, 'next.csv': orders, [hostile]: orders })
  try {
    const { code, stdout } = await assay(['init', 'orders.csv', 'next.csv', hostile], { cwd: made.folder })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^wrote __contracts__\/orders\.schema\.json\nwrote orders\.test\.ts\n/)
    await writeFile(path.join(made.folder, 'next.csv'), orders.replace('19.90', 'cheap'))
    const run = await made.run([], { CI: '1' })
    const { 'next keeps its contract': broken, ...rest } = outcomes(run)
    expect(Object.values(rest).map(({ status }) => status)).toEqual(['passed', 'passed'])
    expect(broken).toMatchObject({ status: 'failed', message: expect.stringContaining('cheap') })
    expect(run.json.snapshot).toMatchObject({ added: 0 })
  } finally {
    await made.remove()
  }
})

test('init writes over nothing without --force, and then not even a part', async () => {
  const cwd = await folderWith({ 'orders.csv': orders, 'more.csv': orders, 'orders.test.ts': 'mine' })
  const refused = await assay(['init', 'more.csv', 'orders.csv'], { cwd })
  expect(refused).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('"orders.test.ts" is there already'),
  })
  expect(readdirSync(cwd).sort()).toEqual(['more.csv', 'orders.csv', 'orders.test.ts'])
  expect((await assay(['init', 'more.csv', 'orders.csv', '--force', '-q'], { cwd })).code).toBe(0)
  expect(readFileSync(path.join(cwd, 'orders.test.ts'), 'utf8')).toContain("dataset('orders.csv')")
})

test('init writes a configuration only where there is none, and says what a present one lacks', async () => {
  const [bare, other, modules] = await Promise.all([
    folderWith({ 'd.csv': orders }),
    folderWith({ 'd.csv': 'id,amount,"a, b"\n1,2.5,n/a\n2,n/a,7\n', 'vite.config.js': 'export default {}' }),
    folderWith({ 'd.csv': orders, 'package.json': '{ "type": "module" }' }),
  ])
  const [first, second] = await Promise.all([
    assay(['init', 'd.csv', '--into', 'test', '--json'], { cwd: bare }),
    assay(['init', 'd.csv', '--name', 'sales', '--key', 'id', '--pii', 'amount,"a, b"', '--missing', '""'], {
      cwd: other,
    }),
  ])
  const contract = path.join('test', '__contracts__', 'd.schema.json')
  expect(JSON.parse(first.stdout)).toEqual({ written: [contract, path.join('test', 'd.test.ts'), 'vitest.config.mts'] })
  expect(readFileSync(path.join(bare, 'vitest.config.mts'), 'utf8')).toContain('plugins: [assay()]')
  // vite takes a .ts file for a module only where the package says so.
  expect((await assay(['init', 'd.csv'], { cwd: modules })).stdout).toContain('wrote vitest.config.ts')
  expect(second.stdout).toContain('in vite.config.js: import assay')
  expect(readdirSync(other).filter((name) => name.startsWith('vitest'))).toEqual([])
  expect(readFileSync(path.join(other, 'sales.test.ts'), 'utf8')).toContain(
    "dataset('d.csv', { name: 'sales', key: ['id'], pii: ['amount', 'a, b'], missing: [''] })",
  )
  expect(second.stderr).toContain(
    `sales: "n/a" in "amount", "a, b" seems to stand for missing values; say so: dataset(…, { missing: ['', 'n/a'] })`,
  )
})

test('of several sources none is written where one cannot be, and the folder of the contracts is told', async () => {
  const cwd = await folderWith({ 'a.csv': 'id\n1\n2\n', 'b.csv': 'id\n1\n1\n' })
  const both = await assay(['init', 'a.csv', 'b.csv', '--key', 'id', '--into', 'test'], { cwd })
  expect(both).toMatchObject({ code: 2, stdout: '' })
  expect(existsSync(path.join(cwd, 'test'))).toBe(false)
  const one = await assay(['init', 'a.csv', '--into', 'test'], { cwd })
  expect(one.stdout).toContain('npx assay check <data> --contract test/__contracts__/a.schema.json')
  expect((await assay(['check', 'a.csv', '--contract', 'test/__contracts__/a.schema.json'], { cwd })).code).toBe(0)
})

test('what the user names is never dropped without a word', async () => {
  const cwd = await folderWith({ 'd.csv': 'id,n\n1,x\n1,y\n2,z\n' })
  const [shared, unknown, personal] = await Promise.all([
    assay(['init', 'd.csv', '--key', 'id'], { cwd }),
    assay(['init', 'd.csv', '--key', 'idd'], { cwd }),
    assay(['init', 'd.csv', '--pii', 'nn'], { cwd }),
  ])
  expect(shared).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/key: 2 rows \(lines 2, 3\) have no "id" of their own/),
  })
  expect(unknown).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/key: there is no column "idd"[^]*did you mean "id"/),
  })
  expect(personal).toMatchObject({ code: 2, stderr: expect.stringMatching(/pii: there is no column "nn"/) })
  expect(existsSync(path.join(cwd, 'd.test.ts'))).toBe(false)
})
