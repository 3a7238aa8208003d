import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { annotations, html, json, markdown, parse, terminal } from '../../reporters/index.ts'
import { writeReport } from '../../reporters/folder.ts'
import type { Problem, RunDocument } from '../../src/results/index.ts'
import { folderWith } from '../helpers/files.ts'
import { project, type Run } from '../helpers/project.ts'
import { document, generate } from '../helpers/runDocument.ts'

const head = `import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dataset, mft, model } from 'assay'
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const named = (name) => dataset([{ a: 1 }], { name })
`
/** The line of a test file that its first own line stands at. */
const FIRST = head.split('\n').length

/** What each output of a run says first. */
interface Outputs {
  readonly code: number
  readonly document: RunDocument
  readonly html: string
  readonly markdown: string
  readonly terminal: string
  readonly annotations: readonly string[]
}

/** Which outputs say that everything is well. */
function green(outputs: Omit<Outputs, 'code'>): string[] {
  const found = {
    html: /<h1><span class="s pass">/.test(outputs.html),
    title: /<title>(All|Both|The one) [^<]*pass(es)? ·/.test(outputs.html),
    markdown: /^### ✓/m.test(outputs.markdown),
    json: outputs.document.outcome.status === 'passed',
    terminal: !/^ [✗◆▲?○∅⚑] \S.*$/m.test(outputs.terminal),
    annotations: !outputs.annotations.some((line) => /^::(error|warning|notice) /.test(line)),
  }
  return Object.entries(found).flatMap(([name, isGreen]) => (isGreen ? [name] : []))
}

type Made = Awaited<ReturnType<typeof project>>
const made: Made[] = []
afterAll(() => Promise.all(made.map((one) => one.remove())))

async function make(...args: Parameters<typeof project>): Promise<Made> {
  const one = await project(...args)
  made.push(one)
  return one
}

/** Runs a project as on GitHub and reads all that it says. */
async function told(
  one: Made,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Outputs> {
  const run: Run = await one.run(args, { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: one.folder, ...env })
  const read = (name: string) => readFile(path.join(one.folder, 'report', name), 'utf8')
  // vitest's own summary comes first.
  const lines = run.output.slice(Math.max(0, run.output.lastIndexOf('  Duration  '))).split('\n')
  return {
    code: run.code,
    document: parse(await read('report.json')),
    html: await read('index.html'),
    markdown: await read('summary.md'),
    terminal: lines.filter((line) => /^ [✗◆▲?○∅⚑✓\d]/.test(line)).join('\n'),
    annotations: lines.filter((line) => line.startsWith('::')),
  }
}

// A model, so that most runs start no engine.
const holds = `await expect(model('good', (text) => text)).toPassMFT(mft([{ input: 'a', expected: 'a' }]))`
const good = `${head}test('good', async () => { ${holds} })
test('also good', async () => { ${holds} })
test('ordinary', () => {})`

/** What a run can go through without its checks knowing: each is a file, and what is said of it. */
const red: Readonly<Record<string, { file: string; says: Partial<Problem> }>> = {
  'a beforeAll that throws': {
    file: `${head}describe('inner', () => { beforeAll(() => { throw new Error('no database') })
test('never', async () => { await expect(named('hooked')).toHaveRowCount(1) }) })
test('beside', async () => { await expect(named('hooked')).toHaveRowCount(1) })`,
    says: { kind: 'hook', text: 'no database', line: FIRST, tests: 1 },
  },
  'a beforeAll of the file that throws': {
    file: `${head}beforeAll(() => { throw new Error('no file') })\ntest('never', () => {})`,
    says: { kind: 'hook', text: 'no file', line: FIRST, tests: 1, names: ['never'] },
  },
  'an afterAll that throws': {
    file: `${head}afterAll(() => { throw new TypeError('not cleaned') })
test('held', async () => { await expect(named('held')).toHaveRowCount(1) })`,
    says: { kind: 'hook', text: 'TypeError: not cleaned', line: FIRST },
  },
  'an afterEach that throws': {
    file: `${head}afterEach(() => { throw new Error('after each') })
test('judged', async () => { await expect(named('judged')).toHaveRowCount(1) })`,
    says: { kind: 'test', text: 'after each', test: 'judged', line: FIRST },
  },
  'a file that cannot be imported': {
    file: `${head}import './nowhere.ts'\ntest('a', () => {})`,
    says: {
      kind: 'file',
      text: expect.stringMatching(/^Cannot find module '.\/nowhere.ts' imported from \S+\.test\.ts$/),
    },
  },
  'a file that cannot be collected': {
    file: `${head}describe('x', () => { throw new Error('in describe') })`,
    says: { kind: 'file', text: 'in describe', line: FIRST },
  },
  'a file that cannot be parsed': {
    file: `${head}test('a', () => {`,
    says: { kind: 'file', text: expect.stringContaining('Expected `}`'), line: FIRST },
  },
  'a file without tests': { file: head, says: { kind: 'file', text: expect.stringContaining('No test suite found') } },
  'an error that nobody catches': {
    file: `${head}test('lets go', async () => { setTimeout(() => { throw new RangeError('late') }, 1); await wait(50) })`,
    says: { kind: 'unhandled', text: 'RangeError: late', test: 'lets go', line: FIRST },
  },
  'a rejection that nobody catches': {
    file: `${head}test('lets go too', async () => { Promise.reject(new Error('rejected')); await wait(50) })`,
    says: { kind: 'unhandled', text: 'rejected', test: 'lets go too' },
  },
  'a test that calls exit': {
    file: `${head}const left = named('left')
test('leaves', async () => { await left.rows(); process.exit(0) })`,
    says: { kind: 'test', test: 'leaves', line: FIRST + 1, undecided: [{ type: 'dataset', name: 'left' }] },
  },
  'a worker that is killed': {
    file: `${head}test('before', async () => { await expect(named('killed')).toHaveRowCount(1) })
const victim = named('victim')
test('killed', async () => { await wait(200); await victim.rows(); process.kill(process.pid, 'SIGKILL'); await wait(60_000) })
test('never', () => {})`,
    says: {
      kind: 'worker',
      test: 'killed',
      tests: 2,
      names: ['killed', 'never'],
      text: expect.stringMatching(/exited unexpectedly/),
    },
  },
  'an ordinary test that fails': {
    file: `${head}test('sums', () => {\n  expect(1 + 1).toBe(3)\n})`,
    says: { kind: 'test', text: 'expected 2 to be 3 // Object.is equality', test: 'sums', line: FIRST + 1 },
  },
  'a test that dies before its assertion': {
    file: `${head}test('dies', async () => {
  const opened = named('opened')
  if ((await opened.rows()).length === 1) throw new Error('no rows')
  await expect(opened).toHaveRowCount(1)
})`,
    says: { kind: 'test', text: 'no rows', line: FIRST + 2, undecided: [{ type: 'dataset', name: 'opened' }] },
  },
  'a test that times out': {
    file: `${head}const slow = model('slow', () => new Promise(() => {}))
test('slow', async () => { await expect(slow).toPassMFT(mft([{ input: 'a', expected: 'b' }])) }, 200)`,
    // Its check heard of the end and is an error, by which the model is undecided.
    says: { kind: 'test', text: 'Test timed out in 200ms.', test: 'slow' },
  },
  'an assertion that is used wrongly': {
    file: `${head}test('wrong', async () => { await expect(named('begun')).not.toMatchSchema() })`,
    says: {
      kind: 'test',
      text: expect.stringContaining('is refused'),
      undecided: [{ type: 'dataset', name: 'begun' }],
    },
  },
}
const fileOf = (name: string): string => `${name.replaceAll(' ', '-')}.test.ts`

describe('a run in which everything goes wrong that checks do not see', () => {
  let outputs: Outputs
  beforeAll(async () => {
    const files = Object.entries(red).map(([name, { file }]) => [fileOf(name), file])
    outputs = await told(await make({ 'good.test.ts': good, ...Object.fromEntries(files) }))
  }, 300_000)

  test('no output is green', () => {
    expect(outputs.code).toBe(1)
    expect(green(outputs)).toEqual([])
    expect(outputs.document.outcome).toMatchObject({ status: 'failed', exitCode: 1 })
  })

  test.for(Object.keys(red))('%s is told with its text, file and line, and alone it makes no output green', (name) => {
    const { says } = red[name] as (typeof red)[string]
    const problem = outputs.document.problems.find(({ file }) => file === fileOf(name))
    expect(problem).toMatchObject({ blocking: true, file: fileOf(name), ...says })
    const alone = { ...outputs.document, problems: [problem as Problem] }
    const place = { root: '/', workspace: '/', failuresShown: false }
    const drawn = {
      document: parse(json(alone)),
      html: html(alone),
      markdown: markdown(alone),
      terminal: terminal(alone, { color: false }),
      annotations: annotations(alone, place),
    }
    expect(green(drawn)).toEqual([])
    for (const text of [drawn.html, drawn.markdown, drawn.terminal, drawn.annotations.join('\n')])
      expect(text.replaceAll(/\\|&#39;/g, "'")).toContain(fileOf(name))
  })

  test('what nobody judged is undecided, by name, also where other tests of its file passed', () => {
    for (const name of ['victim', 'left', 'opened', 'slow', 'begun', 'hooked', 'killed'])
      expect(outputs.html.replaceAll(/<[^>]*>/g, ''), name).toMatch(new RegExp(`${name}\\s+is undecided`))
    expect(outputs.html.replaceAll(/<[^>]*>/g, '')).toMatch(/good\s+may ship: both checks that ran pass/)
  })

  test('the first thing a reader meets is what failed', () => {
    const [first = ''] = outputs.terminal.split('\n')
    expect(first).toMatch(/^ [✗◆] (Hook failed|Test file did not load|Test failed)/)
    expect(outputs.html.indexOf('class="problems"')).toBeLessThan(outputs.html.indexOf('class="verdicts"'))
    expect(outputs.markdown.indexOf('| what happened |')).toBeLessThan(outputs.markdown.indexOf('**good**'))
  })
})

const partly = `${head}test('runs', async () => { ${holds} })
`
const setup = `export default () => {
  if (process.env.SETUP === 'throws') throw new Error('no setup')
  return () => { if (process.env.SETUP === 'late') process.exitCode = 3 }
}`
const config = (plugin: string, more: string) => `
import { defineConfig } from 'vitest/config'
import assay from '${new URL('../../src/plugin/index.ts', import.meta.url).pathname}'
export default defineConfig({
  plugins: [assay(${plugin})],
  resolve: { alias: [{ find: /^assay$/, replacement: '${new URL('../../src/index.ts', import.meta.url).pathname}' }] },
  test: { include: ['**/*.test.ts'], ${more} },
})`

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
      'vitest.config.ts': config('', `globalSetup: './setup.ts'`),
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

  test('a merge that lacks a shard says which', { timeout: 300_000 }, async () => {
    await writeFile(path.join(one.folder, 'part.test.ts'), partly)
    await one.run(['--shard=1/2', '--reporter=blob'], {})
    const outputs = await told(one, ['--merge-reports'])
    await rm(path.join(one.folder, 'part.test.ts'))
    expect(green(outputs)).toEqual([])
    expect(outputs.markdown).toContain('1 test file was in no report that was merged: shard 2 of 2 missing')
  })
})

describe('files that are not ours', () => {
  const names = ['index.html', 'report.json', 'summary.md']
  test.for(names)('a file %s without our mark is refused, and nothing in its folder is touched', async (name) => {
    const folder = await folderWith({ [name]: '<p>{"mine": true}' })
    expect(() => writeReport(folder, generate(10))).toThrow(
      `${path.join(folder, name)} is there already and is no report of Assay`,
    )
    expect(await readdir(folder)).toEqual([name])
    expect(await readFile(path.join(folder, name), 'utf8')).toBe('<p>{"mine": true}')
  })

  test('an empty file, and a folder of that name, have no mark either', async () => {
    const folder = await folderWith({ 'summary.md': '', 'deeper/index.html/x': '' })
    expect(() => writeReport(folder, generate(10))).toThrow('summary.md is there already')
    expect(() => writeReport(path.join(folder, 'deeper'), generate(10))).toThrow('index.html is there already')
  })

  test('a report of ours is written over, through a link too', async () => {
    const folder = await folderWith({ 'site/keep': '' })
    await symlink(path.join(folder, 'site'), path.join(folder, 'link'))
    writeReport(path.join(folder, 'link'), generate(10))
    writeReport(path.join(folder, 'site'), document([], { title: 'second' }))
    expect((await readdir(path.join(folder, 'site'))).sort()).toEqual([
      'index.html',
      'keep',
      'report.json',
      'summary.md',
    ])
    expect(parse(await readFile(path.join(folder, 'link/report.json'), 'utf8')).title).toBe('second')
  })

  test('a run tells the refusal and leaves a page alone, with or without tests of data', {
    timeout: 300_000,
  }, async () => {
    const one = await make({ 'good.test.ts': good, 'index.html': 'mine' }, `{ report: '.' }`)
    const { output, code } = await one.run()
    expect(code).toBe(0)
    expect(output).toContain(
      `[assay] the report was not written: ${path.join(one.folder, 'index.html')} is there already`,
    )
    await writeFile(path.join(one.folder, 'good.test.ts'), `import { test } from 'vitest'\ntest('a', () => {})`)
    expect((await one.run()).output).not.toContain('[assay]')
    expect(await readFile(path.join(one.folder, 'index.html'), 'utf8')).toBe('mine')
    expect(await readdir(one.folder)).not.toContain('report.json')
  })
})
