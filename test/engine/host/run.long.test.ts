import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { isRunning } from '../../../src/isRunning.ts'
import { builtCli } from '../../helpers/cli.ts'
import { outcomes, project } from '../../helpers/project.ts'

// Workers and the host are looked for where Linux lists processes.
const isLinux = existsSync('/proc/self/maps')

/** What a test file says of its process: whether the engine is in it, and which host there is. */
const watching = `
  import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
  import { dataset } from 'assay'
  import { expect, test } from 'vitest'
  const textOf = (file: string) => { try { return readFileSync(file, 'utf8') } catch { return '' } }
  const hosts = () => readdirSync('/proc').filter((pid) =>
    textOf('/proc/' + pid + '/cmdline').includes('hostProcess.js') && textOf('/proc/' + pid + '/stat').replace(/^.*\\) /s, '').split(' ')[1] === String(process.ppid))
  const note = () => appendFileSync('notes', JSON.stringify({ own: textOf('/proc/self/maps').includes('libduckdb'), hosts: hosts() }) + '\\n')
`
const good = `
  test('amounts', async () => {
    await expect(dataset('orders.csv').column('amount')).toHaveValuesBetween({ min: 0, max: 10 })
    await expect(dataset([{ id: 1 }, { id: 2 }])).toHaveUniqueKey(['id'])
    note()
  })`
const bad = `
  test('no amounts', async () => { await expect(dataset('orders.csv').column('amount')).toHaveValuesBetween({ min: 3 }) })`

async function run(files: Readonly<Record<string, string>>, settings = '') {
  const built = path.resolve(await builtCli(), '../../..')
  const own = await project({
    'vitest.config.ts': `
      import assay from '${built}/src/plugin/index.js'
      export default {
        plugins: [assay()],
        resolve: { alias: [{ find: /^assay$/, replacement: '${built}/src/index.js' }] },
        test: { include: ['**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000, ${settings} },
      }`,
    'orders.csv': 'id,amount\n1,5\n2,6\n3,2\n',
    ...files,
  })
  try {
    const ended = await own.run()
    const lines = (await readFile(path.join(own.folder, 'notes'), 'utf8').catch(() => '')).split('\n').filter(Boolean)
    const notes = lines.map((line) => JSON.parse(line) as { own: boolean; hosts: readonly string[] })
    return { ended, notes, hosts: [...new Set(notes.flatMap(({ hosts }) => hosts))] }
  } finally {
    await own.remove()
  }
}

test.runIf(isLinux)('test files share the engine of one process, which ends with the run', async () => {
  const files = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}.test.ts`, watching + good + bad]))
  const { ended, notes, hosts } = await run(files)
  expect(notes).toHaveLength(4)
  expect(notes.every(({ own }) => !own)).toBe(true)
  expect(hosts).toHaveLength(1)
  expect(isRunning(Number(hosts[0]))).toBe(false)
  expect(outcomes(ended)['amounts']?.status).toBe('passed')
  expect(outcomes(ended)['no amounts']?.message).toContain('1 failed')
  expect(ended.json.testResults.flatMap(({ assertionResults }) => assertionResults)).toHaveLength(8)
})

test.runIf(isLinux)('a single test file, and files that share a process, have the engine in their own', async () => {
  const alone = await run({ 'a.test.ts': watching + good })
  expect(alone.notes).toEqual([{ own: true, hosts: [] }])
  const shared = await run(
    { 'a.test.ts': watching + good, 'b.test.ts': watching + good },
    'isolate: false, maxWorkers: 1',
  )
  expect(shared.notes.map(({ own }) => own)).toEqual([true, true])
  expect(shared.hosts).toEqual([])
})

test.runIf(isLinux)(
  'where the host is killed, what was asked of it is asked again of an engine of its own',
  async () => {
    const killing = `
    test('killed while idle, and in the middle of a query', async () => {
      const orders = dataset('orders.csv')
      await expect(orders.column('amount')).toHaveValuesBetween({ min: 0, max: 10 })
      note()
      const long = dataset(Array.from({ length: 300_000 }, (_, i) => ({ i, text: 'row ' + i })))
      const assertion = expect(long).toHaveUniqueKey(['text'])
      setTimeout(() => hosts().forEach((pid) => process.kill(Number(pid), 'SIGKILL')), 50)
      await assertion
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(hosts()).toEqual([])
      await expect(dataset('orders.csv').column('id')).toHaveNoMissing()
      await expect(expect(dataset('orders.csv').column('amount')).toHaveValuesBetween({ min: 3 })).rejects.toThrow('1 failed')
    })`
    const { ended, hosts } = await run({ 'a.test.ts': watching + killing, 'b.test.ts': watching + good })
    expect(hosts.length).toBeGreaterThan(0)
    expect(Object.values(outcomes(ended)).map(({ status, message }) => [status, message])).toEqual([
      ['passed', ''],
      ['passed', ''],
    ])
  },
)

test.runIf(isLinux)('a test that ends in the middle of a query ends it, and those after it are judged', async () => {
  const flights = path.resolve('node_modules/vega-datasets/data/flights-3m.parquet')
  const endless =
    `
    import { sql } from 'assay'
    test('endless', { timeout: 1000 }, async () => {
      const flights = dataset('${flights}')
      const pairs = sql\`select a.delay from \${flights} a, \${flights} b where (a.delay * b.distance) % 7 = 8\`
      await expect(dataset(pairs, { name: 'pairs' })).toHaveRowCount({ min: 1 })
    })` + good
  const { ended, hosts } = await run({ 'a.test.ts': watching + endless, 'b.test.ts': watching + good })
  expect(outcomes(ended)['endless']?.message).toContain('timed out')
  expect(outcomes(ended)['amounts']?.status).toBe('passed')
  expect(hosts).toHaveLength(1)
  expect(isRunning(Number(hosts[0]))).toBe(false)
})

test.runIf(isLinux)('test files judge the rows of now, whatever rows an earlier one left in the engine', async () => {
  const lines = Array.from({ length: 120_000 }, (_, i) => `${String(i).padStart(6, '0')},text ${i % 10}`)
  const judging = `
    import { appendFileSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
    import { dataset, evaluate, valuesIn, uniqueKey } from 'assay'
    import { test } from 'vitest'
    test('rows', async () => {
      const turn = readFileSync('notes', 'utf8').split('\\n').length - 1
      if (turn % 2 === 1) {
        const { atime, mtime } = statSync('rows.csv')
        writeFileSync('rows.csv', readFileSync('rows.csv', 'utf8').replace('text 5', 'TEXT 5'))
        utimesSync('rows.csv', atime, mtime)
      }
      // From then on the system's clock tells one change from another.
      await new Promise((resolve) => setTimeout(resolve, 60))
      const texts = dataset('rows.csv').column('text')
      const values = Array.from({ length: 10 }, (_, i) => 'text ' + i)
      const results = []
      for (const check of [valuesIn(texts, values), valuesIn(texts, [...values, 'x' + turn]), uniqueKey(dataset('rows.csv'), ['id'])])
        results.push(...await evaluate(check))
      appendFileSync('notes', JSON.stringify(results.map(({ counts }) => counts?.failed)) + '\\n')
    })`
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const { notes } = await run(
    {
      'rows.csv': `id,text\n${lines.join('\n')}\n`,
      notes: '',
      ...Object.fromEntries(names.map((name) => [`${name}.test.ts`, judging])),
    },
    'maxWorkers: 1',
  )
  expect(notes).toEqual(names.map((_, turn) => [Math.ceil(turn / 2), Math.ceil(turn / 2), 0]))
})
