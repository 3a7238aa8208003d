import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { annotations, html, json, markdown, parse, terminal } from '../../reporters/index.ts'
import { writeReport } from '../../reporters/folder.ts'
import type { Problem } from '../../src/results/index.ts'
import { folderWith } from '../helpers/files.ts'
import { document, generate } from '../helpers/runDocument.ts'
import { FIRST, good, green, head, make, type Outputs, removeMade, told } from '../helpers/toldRun.ts'

afterAll(removeMade)

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

  test('a folder of that name has no mark either, and an empty file is nothing to keep', async () => {
    const folder = await folderWith({ 'summary.md': '', 'deeper/index.html/x': '' })
    expect(() => writeReport(path.join(folder, 'deeper'), generate(10))).toThrow('index.html is there already')
    writeReport(folder, generate(10))
    expect((await readdir(folder)).sort()).toContain('report.json')
    expect((await stat(path.join(folder, 'summary.md'))).size).toBeGreaterThan(0)
  })

  test('a report of ours is written over, through a link too', async () => {
    const folder = await folderWith({ 'site/keep': '' })
    await symlink(path.join(folder, 'site'), path.join(folder, 'link'))
    writeReport(path.join(folder, 'link'), generate(10))
    writeReport(path.join(folder, 'site'), document([], { title: 'second' }))
    expect((await readdir(path.join(folder, 'site'))).sort()).toEqual([
      'history.jsonl',
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
