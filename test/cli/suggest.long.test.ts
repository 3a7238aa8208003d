import { beforeAll, expect, test } from 'vitest'
import { assay } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

const orders = [
  'id,channel,amount',
  ...Array.from({ length: 400 }, (_, i) => `${i},${i % 2 ? 'web' : 'shop'},${i / 4}`),
]
const contract = (properties: object, more: object = {}) => JSON.stringify({ type: 'object', properties, ...more })

let cwd: string
beforeAll(async () => {
  cwd = await folderWith({
    'orders.csv': orders.join('\n'),
    'gaps.csv': `id,amount\n1,n/a\n${Array.from({ length: 60 }, (_, i) => `${i + 2},${i % 9 ? i / 4 : 'n/a'}`).join('\n')}\n`,
    'commas.csv': 'id;price\n1;1,50\n2;20,25\n',
    'hostile.csv': `"a\u001b[2J\u202e"\n${'"\u009b31m"\n'.repeat(40)}`,
    'old.json': contract({ id: { type: 'integer' }, kind: { enum: ['a', 'b'] } }, { required: ['id'] }),
    'new.json': contract({ id: { type: 'number' }, kind: { enum: ['a'] } }, { required: ['id'] }),
  })
})

test('suggestions are told with their evidence, as code or as a contract', async () => {
  const [text, code, schema, json, hostile, wrong] = await Promise.all([
    assay(['suggest', 'orders.csv'], { cwd }),
    assay(['suggest', 'orders.csv', '--as', 'code'], { cwd }),
    assay(['suggest', 'orders.csv', '--as', 'contract'], { cwd }),
    assay(['suggest', 'orders.csv', '--json'], { cwd }),
    assay(['suggest', 'hostile.csv', '--as', 'code'], { cwd }),
    assay(['suggest', 'orders.csv', '--as', 'yaml'], { cwd }),
  ])
  expect(text).toMatchObject({ code: 0, stderr: '' })
  expect(text.stdout).toContain(
    'channel  one of ["shop","web"]\n  2 different values, the rarest in 200 rows\n  medium: none of 400',
  )
  expect(code.stdout).toContain("  channel: string().oneOf('shop', 'web'),\n")
  expect(JSON.parse(schema.stdout)).toMatchObject({
    properties: { amount: { minimum: 0, maximum: 130 } },
    'x-assay': { key: ['id'] },
  })
  expect(JSON.parse(json.stdout)).toMatchObject([{ dataset: 'orders', rows: 400, contract: JSON.parse(schema.stdout) }])
  expect(hostile.code).toBe(0)
  expect(hostile.stdout).not.toMatch(/[\u001b\u009b\u202e]/)
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('it knows text, code, contract') })
})

test('a changed contract is said to break readers, writers or nobody', async () => {
  const [changed, same, missing] = await Promise.all([
    assay(['compare', 'old.json', 'new.json'], { cwd }),
    assay(['compare', 'old.json', 'old.json', '--json'], { cwd }),
    assay(['compare', 'old.json', 'nope.json'], { cwd }),
  ])
  expect(changed.code).toBe(1)
  expect(changed.stdout).toContain('✗ breaks readers  column "id" may now be number (before: integer), e.g. 0.5')
  expect(changed.stdout).toContain(
    '✗ breaks writers  column "kind" must now hold to enum ["a"] (before: enum ["a","b"]), e.g. "b"',
  )
  expect(changed.stdout.trimEnd().endsWith('breaks both')).toBe(true)
  expect(same.code).toBe(0)
  expect(JSON.parse(same.stdout)).toMatchObject({ verdict: 'identical' })
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no contract "nope.json"') })
})

test('texts that seem to stand for missing values are named, with the option that says so', async () => {
  const note = `"n/a" in "amount" seems to stand for missing values; say so: dataset(…, { missing: ['', 'n/a'] })`
  for (const command of ['suggest', 'profile']) {
    const { code, stderr } = await assay([command, 'gaps.csv'], { cwd })
    expect(stderr, command).toContain(note)
    expect(code, command).toBe(0)
  }
  const told = await assay(['suggest', 'gaps.csv', '--missing', '', '--missing', 'n/a'], { cwd })
  expect(told.stderr).not.toContain('seems to stand')
})

test('columns of numbers with commas are named, with the option that reads them so', async () => {
  const note = `commas: "price" seems to hold numbers; if the comma stands before the fraction: dataset(…, { decimal: ',' })`
  for (const command of ['suggest', 'profile']) {
    const { stderr } = await assay([command, 'commas.csv'], { cwd })
    expect(stderr, command).toContain(note)
  }
  const told = await assay(['profile', 'commas.csv', '--decimal', ','], { cwd })
  expect(told.stderr).toBe('')
  expect(told.stdout).toMatch(/price +number/)
})
