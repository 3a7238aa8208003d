import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, expect, test } from 'vitest'
import { assay, orders, ordersSchema } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

let cwd: string
const good = orders.replace('-3.50', '3.50').replace('WEB', 'web').replace('shop,\n', 'shop,7\n')
beforeAll(async () => {
  cwd = await folderWith({
    'orders.csv': orders,
    'good.csv': good,
    'empty.csv': 'id,day,channel,amount\n',
    'orders.schema.json': ordersSchema,
  })
})

test('data that breaks its schema is shown with its rows, and the exit code is 1', async () => {
  const { code, stdout, stderr } = await assay(['check', 'orders.csv', '--schema', 'orders.schema.json'], { cwd })
  expect(code).toBe(1)
  expect(stderr).toBe('')
  expect(stdout).toMatch(/✗ orders\.amount: values at least 0[\s\S]*▸ -3\.50/)
  expect(stdout).toMatch(/✗ orders\.channel: values in "web", "shop", "app"[\s\S]*▸ WEB/)
  expect(stdout).toContain('orders does not hold: 3 of 8 checks fail')
})

test('data that holds to its schema says so, and the exit code is 0', async () => {
  const { code, stdout } = await assay(['check', 'good.csv', '--schema', 'orders.schema.json'], { cwd })
  expect(stdout).toContain('✓ good holds: all 8 checks pass')
  expect(code).toBe(0)
})

test('several files are judged by one schema, each under its name', async () => {
  const { code, stdout } = await assay(['check', 'good.csv', 'orders.csv', '--schema', 'orders.schema.json'], { cwd })
  expect(code).toBe(1)
  expect(stdout).toContain('✓ good holds')
  expect(stdout).toContain('✗ orders does not hold')
})

test('what could not be found out is 2: no file, no schema, no such schema, a broken schema', async () => {
  const run = async (...args: string[]) => assay(['check', ...args], { cwd })
  expect(await run('order.csv', '--schema', 'orders.schema.json')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^assay: there is no file "order\.csv".*\n {2}hint: did you mean "orders\.csv"\?\n$/),
  })
  expect((await run('orders.csv', '--schema', 'order.schema.json')).stderr).toMatch(
    /did you mean "orders\.schema\.json"/,
  )
  expect(await run('orders.csv', '--schema', 'orders.csv')).toMatchObject({ code: 2, stdout: '' })
})

test('without schema and contract the error tells of assay init; with the contract it holds data to it', async () => {
  const folder = await folderWith({ 'orders.csv': orders, 'next.csv': orders.replace('19.90', 'cheap') })
  const before = await assay(['check', 'orders.csv'], { cwd: folder })
  expect(before).toMatchObject({ code: 2, stderr: expect.stringContaining('assay init orders.csv') })
  await assay(['init', 'orders.csv'], { cwd: folder })
  expect((await assay(['check', 'orders.csv'], { cwd: folder })).code).toBe(0)
  const contract = path.join('__contracts__', 'orders.schema.json')
  const next = await assay(['check', 'next.csv', '--contract', contract], { cwd: folder })
  expect(next).toMatchObject({ code: 1, stdout: expect.stringContaining('cheap') })
  expect((await assay(['check', 'next.csv', '--name', 'orders'], { cwd: folder })).code).toBe(1)
  expect(await assay(['check', 'orders.csv', '--mostly', '0.5'], { cwd: folder })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('a contract says its own'),
  })
})

test('--mostly, --severity, --allow-extra and --allow-empty change the verdict', async () => {
  const run = async (file: string, ...args: string[]) =>
    (await assay(['check', file, '--schema', 'orders.schema.json', '--quiet', ...args], { cwd })).code
  expect(await run('orders.csv', '--severity', 'warn')).toBe(0)
  const optional = ordersSchema.replace('"required":["id","amount"]', '"required":["id"]')
  const folder = await folderWith({ 'orders.csv': orders, 's.json': optional })
  const loose = async (...args: string[]) => (await assay(['check', ...args, '-q'], { cwd: folder })).code
  expect(await loose('orders.csv', '--schema', 's.json', '--mostly', '80%')).toBe(0)
  expect(await loose('orders.csv', '--schema', 's.json', '--mostly', '0.9')).toBe(1)
  const wide = await folderWith({ 'w.csv': good.replace(/^(.+)$/gm, '$1,x'), 's.json': ordersSchema })
  const extra = async (...args: string[]) =>
    (await assay(['check', 'w.csv', '--schema', 's.json', '-q', ...args], { cwd: wide })).code
  expect([await extra(), await extra('--allow-extra')]).toEqual([1, 0])
  expect([await run('empty.csv'), await run('empty.csv', '--allow-empty')]).toEqual([1, 0])
})

test('stdin is data: its format is seen or said, and its temporary file is gone', async () => {
  const tmp = await folderWith({})
  const run = (input: string | Buffer, ...args: string[]) =>
    assay(['check', '-', '--schema', 'orders.schema.json', ...args], { cwd, input, env: { TMPDIR: tmp } })
  const csv = await run(orders, '--name', 'orders')
  expect(csv).toMatchObject({ code: 1, stdout: expect.stringContaining('✗ orders.amount') })
  const tsv = await run(good.replaceAll(',', '\t'), '--format', 'tsv')
  expect(tsv).toMatchObject({ code: 0, stdout: expect.stringContaining('stdin holds') })
  const empty = await run('')
  expect(empty.code).toBe(2)
  expect(empty.stderr).toMatch(/^assay: stdin is empty/)
  expect(await run(orders, '--format', '../x')).toMatchObject({ code: 2, stdout: '' })
  expect(readdirSync(tmp)).toEqual([])
})

test('--json is a run document that keeps its schema, and nothing else is on stdout', async () => {
  const schema = JSON.parse(readFileSync(new URL('../../docs/schemas/run.schema.json', import.meta.url), 'utf8'))
  const valid = new Ajv2020({ allErrors: true }).compile(schema)
  const { code, stdout } = await assay(['check', 'orders.csv', '--schema', 'orders.schema.json', '--json'], { cwd })
  const run = JSON.parse(stdout)
  expect(valid(run), JSON.stringify(valid.errors)).toBe(true)
  expect(code).toBe(1)
  expect(run.datasets).toMatchObject([{ name: 'orders', rows: 6, source: 'orders.csv' }])
  expect(run.results.filter(({ status }: { status: string }) => status === 'fail')).toHaveLength(3)
})

test('--report writes the page, the document and the summary', async () => {
  const { stdout } = await assay(['check', 'orders.csv', '--schema', 'orders.schema.json', '--report', 'out'], { cwd })
  expect(stdout).toContain(`report out${path.sep}index.html`)
  expect(await readFile(path.join(cwd, 'out/index.html'), 'utf8')).toContain('orders')
  expect(JSON.parse(await readFile(path.join(cwd, 'out/report.json'), 'utf8')).schema).toBe('assay/run/1')
  expect(await readFile(path.join(cwd, 'out/summary.md'), 'utf8')).toContain('values at least 0')
})

test('values of a pii column are in no output', async () => {
  const args = ['check', 'orders.csv', '--schema', 'orders.schema.json', '--pii', 'amount', '--report', 'pii']
  const { stdout } = await assay(args, { cwd })
  const json = (await assay([...args, '--json'], { cwd })).stdout
  const page = await readFile(path.join(cwd, 'pii/index.html'), 'utf8')
  for (const text of [stdout, json, page]) expect(text).not.toContain('-3.50')
})

test('--missing says what stands for a missing value', async () => {
  const folder = await folderWith({
    'd.csv': 'id,amount\n1,NA\n2,3\n',
    's.json': '{"properties":{"amount":{"type":"number"}}}',
  })
  const run = async (...args: string[]) =>
    (await assay(['check', 'd.csv', '--schema', 's.json', '-q', ...args], { cwd: folder })).code
  expect([await run(), await run('--missing', '"",NA')]).toEqual([1, 0])
})

test('two files of one name are told apart by their paths', async () => {
  const folder = await folderWith({ 'a/orders.csv': orders, 'b/orders.csv': good, 's.json': ordersSchema })
  const { stdout } = await assay(['check', 'a/orders.csv', 'b/orders.csv', '--schema', 's.json'], { cwd: folder })
  expect(stdout).toContain('✗ a/orders.csv does not hold')
  expect(stdout).toContain('✓ b/orders.csv holds')
})
