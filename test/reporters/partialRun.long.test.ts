import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  configOf,
  good,
  green,
  head,
  holds,
  type Made,
  make,
  type Outputs,
  removeMade,
  told,
} from '../helpers/toldRun.ts'

afterAll(removeMade)

const partly = `${head}test('runs', async () => { ${holds} })
`
const setup = `export default () => {
  if (process.env.SETUP === 'throws') throw new Error('no setup')
  return () => { if (process.env.SETUP === 'late') process.exitCode = 3 }
}`
describe('a run that is only part of the suite', () => {
  /** How part of a suite is left out: arguments, files beside the good one, and what is said of it. */
  const ways: Readonly<
    Record<
      string,
      { args?: string[]; env?: Record<string, string>; files?: Record<string, string>; code?: number; says: RegExp }
    >
  > = {
    '-t in a file that is named': {
      args: ['-t', 'also', 'good'],
      files: { 'part.test.ts': partly },
      says: /^The one check that ran passes; 1 of 2 test files ran and 1 of 3 tests ran, 2 tests were left out by -t \/also\/, 1 test file was not asked for$/,
    },
    '.only and skipped tests': {
      args: ['--allowOnly'],
      files: {
        'only.test.ts': `${partly.replace('test(', 'test.only(')}test('left', () => {})`,
        'skip.test.ts': `${partly}test.skip('a', () => {})\ntest.todo('b')\ntest('c', ({ skip }) => skip('not today'))`,
      },
      says: /^All 4 checks that ran pass; 5 of 9 tests ran, 1 test was left out by \.only, 1 test was skipped, 1 test was skipped: todo, 1 test was skipped while running: not today$/,
    },
    '--bail': {
      args: ['--bail=1', '--no-file-parallelism', '--sequence.shuffle.files=false'],
      files: { 'a.test.ts': `${head}test('fails', () => { throw new Error('stop') })\ntest('after', () => {})` },
      code: 1,
      says: /1 test fails; .*0? ?of 2 test files ran|1 test fails/,
    },
    'a shard without a blob': {
      args: ['--shard=1/2'],
      files: { 'part.test.ts': partly },
      says: /1 of 2 test files ran, 1 test file was left to other shards \(--shard=1\/2\)$/,
    },
    '--exclude': {
      args: ['--exclude', 'part*'],
      files: { 'part.test.ts': partly },
      says: /^Both checks pass; test files that match --exclude part\* were not asked for$/,
    },
    'a global setup that throws': {
      env: { SETUP: 'throws' },
      code: 1,
      says: /^Nothing was judged, 1 test file did not run/,
    },
    'a start that fails': {
      args: ['--merge-reports=nowhere'],
      code: 1,
      says: /^Nothing was judged, no test file ran/,
    },
    'an exit code that comes after the tests': {
      env: { SETUP: 'late' },
      code: 3,
      says: /^the process ended with exit code 3 after the tests had ended$/,
    },
    'an error that comes after the tests': {
      files: {
        'part.test.ts': `${head}const late = test.extend({
  worker: [async ({}, use) => { await use(1); await wait(4000); ${holds} }, { scope: 'worker', auto: true }],
})
late('runs', async () => { ${holds} })`,
      },
      code: 1,
      says: /^1 unhandled error$|^an error that nobody caught came after the tests had ended: expect\(…\)\.toPassMFT\(…\) was called after its/,
    },
    'a signal that ends vitest': {
      files: {
        'part.test.ts': `${head}test('stops', async () => { await wait(300); process.kill(process.ppid, 'SIGTERM'); await wait(5000) })`,
      },
      code: 143,
      says: /the run was interrupted before its tests had ended/,
    },
  }

  let first: Outputs
  let one: Made
  beforeAll(async () => {
    one = await make({
      'good.test.ts': good,
      'setup.ts': setup,
      'vitest.config.ts': configOf('', `globalSetup: './setup.ts'`),
    })
    first = await told(one)
  }, 300_000)

  test('the whole suite is green in every output', () => {
    expect(first.code).toBe(0)
    expect(green(first)).toEqual(['html', 'title', 'markdown', 'json', 'terminal', 'annotations'])
    expect(first.document).toMatchObject({
      problems: [],
      outcome: { status: 'passed', exitCode: 0, tests: { found: 3, ran: 3 } },
    })
  })

  test.for(Object.keys(ways))(
    '%s: yesterday’s green page is replaced, and no output is green',
    { timeout: 300_000 },
    async (name) => {
      const { args = [], env = {}, files = {}, code = 0, says } = ways[name] as (typeof ways)[string]
      for (const [file, text] of Object.entries(files)) await writeFile(path.join(one.folder, file), text)
      try {
        const outputs = await told(one, args, env)
        expect(outputs.code).toBe(code)
        expect(green(outputs)).toEqual([])
        const [, title = ''] = /<h1>.*?<\/span>(.*?)<\/h1>/.exec(outputs.html) ?? []
        expect(title.replaceAll('\u202f', ' ')).toMatch(says)
      } finally {
        for (const file of Object.keys(files)) await rm(path.join(one.folder, file))
      }
    },
  )

  describe('--project', () => {
    let several: Made
    beforeAll(async () => {
      several = await make({
        'a/good.test.ts': good,
        'b/part.test.ts': `${partly}test('fails', async () => {
  await expect(model('bad', () => '')).toPassMFT(mft([{ input: 'a', expected: 'a' }]))
})`,
        'vitest.config.ts': configOf(
          '',
          `projects: ['a', 'b'].map((name) => ({ extends: true, test: { name, include: [name + '/*.test.ts'] } }))`,
        ).replace("include: ['**/*.test.ts'], ", ''),
      })
    })

    test('leaves out the others: no output is green, and since when they fail is kept', {
      timeout: 300_000,
    }, async () => {
      const all = await told(several, [], { ASSAY_NOW: '2026-11-10T04:00:00.000Z' })
      const [failing] = all.document.results.filter(({ status }) => status === 'fail')
      const some = await told(several, ['--project', 'a'], { ASSAY_NOW: '2026-11-11T04:00:00.000Z' })
      expect(some.code).toBe(0)
      expect(green(some)).toEqual([])
      expect(some.markdown).toContain('other projects were not asked for (--project a)')
      expect(some.document.since).toEqual(all.document.since)
      expect(Object.keys(all.document.since ?? {})).toEqual([failing?.id])
    })

    test('that names all of them is the whole suite', { timeout: 300_000 }, async () => {
      const { document } = await told(several, ['--project', 'a', '--project', 'b'])
      expect(document.problems).toEqual([])
      expect(document.outcome).toMatchObject({ status: 'failed', files: { found: 2, ran: 2 } })
    })
  })
})
