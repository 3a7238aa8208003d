import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from '../../src/results/json.ts'
import { outcomes, project, type Run } from '../helpers/project.ts'

/**
 * Ways to begin an assertion `A` without awaiting it. `own` are its test's, `file` those that are known too late for
 * that: they fail the file. Beside each stands how many assertions it begins.
 */
const own: Record<string, string> = {
  'a plain statement': 'A',
  '.then without return': 'A.then(() => {})',
  '.then().then()': 'A.then(() => {}).then(() => {})',
  '.finally': 'A.finally(() => {})',
  'Promise.all': 'Promise.all([A, A])',
  'Promise.allSettled': 'Promise.allSettled([A, A])',
  'Promise.any': 'Promise.any([A])',
  'Promise.race, lost': 'await Promise.race([A, null])',
  'Promise.race of a block, lost': 'await Promise.race([(async () => { await A })(), null])',
  'Promise.resolve': 'Promise.resolve(A)',
  'new Promise': 'new Promise((resolve) => resolve(A))',
  'an async block': '(async () => { await A })()',
  'an async block that reads a file first':
    "(async () => { await readFile('package.json').catch(() => {}); await A })()",
  'an async block that sleeps first': '(async () => { await sleep(30); await A })()',
  'an async block that reads on after it':
    "(async () => { try { await A } finally { await readFile('none').catch(() => {}) } })()",
  'forEach with an async callback': '[1, 2].forEach(async () => { await A })',
  'map with an async callback': '[1, 2].map(async () => { await A })',
  'Promise.all of map': 'Promise.all([1, 2].map(async () => { await A }))',
  setTimeout: 'setTimeout(() => { A }, 30)',
  'setTimeout with an async callback': 'setTimeout(async () => { await sleep(10); await A }, 30)',
  setImmediate: 'setImmediate(() => { A })',
  'process.nextTick': 'process.nextTick(() => { A })',
  queueMicrotask: 'queueMicrotask(() => { A })',
  'the callback of fs': "fs.readFile('none', () => { A })",
  'the callback of a process': "execFile(process.execPath, ['-e', ''], () => { A })",
  'an event': "const bus = new EventEmitter(); bus.on('x', async () => { await A }); bus.emit('x')",
  'an event that comes later':
    "const bus = new EventEmitter(); bus.on('x', () => { A }); setImmediate(() => bus.emit('x'))",
  'expect.soft': 'SOFT',
  'expect.soft in .then': 'sleep(20).then(() => { SOFT })',
  'a promise made outside of the test': 'open(() => { A })',
  'a promise made outside of the test, with a return': 'open(() => A)',
  onTestFinished: 'onTestFinished(() => { A })',
}
const file: Record<string, string> = {
  'a promise that another test lets go on': 'gates.push(new Promise((go) => (gates.go = go)).then(() => A))',
}
const forms = { ...own, ...file }

const suite = (min: number, concurrent = '') => `
import { execFile } from 'node:child_process'
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import { readFile } from 'node:fs/promises'
import { afterAll, onTestFinished, test } from 'vitest'
import { dataset } from 'assay'
const a = dataset([{ a: 1 }, { a: 2 }, { a: -3 }], { name: 'tiny' }).column('a')
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
let later
const opened = new Promise((resolve) => (later = resolve)).then((work) => work())
const open = (work) => { if (later) later(work); else work(); later = undefined }
const gates: any = []
${Object.entries(forms)
  .map(
    ([title, form]) =>
      `test${concurrent}(${JSON.stringify(title)}, async ({ expect, onTestFinished }) => { ${form
        .replaceAll('SOFT', `expect.soft(a).toHaveValuesBetween({ min: ${min} })`)
        .replaceAll(/\bA\b/g, `expect(a).toHaveValuesBetween({ min: ${min} })`)} })`,
  )
  .join('\n')}
test('lets the other go on', () => { gates.go?.() })
`
/** How many assertions a form begins. */
const count = (form: string): number => (form.match(/\bA\b|SOFT/g)?.length ?? 0) * (form.includes('[1, 2]') ? 2 : 1)

let made: Awaited<ReturnType<typeof project>>
let run: Run
let results: { status: string; where: { test: string; line: number; file: string } }[]

beforeAll(async () => {
  made = await project({
    'fails.test.ts': suite(0),
    'passes.test.ts': suite(-9),
    'concurrent.test.ts': suite(0, '.concurrent'),
  })
  run = await made.run()
  const document = parse(await readFile(path.join(made.folder, 'report/report.json'), 'utf8'))
  results = [...document.results] as typeof results
}, 120_000)
afterAll(() => made?.remove())

const of = (name: string) => ({
  ...run,
  json: { ...run.json, testResults: run.json.testResults.filter((one) => one.name.endsWith(name)) },
})

test.for(Object.entries(forms))('%s: its verdict counts', ([title, form]) => {
  for (const name of ['fails.test.ts', 'concurrent.test.ts', 'passes.test.ts']) {
    const wanted = name === 'passes.test.ts' ? 'pass' : 'fail'
    const found = results.filter(({ where }) => where.file === name && where.test === title)
    expect(
      found.map(({ status }) => status),
      `${name}: ${run.output}`,
    ).toEqual(Array(count(form)).fill(wanted))
    const { status, message } = outcomes(of(name))[title] ?? {}
    if (!(title in own)) continue
    expect(status, `${name}: ${message}`).toBe(wanted === 'pass' ? 'passed' : 'failed')
    if (wanted === 'fail') expect(message?.match(/▸ -3/g), message).toHaveLength(count(form))
    if (wanted === 'fail') expect(message).toMatch(new RegExp(`${name}:\\d+:\\d+`))
  }
})

/** Ways to handle the failure of an assertion, and how many errors the test has all the same. */
const handled: Record<string, readonly [form: string, errors: number]> = {
  'try and catch': ['try { await A } catch {}', 0],
  '.catch': ['await A.catch(() => {})', 0],
  '.catch, not awaited': ['A.catch(() => {})', 0],
  '.then with two': ['A.then(() => {}, () => {})', 0],
  '.catch that throws': ['A.catch((error) => { throw error })', 1],
  '.rejects': ['await expect(A).rejects.toThrow()', 0],
  '.rejects of Promise.all': ['await expect(Promise.all([A, A])).rejects.toThrow()', 0],
  'Promise.all in a try': ['try { await Promise.all([A, A]) } catch {}', 0],
  'Promise.allSettled': ['await Promise.allSettled([A, A])', 0],
  'Promise.any that one fulfils': ['await Promise.any([A, B])', 0],
  'later, in a try': ['const later = A; await sleep(50); try { await later } catch {}', 0],
  'later, after a block': [
    'const later = (async () => { await A })(); await sleep(80); try { await later } catch {}',
    0,
  ],
  'an error made of it': [
    "(async () => { try { await A } catch (cause) { throw new Error('mine', { cause }) } })()",
    1,
  ],
  'Promise.all': ['await Promise.all([A, B, A, A])', 3],
  'Promise.all, with a handled one before': ['try { await A } catch {}; await Promise.all([A, B, A])', 2],
  'Promise.all of map': ['await Promise.all([A, B, A].map(async (one) => { await one }))', 2],
  'Promise.all that is returned': ['return Promise.all([A, A])', 2],
  'one awaited, one not': ['A; await A', 2],
  'expect.poll': [
    'let i = 0; await expect.poll(() => (i++ < 2 ? a : b), { interval: 5 }).toHaveValuesBetween({ min: 0 })',
    0,
  ],
  'test.fails': ['await A', 0],
}

test('who handles a failure keeps it; of several asked together each is told', async () => {
  const lines = Object.entries(handled).map(
    ([title, [form]]) =>
      `test${title === 'test.fails' ? '.fails' : ''}(${JSON.stringify(title)}, async () => { ${form
        .replaceAll(/\bA\b/g, 'expect(a).toHaveValuesBetween({ min: 0 })')
        .replaceAll(/\bB\b/g, 'expect(a).toHaveValuesBetween({ min: -9 })')} })`,
  )
  const text = `${suite(0).split('\ntest(')[0]}
import { expect } from 'vitest'
const b = dataset([{ a: 1 }], { name: 'other' }).column('a')
${lines.join('\n')}`
  const other = await project({ 'handled.test.ts': text })
  const ran = await other.run()
  const found = outcomes(ran)
  const errors = ran.json.testResults.flatMap((one) => one.assertionResults)
  await other.remove()
  for (const [title, [, wanted]] of Object.entries(handled)) {
    const own = errors.find((one) => one.title === title)
    expect(own?.failureMessages ?? [], `${title}: ${found[title]?.message}`).toHaveLength(wanted)
  }
  expect(ran.output).not.toMatch(/unhandled|stopped/i)
}, 60_000)

/** Ways to begin an assertion outside of the tests; each fails its file, or the run. */
const outside: Record<string, string> = {
  'a statement of the module': 'A; T',
  'a statement of a describe': "describe('d', () => { A; T })",
  'a block of the module that sleeps': '(async () => { await sleep(40); await A })(); T',
  'a block of the module that reads':
    "(async () => { await readFile('vitest.config.ts'); await readFile('vitest.config.ts'); await A })(); T",
  'a block that goes on while the file is collected':
    '(async () => { await sleep(10); await A })(); await sleep(80); T',
  'a promise of the module that its test awaits':
    "const p = sleep(30).then(() => A); test('t', async () => { await p })",
  'a promise that nobody awaits while a test runs':
    "sleep(30).then(() => A); test('t', async () => { await sleep(60) })",
  beforeAll: 'beforeAll(() => { A }); T',
  'beforeAll, .then': 'beforeAll(() => { A.then(() => {}) }); T',
  beforeEach: 'beforeEach(() => { A.then(() => {}) }); T',
  afterEach: 'afterEach(() => { [1].forEach(async () => { await A }) }); T',
  afterAll: "afterAll(() => { (async () => { await readFile('vitest.config.ts'); await A })() }); T",
  'a fixture': "test.extend({ x: async ({}, use) => { await use(1); sleep(10).then(() => A) } })('t', ({ x }) => {})",
  'an interval': "test('t', () => { setInterval(() => { A }, 20) })",
  'a timer that is due after its test': "test('t', { timeout: 300 }, () => { setTimeout(() => { A }, 3000) })",
  'a sleep that is due after its test':
    "test('t', { timeout: 100 }, () => { sleep(500).then(() => A) }); test('u', async () => { await sleep(600) })",
}

test('outside of the tests, too, nothing that was begun is lost', async () => {
  const header = `${suite(0).split('\ntest(')[0]}
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest'
;`
  const files = Object.entries(outside).map(([, text], i) => [
    `o${i}.test.ts`,
    `${header}${text.replace(/\bA\b/g, 'expect(a).toHaveValuesBetween({ min: 0 })').replace(/\bT\b/g, "test('t', () => {})")}`,
  ])
  const other = await project(Object.fromEntries(files))
  const ran = await other.run(['--no-isolate'])
  await other.remove()
  for (const [i, title] of Object.keys(outside).entries()) {
    const failed = ran.json.testResults.find(({ name }) => name.endsWith(`o${i}.test.ts`))?.status === 'failed'
    const unhandled = ran.output.split('Unhandled Errors')[1]?.includes(`❯ o${i}.test.ts:`) === true
    expect(failed || unhandled, `${title}\n${ran.output}`).toBe(true)
  }
}, 120_000)

test('a test that is tried again or repeated is judged anew each time', async () => {
  const form = { plain: 'A', all: 'Promise.all([A])', block: '(async () => { await A })()', awaited: 'await A' }
  const lines = Object.entries(form).flatMap(([title, text]) =>
    ['retry: 2', 'repeats: 2'].flatMap((option) =>
      ['always', 'first'].map(
        (when) =>
          `let n${title}${option[2]}${when} = 0; test('${title} ${option} ${when}', { ${option} }, async () => { const min = ++n${title}${option[2]}${when} < 2 || '${when}' === 'always' ? 0 : -9; ${text.replace('A', 'expect(a).toHaveValuesBetween({ min })')} })`,
      ),
    ),
  )
  const other = await project({
    'again.test.ts': `${suite(0).split('\ntest(')[0]}\nimport { expect } from 'vitest'\n${lines.join('\n')}`,
  })
  const found = outcomes(await other.run())
  await other.remove()
  for (const [title, { status, message }] of Object.entries(found))
    expect(status, `${title}: ${message}`).toBe(/retry.*first/.test(title) ? 'passed' : 'failed')
}, 120_000)

test('the run fails, and nothing is left unhandled', () => {
  expect(run.code).toBe(1)
  expect(run.output).not.toMatch(/unhandled/i)
  // What was begun too late for its test fails the file.
  for (const name of ['fails', 'concurrent']) expect(run.output).toContain(`${name}.test.ts [ ${name}.test.ts ]`)
  expect(run.output).not.toContain('[ passes.test.ts ]')
})
