import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outcomes, project, type Run } from '../helpers/project.ts'

const head = `
import { expect, test } from 'vitest'
import { dataset } from 'assay'
`
const main = `${head}
const orders = dataset('orders.csv', { key: 'id' })
const here = import.meta.dirname + '/'
test('orders', async () => { await expect(dataset(here + 'orders.csv', { key: 'id' })).toMatchSchema() })
test('a slice', async () => { await expect(dataset(here + 'orders.csv').where({ kind: 'web' })).toMatchSchema() })
test('two at once', async () => {
  const twin = dataset([{ a: 1 }, { a: 2 }], { name: 'twin' })
  await Promise.all([expect(twin).toMatchSchema(), expect(twin).toMatchSchema()])
})
for (const i of [1, 2, 3])
  test.concurrent('concurrent ' + i, async () => { await expect(dataset([{ b: 1 }], { name: 'shared' })).toMatchSchema() })
let attempts = 0
test('retried', { retry: 1 }, async () => {
  const first = ++attempts === 1
  await expect(dataset([{ c: first ? 'x' : 1 }], { name: 'flaky' })).toMatchSchema()
  if (first) throw new Error('the first attempt fails later on')
})
test('not', async () => { await expect(orders).not.toMatchSchema() })
test('undefined', async () => { await expect(orders).toMatchSchema(undefined as never) })
test('name taken', async () => { await expect(dataset([{ d: 1 }], { name: 'taken' })).toMatchSchema() })
test('name taken again', async () => { await expect(dataset([{ d: 'x' }], { name: 'taken' })).toMatchSchema() })
test('edited', async () => { await expect(dataset(here + 'edited.csv')).toMatchSchema() })
test('partly', async () => { await expect(dataset(here + 'partly.csv')).toMatchSchema() })
`
const beside = (name: string) => `${head}
test('${name} beside', async () => {
  await expect(dataset(import.meta.dirname + '/${name}.csv', { name: 'beside' })).toMatchSchema()
})`
const clean = `${head}
test('clean', async () => { await expect(dataset([{ a: 1 }], { name: 'clean' })).toMatchSchema() })`
const blocked = `${head}
test('blocked', async () => { await expect(dataset([{ a: 1 }], { name: 'blocked' })).toMatchSchema() })`

const files = {
  'main/main.test.ts': main,
  'main/orders.csv': 'id,amount,kind,note\n1,1.5,web,x\n2,2,shop,\n3,3.5,web,\n',
  'main/edited.csv': 'n,t\n1,a\n2,b\n',
  'main/partly.csv': 'n,t,secret\n1,a,p\n2,b,q\n',
  'beside/a.test.ts': beside('a'),
  'beside/b.test.ts': beside('b'),
  'beside/a.csv': 'x\n1\n',
  'beside/b.csv': 'x\nword\n',
  'clean/clean.test.ts': clean,
  'rest/rest.test.ts': `import { test } from 'vitest'\ntest('ordinary', () => {})`,
  'blocked/blocked.test.ts': blocked,
  'blocked/__contracts__': 'a file where the folder should be',
}

// The engine starts once for all files.
const oneWorker = ['--no-isolate', '--maxWorkers=1']

let made: Awaited<ReturnType<typeof project>>
const at = (name: string) => path.join(made.folder, name)
const contract = (name: string) => at(`main/__contracts__/${name}.schema.json`)
const read = (name: string) => readFile(contract(name), 'utf8')
const names = async () => (await readdir(at('main/__contracts__'))).map((name) => name.replace('.schema.json', ''))
const notes = async (): Promise<string[]> => JSON.parse(await readFile(at('report/report.json'), 'utf8')).notes

beforeAll(async () => {
  made = await project(files)
})
afterAll(() => made?.remove())

describe('the first run', () => {
  let run: Run
  let tests: ReturnType<typeof outcomes>
  beforeAll(async () => {
    run = await made.run()
    tests = outcomes(run)
  })

  test('writes a contract for each dataset and slice, once, however many assertions wait for it', async () => {
    const passing = [
      'orders',
      'a slice',
      'two at once',
      'concurrent 1',
      'concurrent 3',
      'retried',
      'edited',
      'partly',
      'clean',
    ]
    for (const title of passing) expect(tests[title]?.status, tests[title]?.message).toBe('passed')
    const written = await names()
    expect(written.filter((name) => !name.includes('~'))).toEqual([
      'edited',
      'flaky',
      'orders',
      'partly',
      'shared',
      'taken',
      'twin',
    ])
    expect(written.filter((name) => name.includes('~'))).toEqual([expect.stringMatching(/^orders-kind-web~/)])
    expect(await readdir(at('clean/__contracts__'))).toEqual(['clean.schema.json'])
    // flaky is written by either attempt: vitest forgets the counts of the first.
    expect(run.json.snapshot).toMatchObject({ added: 10, unmatched: 0 })
    expect(run.json.snapshot.matched).toBe(3)
  })

  test('a retried attempt does not inherit the contract of the failed one', async () => {
    expect(JSON.parse(await read('flaky')).properties).toEqual({ c: { type: 'integer' } })
  })

  test('two datasets of one name are an error that names both, in one file and in parallel workers', () => {
    expect(tests['name taken']?.status).toBe('passed')
    expect(tests['name taken again']?.message).toMatch(
      /two datasets are called "taken".*content differs: 1 record \(in main\.test\.ts\) and 1 record[^]*give one of them another name: dataset\(…, \{ name: "taken-2" \}\)/,
    )
    const [a, b] = [tests['a beside'], tests['b beside']]
    expect(new Set([a?.status, b?.status])).toEqual(new Set(['failed', 'passed']))
    expect(`${a?.message}${b?.message}`).toMatch(/a\.csv \(in a\.test\.ts\)/)
    expect(`${a?.message}${b?.message}`).toMatch(/b\.csv \(in b\.test\.ts\)/)
  })

  test('refusals say why', () => {
    expect(tests.not?.message).toContain('is refused, because it would write a contract that the data must break')
    expect(tests.undefined?.message).toContain('call toMatchSchema() with no argument at all')
    expect(tests.blocked?.message).toMatch(/blocked\.schema\.json" cannot be (read|written): /)
  })
})

describe('a later run, in CI', () => {
  let run: Run
  let tests: ReturnType<typeof outcomes>
  const edited = `{"properties": {"t": {"type":"string"}, "n": {"type":"integer",\t"minimum": 0}},\r\n "required":["n"]}`
  const conflict = '{\n<<<<<<< HEAD\n  "type": "object"\n=======\n>>>>>>> theirs\n}\n'
  const old = '{ "$schema": "http://json-schema.org/draft-03/schema#", "properties": { "b": { "type": "integer" } } }'
  const partly = {
    description: 'kept by hand',
    properties: {
      n: { type: 'integer', minimum: 0, description: 'never below zero' },
      t: { type: 'string', maxLength: 1 },
      secret: { type: 'string', 'x-assay': { pii: true } },
    },
    required: ['n', 't', 'secret'],
    additionalProperties: false,
  }
  beforeAll(async () => {
    await Promise.all([
      writeFile(at('main/orders.csv'), 'id,total,kind,note\n1,1.5,web,x\n2,n/a,shop,\n2,3.5,,\n'),
      writeFile(contract('edited'), edited),
      writeFile(contract('shared'), conflict),
      writeFile(contract('twin'), old),
      writeFile(contract('partly'), JSON.stringify(partly)),
      writeFile(at('main/partly.csv'), 'n,t,secret,more\n1,a,p,1\n2,long,q,1\n3,longer,,1\n'),
      rm(at('beside'), { recursive: true }),
      rm(contract('taken')),
      rm(at('blocked'), { recursive: true }),
      writeFile(at('clean/__contracts__/gone.schema.json'), '{}'),
    ])
    run = await made.run(oneWorker, { CI: '1' })
    tests = outcomes(run)
  })

  test('in CI a missing contract fails, and none is written', async () => {
    expect(tests['name taken']?.message).toMatch(
      /there is no contract ".*taken\.schema\.json", and this run writes none[^]*commit the file/,
    )
    expect(await names()).not.toContain('taken')
  })

  test('shows what the contract says against what the data is now', () => {
    expect(tests.orders?.status).toBe('failed')
    const message = tests.orders?.message ?? ''
    expect(message).toContain('the contract __contracts__/orders.schema.json (-) and the data now (+)')
    const diff = message.split('\n').filter((line) => /^ {2}[-+] /.test(line))
    expect(diff).toEqual([
      '  - id      integer',
      '  + id      integer, 2 of 3 rows break "every row different", first: row 2 "2"',
      '  - amount  number, was amount renamed to total?',
      '  + total   number, may be missing',
      '  - kind    string',
      '  + kind    string, may be missing, first: row 3 missing',
    ])
    expect(message).toContain('to accept the data as it is now: vitest main.test.ts -u')
  })

  test('a personal column stays out of the failure, and its neighbours say what breaks', () => {
    const message = tests.partly?.message ?? ''
    expect(message).toMatch(/\+ t {7}string, 2 of 3 rows break ".*", first: row 2 "long"/)
    expect(message).toMatch(/\+ secret {2}string, may be missing/)
    expect(message).toMatch(/\+ more {4}integer, added/)
  })

  test('holds, and touches no file', async () => {
    for (const title of ['retried', 'edited', 'clean']) expect(tests[title]?.status, title).toBe('passed')
    expect(await read('edited')).toBe(edited)
    expect(await read('partly')).toBe(JSON.stringify(partly))
    expect(run.json.snapshot.unmatched).toBeGreaterThan(0)
  })

  test('a file with the marks of a merge, and one of another version, say so', () => {
    expect(tests['concurrent 1']?.message).toMatch(/not JSON[^]*merge conflict/)
    expect(tests['two at once']?.message).toMatch(/draft-03\/schema#", a version of JSON Schema that is not read/)
  })

  test('a contract that no test used is noted, where all tests of its folder passed', async () => {
    expect((await notes()).filter((note) => note.includes('obsolete'))).toEqual([
      'contract clean/__contracts__/gone.schema.json is obsolete: no test used it; delete it if nothing needs it',
    ])
    expect(run.output).toContain('note contract clean/__contracts__/gone.schema.json is obsolete')
  })

  describe('with -u', () => {
    beforeAll(async () => {
      run = await made.run(['main', 'clean', '-u', ...oneWorker])
      tests = outcomes(run)
    })

    test('what no longer holds is written anew, the rest of the file stays', async () => {
      expect(tests.orders?.status).toBe('passed')
      expect(JSON.parse(await read('orders')).properties).toEqual({
        id: { type: 'integer' },
        kind: { type: 'string', 'x-assay': { present: true } },
        note: { type: 'string', 'x-assay': { present: true } },
        total: { type: 'number', 'x-assay': { missing: ['', 'n/a'], present: true } },
      })
      expect(tests.partly?.status, tests.partly?.message).toBe('passed')
      expect(JSON.parse(await read('partly'))).toEqual({
        ...partly,
        properties: {
          ...partly.properties,
          t: { type: 'string' },
          secret: { type: 'string', 'x-assay': { pii: true, present: true } },
          more: { type: 'integer' },
        },
        required: ['n', 't', 'more'],
      })
    })

    test('a file that holds keeps its bytes, one that cannot be read is left alone, none is deleted', async () => {
      expect(await read('edited')).toBe(edited)
      expect(await read('shared')).toBe(conflict)
      expect(tests['concurrent 1']?.message).toMatch(/merge conflict/)
      expect(await read('twin')).toBe(old)
      expect(await readdir(at('clean/__contracts__'))).toEqual(['clean.schema.json', 'gone.schema.json'])
      // Not all test files ran, so a contract that none of them used may well be in use.
      expect((await notes()).filter((note) => note.includes('obsolete'))).toEqual([])
    })
  })
})

test('what an attempt wrote that is tried again is taken back, with -u too, and a repetition is held to what was written', async () => {
  const own = await project({
    'again.test.ts': `${head}
let attempts = 0
test('tried again', { retry: 1 }, async () => {
  const first = ++attempts === 1 && process.env.FLAKY
  await expect(dataset([{ c: first ? 'x' : 1 }], { name: 'tried' })).toMatchSchema()
  if (first) throw new Error('the first attempt fails later on')
})
let rounds = 0
test('repeated', { repeats: 2 }, async () => {
  await expect(dataset([{ c: [1, 2, 'x'][rounds++] }], { name: 'repeated' })).toMatchSchema()
})
`,
  })
  const kept = (name: string) => readFile(path.join(own.folder, `__contracts__/${name}.schema.json`), 'utf8')
  try {
    const first = outcomes(await own.run())
    expect(first['tried again']?.status).toBe('passed')
    expect(first.repeated?.message).toContain(
      'the contract __contracts__/repeated.schema.json (-) and the data now (+)',
    )
    expect(JSON.parse(await kept('repeated')).properties).toEqual({ c: { type: 'integer' } })
    const edited = (await kept('tried')).replaceAll('\n', '\r\n')
    await writeFile(path.join(own.folder, '__contracts__/tried.schema.json'), edited)
    const again = outcomes(await own.run(['-u', '-t', 'tried again'], { FLAKY: '1' }))
    expect(again['tried again']?.status).toBe('passed')
    expect(await kept('tried')).toBe(edited)
  } finally {
    await own.remove()
  }
})

test('data that cannot be read whole changes no contract with -u', async () => {
  const contract = JSON.stringify({ properties: { a: { type: 'integer', minimum: 2, description: 'by hand' } } })
  const own = await project({
    'cut.test.ts': `${head}
test('cut', async () => { await expect(dataset('cut.csv')).toMatchSchema() })
`,
    'cut.csv': 'a,b\n1,2\n3\n5,6\n',
    '__contracts__/cut.schema.json': contract,
  })
  try {
    const run = await own.run(['-u'])
    expect(outcomes(run).cut?.message).toContain('1 cell where the header has 2')
    expect(await readFile(path.join(own.folder, '__contracts__/cut.schema.json'), 'utf8')).toBe(contract)
  } finally {
    await own.remove()
  }
})
