import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { contractCheck, contractPath, inferContract, readContract, writeContract } from '../../src/contracts/index.ts'
import { temporaryFile } from '../helpers/files.ts'

afterEach(() => void vi.unstubAllEnvs())

const vega = (name: string) => `node_modules/vega-datasets/data/${name}`

async function broken(data: Dataset, contract: Readonly<Record<string, unknown>>): Promise<string[]> {
  const results = await evaluate(contractCheck(data, contract, 'x.schema.json'))
  return results
    .filter(({ status }) => status !== 'pass')
    .map(({ subject, kind, status }) => [subject.column ?? '-', kind, status].join(' '))
}

test('a contract says columns, types over all rows, presence, the proven key and personal columns, and no ranges', async () => {
  const late = [
    'id,n,code,note,ok,at',
    ...Array.from({ length: 6000 }, (_, i) => `${i},${i},${i},,true,2024-01-01 10:00`),
  ]
  late.push('6001,1.5,x7,,false,2024-01-01T10:00:00Z')
  const data = dataset(await temporaryFile('late.csv', late.join('\n')), { key: 'id', pii: 'code' })
  const contract = await inferContract(data)
  expect(contract).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'late',
    type: 'object',
    properties: {
      id: { type: 'integer' },
      n: { type: 'number' },
      code: {
        type: 'string',
        description: '6,000 of 6,001 values are whole numbers, 1 is not',
        'x-assay': { pii: true },
      },
      note: { description: 'no values yet: of any type', 'x-assay': { present: true } },
      ok: { type: 'boolean' },
      at: { type: 'string', format: 'date-time' },
    },
    required: ['id', 'n', 'code', 'ok', 'at'],
    additionalProperties: false,
    'x-assay': { key: ['id'] },
  })
  expect(await broken(data, contract)).toEqual([])
})

test('records: nulls, absent values, several types and instants', async () => {
  const rows = [
    { a: 1, b: null, c: 'x', d: new Date(0), e: [1], k: 1, f: Number.NaN },
    { a: 1.5, b: true, c: 2, d: new Date(1), e: [], k: 1, f: 1 },
    { a: 2, b: true, c: 2, d: new Date(1), k: 1, f: 1 },
  ]
  const data = dataset(rows)
  const contract = await inferContract(data)
  expect(contract).toMatchObject({
    properties: {
      a: { type: 'number' },
      b: { type: ['boolean', 'null'] },
      c: { type: ['integer', 'string'] },
      d: { type: 'string', format: 'date-time' },
      e: { type: 'array' },
      f: {},
    },
    required: ['a', 'b', 'c', 'd', 'k', 'f'],
  })
  expect(contract).not.toHaveProperty('x-assay')
  expect(await broken(data, contract)).toEqual([])
  expect(await broken(dataset([{ ...rows[0], a: 'one', extra: 1 }]), contract)).toEqual(
    ['- onlyColumns fail', 'a valuesOfType fail', 'e hasColumn pass'.replace('e hasColumn pass', '')].filter(Boolean),
  )
  // What one of three records lacks, all of the next ones may.
  expect(await broken(dataset([{ ...rows[2], f: 1 }]), contract)).toEqual([])
  const shared = await inferContract(dataset(rows, { key: 'k' }))
  expect(shared).toMatchObject({ description: 'no key: 3 rows (rows 1, 2, 3) have no "k" of their own' })
  expect(shared).not.toHaveProperty('x-assay')
})

test.each(['flights-3m.parquet', 'birdstrikes.csv', 'seattle-weather.csv', 'airports.csv', 'stocks.csv', 'github.csv'])(
  'the contract read off %s holds for it',
  async (name) => {
    const data = dataset(vega(name))
    const contract = await inferContract(data)
    expect(await broken(data, contract)).toEqual([])
  },
)

test('the contract read off movies.json holds for it', async () => {
  const data = dataset(JSON.parse(await readFile(vega('movies.json'), 'utf8')) as object[])
  expect(await broken(data, await inferContract(data))).toEqual([])
})

test('a dataset without rows has no contract to read off', async () => {
  await expect(inferContract(dataset([]))).rejects.toThrow(/has no rows/)
})

test('paths are safe and never shared', () => {
  const name = (dataset: string) => path.basename(contractPath('/t/a.test.ts', dataset))
  expect(contractPath('/t/a.test.ts', 'flights-3m')).toBe('/t/__contracts__/flights-3m.schema.json')
  const hostile = [
    '../../etc/passwd',
    'a/b',
    'a-b',
    'a\\b',
    'con',
    'nul.txt',
    '',
    '.',
    '..',
    'a\0b',
    'a:b',
    'ü',
    'x'.repeat(500),
    'a b',
    '.hidden',
    'a~b',
  ]
  const names = hostile.map(name)
  expect(new Set(names.map((one) => one.toLowerCase())).size).toBe(hostile.length)
  for (const one of names) {
    expect(one).toMatch(/^[\w-][\w.~-]*\.schema\.json$/)
    expect(one.length).toBeLessThan(130)
  }
})

test('the contract of a slice by a personal value has a name that nobody without the secret can make', () => {
  const slice = { raw: "email = 'ann@x.org'", shown: 'email = [redacted]' }
  const name = () => path.basename(contractPath('/t/a.test.ts', 'people', slice))
  expect(name).toThrow(/the slice "email = \[redacted\]" has a contract of its own, whose name would hold a hash/)
  const names = ['a secret of the runs', 'another secret of theirs'].map((secret) => {
    vi.stubEnv('ASSAY_KEY', secret)
    return name()
  })
  expect(names.every((text) => /^people-email-redacted~[0-9a-f]{10}\.schema\.json$/.test(text))).toBe(true)
  expect(new Set([...names, name()]).size).toBe(2)
})

test('a name keeps its capitals, and one that differs in nothing else is refused on every file system', async () => {
  const test = path.join(path.dirname(await temporaryFile('x.test.ts', '')), 'x.test.ts')
  const [capital, small] = ['Titanic', 'titanic'].map((name) => contractPath(test, name)) as [string, string]
  expect(path.basename(capital)).toBe('Titanic.schema.json')
  await writeContract(capital, await inferContract(dataset([{ a: 1 }])))
  expect(await readContract(capital)).toBeDefined()
  const refused = /would share its file with "Titanic.schema.json"/
  await expect(readContract(small)).rejects.toThrow(refused)
  await expect(writeContract(small, { type: 'object' })).rejects.toThrow(refused)
})

test('a contract is written whole, the same each time, and read back', async () => {
  const folder = path.dirname(await temporaryFile('x.test.ts', ''))
  const file = contractPath(path.join(folder, 'x.test.ts'), 'data')
  expect(await readContract(file)).toBeUndefined()
  const contract = await inferContract(dataset([{ a: 1 }]))
  await Promise.all([writeContract(file, contract), writeContract(file, contract)])
  const text = await readFile(file, 'utf8')
  expect(text).toBe(`${JSON.stringify(contract, null, 2)}\n`)
  expect(await readdir(path.dirname(file))).toEqual(['data.schema.json'])
  expect(await readContract(file)).toEqual(contract)
})

test('a contract with the marks of a merge conflict says so', async () => {
  const file = await temporaryFile('x.schema.json', '{\n<<<<<<< HEAD\n"a": 1\n')
  await expect(readContract(file)).rejects.toThrow(/not JSON[^]*merge conflict/)
})
