import { readdirSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, expect, test } from 'vitest'
import { parse } from '../../src/results/json.ts'
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

test('what could not be found out is told apart from what fails: the exit code is 2, whatever else fails', async () => {
  const checks = [
    { kind: 'sumBetween', column: 'channel', bounds: { min: 0 } },
    { kind: 'rowCount', bounds: { min: 1_000_000 } },
  ]
  await writeFile(path.join(cwd, 'asked.json'), JSON.stringify({ type: 'object', 'x-assay': { checks } }))
  const { code, stdout } = await assay(['check', 'orders.csv', '--schema', 'asked.json'], { cwd })
  expect(stdout).toMatch(/orders\.channel: sum at least 0/)
  expect(code).toBe(2)
})

test('several files are judged by one schema, each under its name; data that holds says so', async () => {
  const args = ['check', 'good.csv', 'orders.csv', '--schema', 'orders.schema.json']
  const { code, stdout } = await assay(args, { cwd })
  expect(code).toBe(1)
  expect(stdout).toContain('✓ good holds: all 8 checks pass')
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
  const other = await assay(['check', 'next.csv'], { cwd: folder })
  expect(other.stderr).toContain(`or name ${JSON.stringify(contract)} with --contract <file>`)
  const next = await assay(['check', 'next.csv', '--contract', contract], { cwd: folder })
  expect(next).toMatchObject({ code: 1, stdout: expect.stringContaining('cheap') })
  expect((await assay(['check', 'next.csv', '--name', 'orders'], { cwd: folder })).code).toBe(1)
  expect(await assay(['check', 'orders.csv', '--mostly', '0.5'], { cwd: folder })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('a contract says its own'),
  })
})

test('options change the verdict, up to the exit code', async () => {
  const folder = await folderWith({
    'wide.csv': orders.replace(/^(.+)$/gm, '$1,x').replace('shop,,', 'shop,1,'),
    'orders.schema.json': ordersSchema,
  })
  const run = async (...args: string[]) =>
    (await assay(['check', 'wide.csv', '--schema', 'orders.schema.json', '-q', ...args], { cwd: folder })).code
  expect(await Promise.all([run('--mostly', '80%', '--allow-extra'), run('--mostly', '0.9', '--allow-extra')])).toEqual(
    [0, 1],
  )
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
  expect(empty.stderr).toMatch(/^assay: "standard input" is empty/)
  expect(await run(orders, '--format', '../x')).toMatchObject({ code: 2, stdout: '' })
  expect(readdirSync(tmp)).toEqual([])
})

test('--json is a run document that keeps its schema; --report writes it with page and summary', async () => {
  const schema = JSON.parse(readFileSync(new URL('../../docs/schemas/run.schema.json', import.meta.url), 'utf8'))
  const valid = new Ajv2020({ allErrors: true }).compile(schema)
  const args = [
    'check',
    'orders.csv',
    '--schema',
    'orders.schema.json',
    '--json',
    '--report',
    'out',
    '--pii',
    'channel',
  ]
  const { code, stdout } = await assay(args, { cwd })
  const run = JSON.parse(stdout)
  expect(valid(run), JSON.stringify(valid.errors)).toBe(true)
  expect(code).toBe(1)
  expect(run.datasets).toMatchObject([{ name: 'orders', rows: 6, source: 'orders.csv' }])
  expect(run.results.filter(({ status }: { status: string }) => status === 'fail')).toHaveLength(3)
  const [page, document, summary] = await Promise.all(
    ['index.html', 'report.json', 'summary.md'].map((file) => readFile(path.join(cwd, 'out', file), 'utf8')),
  )
  expect(page).toContain('values at least 0')
  expect(document).toBe(stdout)
  expect(summary).toContain('values at least 0')
  // As a word: the name of the folder, which a page tells, may hold any letters.
  for (const text of [page, document, summary]) expect(text).not.toMatch(/\bWEB\b/)
})

test('two files of one name are told apart by their paths, and each has the id that it has alone', async () => {
  const folder = await folderWith({ 'a/orders.csv': orders, 'b/orders.csv': good, 's.json': ordersSchema })
  const { stdout } = await assay(['check', 'a/orders.csv', 'b/orders.csv', '--schema', 's.json'], { cwd: folder })
  expect(stdout).toContain('✗ orders (a/orders.csv) does not hold')
  expect(stdout).toContain('✓ orders (b/orders.csv) holds')
  const ids = async (...files: readonly string[]): Promise<readonly string[]> => {
    const run = await assay(['check', ...files, '--schema', 's.json', '--json'], { cwd: folder })
    return parse(run.stdout).results.map(({ id }) => id)
  }
  const [both, alone] = await Promise.all([ids('a/orders.csv', 'b/orders.csv'), ids('./a/orders.csv')])
  expect(new Set(both).size).toBe(2 * alone.length)
  expect(both).toEqual(expect.arrayContaining([...alone]))
})

test('a known failure that somebody waived is accepted, and said to be, until its day', async () => {
  const folder = await folderWith({ 'orders.csv': orders, 'orders.schema.json': ordersSchema })
  const run = (now: string, ...args: string[]) =>
    assay(['check', 'orders.csv', '--schema', 'orders.schema.json', ...args], { cwd: folder, env: { ASSAY_NOW: now } })
  const failing = parse((await run('2996-11-24T12:00:00Z', '--json')).stdout).results.filter(
    ({ status }) => status === 'fail',
  )
  const waivers = failing.map(({ id }) => ({
    check: id,
    owner: 'dana',
    reason: 'old',
    until: '2996-12-01',
  }))
  await writeFile(path.join(folder, 'assay.waivers.json'), JSON.stringify({ waivers }))
  const [before, after, missing] = await Promise.all([
    run('2996-11-24T12:00:00Z'),
    run('2996-12-02T00:00:00Z'),
    run('2996-11-24T12:00:00Z', '--waivers', 'nope.json'),
  ])
  expect(before).toMatchObject({ code: 0, stdout: expect.stringMatching(/⚑ orders\.amount.*\(accepted\)[\s\S]*dana/) })
  expect(after.code).toBe(1)
  expect(missing.code).toBe(2)
})

test('--timezone says the zone of timestamps without one', async () => {
  const files = { 'a.csv': 'at\n2024-07-15 10:00\n' }
  const folder = await folderWith(files)
  const { stdout } = await assay(['profile', 'a.csv', '--timezone', 'Europe/Berlin', '--json'], { cwd: folder })
  const at = expect.objectContaining({ type: 'timestamptz', min: expect.stringContaining('2024-07-15T08:00') })
  expect(JSON.parse(stdout)).toMatchObject([{ columns: [at] }])
  const wrong = await assay(['check', 'a.csv', '--timezone', 'Berlin'], { cwd: folder })
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean Europe/Berlin?') })
})
