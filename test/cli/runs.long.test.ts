import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { assay, orders, ordersSchema } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

let cwd: string
beforeAll(async () => {
  cwd = await folderWith({
    'orders.csv': orders,
    'good/orders.csv': orders.replace('-3.50', '3.50').replace('WEB', 'web').replace('shop,\n', 'shop,7\n'),
    'orders.schema.json': ordersSchema,
    'broken.json': '{"schema":"assay/run/1"',
    'none.json': '{}',
  })
  await Promise.all([
    assay(['check', 'orders.csv', '--schema', 'orders.schema.json', '--report', 'bad-run'], { cwd }),
    assay(['check', 'good/orders.csv', '--schema', 'orders.schema.json', '--report', 'good-run'], { cwd }),
  ])
})

test('diff says what newly fails, with both measurements and the data that changed, and exits with 1', async () => {
  const { code, stdout } = await assay(['diff', 'good-run', 'bad-run'], { cwd })
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /✗ newly failing {2}orders\.amount values at least 0\n {4}before {2}pass: all 6 .*\n {4}now {5}fail: 80/,
  )
  expect(stdout).toMatch(/~ data {2}orders: sha256:\w+ → sha256:\w+/)
  expect(stdout).toContain('3 newly failing')
})

test('diff of a repaired run says what is fixed, and exits with 0', async () => {
  const { code, stdout } = await assay(['diff', 'bad-run/report.json', 'good-run/report.json', '--json'], { cwd })
  expect(code).toBe(0)
  expect(JSON.parse(stdout).fixed).toHaveLength(3)
})

test('diff fails by what newly fails beside the checks, and says of a run of some tests that what is gone may be there', async () => {
  const text = await readFile(path.join(cwd, 'good-run/report.json'), 'utf8')
  const outcome = (ran: number) =>
    `"outcome": {"exitCode":0,"status":"partial","tests":{"found":4,"ran":${ran}},"files":{"found":1,"ran":1}}`
  const folder = await folderWith({
    'whole.json': text,
    'part.json': text
      .replace(/"outcome": \{.*\}\}/, outcome(1))
      .replace(
        '"problems": []',
        '"problems": [{"kind":"left-out","text":"3 tests were left out by -t /a/","blocking":false}]',
      ),
    'killed.json': text.replace(
      '"problems": []',
      '"problems": [{"kind":"run","text":"A run that began 2026-06-01 has not ended","blocking":true}]',
    ),
  })
  const [part, killed, again] = await Promise.all([
    assay(['diff', 'whole.json', 'part.json'], { cwd: folder }),
    assay(['diff', 'whole.json', 'killed.json'], { cwd: folder }),
    assay(['diff', 'killed.json', 'killed.json'], { cwd: folder }),
  ])
  expect(part.stdout).toBe(
    '! partial  the later run: 1 of 4 tests ran, 3 tests were left out by -t /a/; what is gone may be there still\n\nnothing changed of what both runs asked\n',
  )
  expect(killed.stdout).toBe(
    '✗ newly failing  A run that began 2026-06-01 has not ended\n\n1 newly failing beside the checks\n',
  )
  expect([part, killed, again].map(({ code }) => code)).toEqual([0, 1, 0])
})

test('report renders the same page again from the document alone', async () => {
  const { code } = await assay(['report', 'bad-run/report.json', '--out', 'again'], { cwd })
  expect(code).toBe(0)
  for (const file of ['index.html', 'report.json', 'summary.md']) {
    expect(await readFile(path.join(cwd, 'again', file), 'utf8')).toBe(
      await readFile(path.join(cwd, 'bad-run', file), 'utf8'),
    )
  }
})

test('report refuses what is no run document, and names the place', async () => {
  const text = await readFile(path.join(cwd, 'bad-run/report.json'), 'utf8')
  const folder = await folderWith({ 'odd.json': text.replace(/"status":\s*"fail"/, '"status":"fial"') })
  const [broken, none, odd, missing] = await Promise.all([
    assay(['report', 'broken.json'], { cwd }),
    assay(['report', 'none.json'], { cwd }),
    assay(['report', 'odd.json'], { cwd: folder }),
    assay(['report', 'noen.json'], { cwd }),
  ])
  expect([broken, none, odd, missing].map(({ code }) => code)).toEqual([2, 2, 2, 2])
  expect(none.stderr).toContain('has no "schema"')
  expect(odd.stderr).toMatch(/\/results\/\d+\/status must be equal to one of the allowed values/)
  expect(missing.stderr).toContain('did you mean "none.json"?')
})

test('explain shows the queries and what is judged row by row, and judges nothing', async () => {
  const schema = JSON.stringify({
    properties: { id: { type: 'integer', multipleOf: 2 }, amount: { type: 'number', minimum: 0 } },
  })
  const folder = await folderWith({ 'orders.csv': orders, 's.json': schema })
  const [text, json] = await Promise.all([
    assay(['explain', 'orders.csv', '--schema', 's.json', '--analyze'], { cwd: folder }),
    assay(['explain', 'orders.csv', '--schema', 's.json', '--json'], { cwd: folder }),
  ])
  expect(text).toMatchObject({ code: 0, stderr: '' })
  expect(text.stdout).toMatch(/query 1 {2}one scan, \d+ numbers: .*missingCount\(id\)/)
  expect(text.stdout).toMatch(/row by row, in this process {2}orders\.id: .*multipleOf[\s\S]*reads +id/)
  expect(text.stdout).not.toContain('-3.5')
  expect(JSON.parse(json.stdout)).toMatchObject([{ name: 'orders', rowWise: [{ columns: ['id'] }] }])
  expect(JSON.parse(json.stdout)[0].queries[0].sql).toMatch(/^select count\(\*\)/)
  expect(text.stdout).toMatch(/Total Time|READ_CSV/)
})

test('drift exits with 1 on drift, with 0 without, and leaves too little evidence to the option', async () => {
  const numbers = (shift: number): string =>
    `x,y\n${Array.from({ length: 1500 }, (_, i) => `${((i * 7919) % 1000) + shift},${i % 5}`).join('\n')}\n`
  const folder = await folderWith({
    'a.csv': numbers(0),
    'b.csv': numbers(0),
    'c.csv': numbers(400),
    'few.csv': 'x,y\n1,2\n3,4\n',
  })
  const run = (...args: string[]) => assay(['drift', ...args], { cwd: folder })
  const [moved, one, strict] = await Promise.all([
    run('c.csv', 'a.csv'),
    run('c.csv', 'a.csv', '--columns', 'y'),
    run('few.csv', 'a.csv', '--on-inconclusive', 'fail'),
  ])
  expect([moved, one, strict].map(({ code }) => code)).toEqual([1, 0, 1])
  expect(moved.stdout).toMatch(/✗ c\.x: no drift from a/)
  expect(strict.stdout).toContain('too little evidence')
})

test('diff pairs two versions of a model, over a changed limit and a reordered table, and names the cases', async () => {
  const cases = ['refund', 'invoice', 'crash', 'login'].map((input, i) => `${input},${i < 2 ? 'billing' : 'support'}`)
  const table = (lines: readonly string[]): string => `input,expected\n${lines.join('\n')}\n`
  const answers = (wrong: string): string =>
    cases
      .map((line) => line.split(','))
      .map(([input, expected]) => JSON.stringify({ input, prediction: input === wrong ? 'sales' : expected }))
      .join('\n')
  const folder = await folderWith({
    'cases.csv': table(cases),
    'one.jsonl': answers('crash'),
    'two.jsonl': answers('invoice'),
  })
  const mft = (version: string, file: string, rate: string) =>
    assay(
      [
        'mft',
        'cases.csv',
        '--predictions',
        file,
        '--name',
        `router@${version}`,
        '--pass-rate',
        rate,
        '--report',
        version,
      ],
      { cwd: folder },
    )
  await mft('1', 'one.jsonl', '0.5')
  await writeFile(path.join(folder, 'cases.csv'), table(cases.toReversed()))
  await mft('2', 'two.jsonl', '0.8')
  const { code, stdout } = await assay(['diff', '1', '2'], { cwd: folder })
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /✗ newly failing {2}router@2 minimum functionality, cases\.csv\n {4}of {6}router@1 → router@2\n/,
  )
  expect(stdout).toContain('    limit   at least 50 % of cases → at least 80 % of cases')
  expect(stdout).toContain('    broke   "invoice"\n    fixed   "crash"')
  expect(stdout).toContain('~ model  router: router@1 → router@2')
  expect(stdout).toContain('\n1 newly failing')
  expect(stdout).not.toMatch(/gone|\+ new|cases are others/)
})
