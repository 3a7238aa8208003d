import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { green, head, holds, make, removeMade, told } from '../helpers/toldRun.ts'

afterAll(removeMade)
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))

test('after vitest was killed, the report is not taken for that of the killed run, and the next run writes its own', async () => {
  const one = await make({
    'a.test.ts': `${head}test('holds', async () => { ${holds} })\ntest('waits', async () => { if (process.env.WAITS) await wait(60_000) })`,
  })
  expect(green(await told(one))).toContain('html')
  const killed = spawn(process.execPath, [vitest, 'run', '--pool=threads'], {
    cwd: one.folder,
    env: { ...process.env, WAITS: '1' },
    stdio: 'ignore',
  })
  const page = () => readFile(path.join(one.folder, 'report/index.html'), 'utf8')
  await expect.poll(page, { timeout: 60_000, interval: 100 }).toContain('has not ended')
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  expect(await page()).toMatch(/<h1><span class="s error">.*A run that began .* has not ended/)
  const after = await told(one)
  expect(green(after)).toContain('html')
  expect(after.html).not.toContain('has not ended')
})

test('what a test that is expected to fail fails by is accepted in a run that is green, and an error where it holds', async () => {
  const fails = `await expect(named('orders')).toHaveRowCount(5)`
  const one = await make({
    'a.test.ts': `${head}test('holds', async () => { ${holds} })\ntest.fails('known', async () => { ${fails} })`,
  })
  const { code, document, html, terminal } = await told(one)
  expect(code).toBe(0)
  expect(document.outcome).toMatchObject({ status: 'passed', exitCode: 0 })
  const known = document.results.find(({ kind }) => kind === 'rowCount')
  expect(known).toMatchObject({ status: 'accepted', blocking: false, message: expect.stringContaining('test.fails') })
  expect(html).toMatch(/<h1><span class="s accepted">/)
  expect(terminal).not.toMatch(/✗/)
  const wrong = await make({ 'a.test.ts': `${head}test.fails('known', async () => { ${holds} })` })
  const broken = await told(wrong)
  expect(broken.code).toBe(1)
  expect(broken.document.problems).toMatchObject([{ kind: 'test', blocking: true }])
})

test('what came to no judgement in a test that is expected to fail is no accepted failure, and no output is green', async () => {
  const unjudged = {
    error: `await expect(dataset('none.csv')).toHaveRowCount(5)`,
    vacuous: `await expect(dataset({ a: [] }, { name: 'empty', types: { a: 'number' } }).column('a')).toHaveValuesBetween({ min: 0 })`,
  }
  for (const [status, text] of Object.entries(unjudged)) {
    const one = await make({
      'a.test.ts': `${head}test('holds', async () => { ${holds} })\ntest.fails('known', async () => { ${text} })`,
    })
    const outputs = await told(one)
    const { code, document, html, terminal, annotations } = outputs
    expect(code).toBe(0)
    expect(green(outputs)).toEqual(['json'])
    expect(document.results.filter(({ kind }) => kind !== 'passMft')).toMatchObject([
      { status, blocking: false, message: expect.stringMatching(/test\.fails, which accepts a failure, not a check/) },
    ])
    expect(html).toMatch(new RegExp(`<h1><span class="s ${status}">.* is undecided`))
    expect(terminal).not.toMatch(/✗/)
    expect(annotations.filter((line) => line.startsWith('::error'))).toEqual([])
  }
})

test('what a test catches is accepted: the run that passed is red in no output', async () => {
  const fails = `expect(named('orders')).toHaveRowCount(5)`
  const caught = {
    catch: `await ${fails}.catch(() => {})`,
    try: `try { await ${fails} } catch {}`,
    rejects: `await expect(${fails}).rejects.toThrow()`,
    allSettled: `await Promise.allSettled([${fails}])`,
    'an error': `await expect(expect(dataset('none.csv')).toHaveRowCount(5)).rejects.toThrow()`,
  }
  const tests = Object.entries(caught).map(([title, text]) => `test('${title}', async () => { ${text} })`)
  const one = await make({ 'a.test.ts': `${head}test('holds', async () => { ${holds} })\n${tests.join('\n')}` })
  const { code, document, html, markdown, terminal, annotations } = await told(one)
  expect(code).toBe(0)
  expect(document.outcome).toMatchObject({ status: 'passed', exitCode: 0 })
  for (const title of Object.keys(caught)) {
    const own = document.results.filter(({ where }) => where?.test === title)
    expect(own, title).toMatchObject([{ status: 'accepted', blocking: false }])
    expect(own[0]?.message).toContain('its test caught this failure, and passed')
  }
  expect(html).toMatch(/<h1><span class="s accepted">/)
  expect(markdown).toMatch(/^### ⚑/m)
  expect(terminal).not.toMatch(/✗/)
  expect(annotations.filter((line) => line.startsWith('::error'))).toEqual([])
  // Where something failed outside of tests, what a test began may have failed there.
  const late = `test('late', async () => { setTimeout(() => { throw new Error('late') }); await ${fails}.catch(() => {}); await wait(50) })`
  const red = await told(await make({ 'a.test.ts': `${head}${late}` }))
  expect(red.code).toBe(1)
  expect(red.document.results).toMatchObject([{ status: 'fail', blocking: true }])
})

test('what a test that skips itself has asked without waiting counts, and what it or a hook caught is accepted', async () => {
  const fails = `expect(named('orders')).toHaveRowCount(5)`
  const uncaught = {
    plain: `test('x', (context) => { ${fails}; context.skip() })`,
    soft: `test('x', async (context) => { await context.${fails.replace('expect', 'expect.soft')}; context.skip() })`,
    'in a hook': `beforeEach((context) => { ${fails}; context.skip() })\ntest('x', () => {})`,
    'skipped by a hook': `afterEach((context) => context.skip())\ntest('x', async () => { await ${fails} })`,
    'an earlier repeat': `let n = 0\ntest('x', { repeats: 1 }, async (context) => { if (n++ === 0) await ${fails}; else context.skip() })`,
  }
  const files = Object.entries(uncaught).map(([name, text]) => [`${name}.test.ts`, `${head}${text}`])
  const red = await told(await make(Object.fromEntries(files)))
  expect(red.code).toBe(1)
  expect(red.document.results.map(({ status, blocking }) => [status, blocking])).toEqual(
    files.map(() => ['fail', true]),
  )
  expect(new Set(red.document.results.map(({ where }) => where?.file))).toEqual(new Set(files.map(([name]) => name)))
  expect(red.html).toMatch(/<h1>.*orders does not hold; 0 of 5 tests ran, 5 tests were skipped while running<\/h1>/)
  const caught = await told(
    await make({
      'a.test.ts': `${head}test('a', async (context) => { try { await ${fails} } catch { context.skip() } })
beforeAll(async () => { await ${fails}.catch(() => {}) })`,
    }),
  )
  expect(caught.code).toBe(0)
  expect(caught.document.results).toMatchObject([
    { status: 'accepted', blocking: false, message: expect.stringContaining('a hook of its file caught this failure') },
    {
      status: 'accepted',
      blocking: false,
      message: expect.stringContaining('caught this failure, and skipped itself'),
    },
  ])
})

test('a waiver of one table accepts no other of its name, also where each test file has a process of its own', async () => {
  const asks = (value: number) =>
    `${head}test('asks', async () => { await expect(dataset([{ a: ${value} }], { name: 'orders' })).toHaveRowCount(5) })`
  const one = await make({ 'a.test.ts': asks(1), 'b.test.ts': asks(1) })
  const { document: before } = await told(one)
  const waiver = { check: before.results[0]?.id, owner: 'dana', reason: 'known', until: '2996-11-30' }
  await writeFile(path.join(one.folder, 'assay.waivers.json'), JSON.stringify({ waivers: [waiver] }))
  const same = await told(one)
  expect([same.code, ...same.document.results.map(({ status }) => status)]).toEqual([0, 'accepted', 'accepted'])
  await writeFile(path.join(one.folder, 'b.test.ts'), asks(2))
  const other = await told(one)
  expect([other.code, ...other.document.results.map(({ status }) => status)]).toEqual([1, 'accepted', 'fail'])
  expect(other.terminal).toContain('the waiver of dana accepts one table, and several of this run have its name')
})

test('a hook that fails leaves undecided what its file opened and no test judged, and nothing else', async () => {
  const one = await make({
    'a.test.ts': `${head}const [judged, opened] = [named('judged'), named('opened')]
afterAll(async () => { await opened.rows(); await judged.rows(); throw new Error('late hook') })
test('judges', async () => { await expect(judged).toHaveRowCount(1) })`,
  })
  const { code, document, terminal } = await told(one)
  expect(code).toBe(1)
  expect(document.problems).toMatchObject([{ kind: 'hook', text: 'late hook', undecided: [{ name: 'opened' }] }])
  expect(document.problems[0]?.undecided).toHaveLength(1)
  expect(terminal).toContain('opened is undecided: a hook of a.test.ts ended before it had judged it')
  expect(terminal).not.toContain('judged is undecided')
})

test('a dataset that fails and a test that fails are each said once in the terminal', async () => {
  const one = await make({
    'a.test.ts': `${head}test('rows', async () => { await expect(named('orders')).toHaveRowCount(5) })
test('sums', () => { expect(1 + 1).toBe(3) })`,
  })
  const { terminal } = await told(one)
  expect(terminal.match(/orders does not hold/g)).toHaveLength(1)
  expect(terminal.match(/sums/g)).toHaveLength(1)
})
