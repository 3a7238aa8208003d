import { spawn } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { rowCount, valuesBetween, valuesIn } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { parse } from '../../src/results/json.ts'
import { negatedId } from '../../src/results/resultId.ts'
import type { CheckResult, RunDocument } from '../../src/results/index.ts'
import { outcomes, project, type Run } from '../helpers/project.ts'

const suite = `
import { expect, test } from 'vitest'
import { dataset, integer, table } from 'assay'
const tiny = dataset([{ a: -1, b: 'x' }, { a: 5, b: 'x' }], { name: 'tiny' })
const a = tiny.column('a')

test('accepted', async () => { await expect(a).toHaveValuesBetween({ min: 0 }) })
test('accepted, asked again', async () => { await expect(a).toHaveValuesBetween({ min: 0 }) })
test('another limit', async () => { await expect(a).toHaveValuesBetween({ min: 3 }) })
test('past its ceiling', async () => { await expect(tiny.column('b')).toHaveValuesIn(['y']) })
test('over', async () => { await expect(tiny).toHaveRowCount({ min: 3 }) })
test('accepted under not', async () => { await expect(tiny.where({ b: 'x' })).not.toHaveRowCount({ min: 1 }) })
test('one accepted, one not', async () => {
  await expect(tiny).toMatchSchema(table({ a: integer().between({ min: 0 }), b: integer() }))
})
test('raw orders', async () => { await expect(dataset('raw/orders.csv')).toHaveRowCount({ min: 2 }) })
test('clean orders', async () => { await expect(dataset('clean/orders.csv')).toHaveRowCount({ min: 2 }) })
test('in error', async () => { await expect(tiny.column('c')).toHaveNoMissing() })
`

const tiny = dataset(
  [
    { a: -1, b: 'x' },
    { a: 5, b: 'x' },
  ],
  { name: 'tiny' },
)

let made: Awaited<ReturnType<typeof project>>
let whole: Run
let filtered: Run
let document: RunDocument
const text: Record<string, string> = {}
let ids: string[]

const named = (test: string): CheckResult[] => document.results.filter(({ where }) => where?.test === test)

beforeAll(async () => {
  const orders = { 'raw/orders.csv': 'id\n1\n', 'clean/orders.csv': 'id\n1\n' }
  made = await project({ 'tiny.test.ts': suite, ...orders }, `{ title: 'tiny' }`)
  const env = { ASSAY_NOW: '2996-11-24T10:00:00.000Z' }
  const first = await made.run([], env)
  expect(outcomes(first).accepted?.status).toBe('failed')
  const before = parse(await readFile(path.join(made.folder, 'report/report.json'), 'utf8'))
  const checks = [
    valuesBetween(tiny.column('a'), { min: 0 }),
    rowCount(tiny, { min: 3 }),
    rowCount(tiny.where({ b: 'x' }), { min: 1 }),
    valuesIn(tiny.column('b'), ['y']),
  ]
  ids = (await evaluate(checks)).map(({ id }) => id)
  const raw = before.results.find(({ where }) => where?.test === 'raw orders')
  const ofSchema = before.results.find(
    ({ where, kind }) => where?.test === 'one accepted, one not' && kind === 'valuesBetween',
  )
  const error = before.results.find(({ status }) => status === 'error')
  const entry = (check: string | undefined, until: string) => ({ check, owner: 'dana', reason: 'refunds | <b>', until })
  await writeFile(
    path.join(made.folder, 'assay.waivers.json'),
    JSON.stringify({
      waivers: [
        entry(ids[0], '2996-11-24'),
        entry(ids[1], '2996-11-23'),
        entry(negatedId(ids[2] as string), '2997-11-23'),
        entry(error?.id, '2997-11-23'),
        entry('gone.away~0123456789ab', '2997-11-23'),
        { ...entry(ids[3], '2997-11-23'), upTo: '1 row' },
        entry(raw?.id, '2997-11-23'),
        { ...entry(ofSchema?.id, '2996-11-24'), upTo: '1 row' },
      ],
    }),
  )
  whole = await made.run([], env)
  for (const file of ['report.json', 'summary.md', 'index.html'])
    text[file] = await readFile(path.join(made.folder, 'report', file), 'utf8')
  document = parse(text['report.json'] as string)
  filtered = await made.run(['-t', 'accepted'], env)
}, 600_000)
afterAll(() => made?.remove())

test('a waived failure does not fail its test; one whose waiver is over, and an error, do', () => {
  const status = Object.fromEntries(Object.entries(outcomes(whole)).map(([title, one]) => [title, one.status]))
  expect(status).toEqual({
    accepted: 'passed',
    'accepted, asked again': 'passed',
    'another limit': 'failed',
    'past its ceiling': 'failed',
    'raw orders': 'passed',
    'clean orders': 'failed',
    over: 'failed',
    'accepted under not': 'passed',
    'one accepted, one not': 'failed',
    'in error': 'failed',
  })
})

test('the run document says who accepted what until when', () => {
  expect(named('accepted')[0]).toMatchObject({
    status: 'accepted',
    blocking: false,
    waiver: { owner: 'dana', reason: 'refunds | <b>', until: '2996-11-24' },
  })
  expect(named('accepted under not')[0]).toMatchObject({ status: 'accepted', negated: true })
  expect(named('over')[0]).toMatchObject({ status: 'fail', blocking: true, waiver: { until: '2996-11-23' } })
})

test('a failure message names the waiver that is over, the accepted rest, and the error that no waiver covers', () => {
  const message = (title: string): string => outcomes(whole)[title]?.message.replace(/\n\s+at [\s\S]*/, '') ?? ''
  expect(message('over')).toContain('\n  the waiver of dana expired on 2996-11-23: refunds | <b>')
  expect(message('one accepted, one not')).toContain(
    '⚑ tiny.a: values at least 0 (accepted)\n  accepted by dana until 2996-11-24, up to 1 row: refunds | <b>',
  )
  expect(message('one accepted, one not')).toMatch(/\n\n✗ tiny: .* \(1 of 5 checks fails, 1 is an accepted failure\)\n/)
  expect(message('in error')).toContain('the waiver of dana does not cover this')
  expect(message('past its ceiling')).toContain(
    '\n  the waiver of dana accepts up to 1 row, and there are 2: refunds | <b>',
  )
})

test('two sources of one name are told apart in messages and documents, and a waiver of one accepts the other nowhere', () => {
  expect(outcomes(whole)['clean orders']?.message).toContain('✗ orders (clean/orders.csv): row count at least 2')
  const about = (title: string) => named(title).map(({ subject, status }) => [subject.name, subject.source, status])
  expect(about('raw orders')).toEqual([['orders (raw/orders.csv)', 'raw/orders.csv', 'accepted']])
  expect(about('clean orders')).toEqual([['orders (clean/orders.csv)', 'clean/orders.csv', 'fail']])
  expect(document.datasets.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['tiny', 'orders (raw/orders.csv)', 'orders (clean/orders.csv)']),
  )
})

test('every output shows owner, reason and day of an accepted failure, and never calls it a pass', () => {
  const terminal = whole.output.slice(whole.output.indexOf(' ✗ Fail'))
  expect(terminal).toMatch(
    /⚑ Accepted tiny\.a .* accepted by dana until 2996-11-24: refunds \| <b> \(without a ceiling\)/,
  )
  expect(terminal).toMatch(/✗ Fail tiny .* the waiver of dana expired on 2996-11-23: refunds \| <b>/)
  expect(text['summary.md']).toMatch(
    /⚑ Accepted \| \*\*tiny\.a\*\* .*accepted by dana until 2996-11-24: refunds &#124; &lt;b&gt; \(without a ceiling\)/,
  )
  const page = (text['index.html'] as string).replaceAll(/<\/?b>/g, '')
  const sections = page.split('<section id=')
  const section = (name: string): string => sections.find((part) => part.startsWith(`"${name}"`)) ?? ''
  for (const name of ['attention', 'checks'])
    expect(section(name), name).toMatch(/accepted by dana until 2996-11-24: refunds \| &lt;b&gt; \(without a ceiling\)/)
  expect(section('checks')).toMatch(/the waiver of dana expired on 2996-11-23/)
  expect(section('attention')).toMatch(/The waiver of dana expired on 2996-11-23/)
})

test('the run tells of waivers that are over, end soon or match nothing, on the terminal too', () => {
  const notes = [
    expect.stringMatching(/^times were compared with 2996-11-24T10:00:00.000Z, which was given/),
    `waiver for ${ids[0]} of dana ends today, after 2996-11-24`,
    `waiver for ${ids[1]} of dana expired on 2996-11-23`,
    'waiver for gone.away~0123456789ab of dana matched no check of this run',
    expect.stringMatching(/^waiver for tiny.a.valuesBetween~\w+ of dana ends today/),
  ]
  expect(document.notes).toEqual(notes)
  for (const note of notes) if (typeof note === 'string') expect(whole.output).toContain(` note ${note}`)
})

test('a run of some tests does not call the waivers of the others unknown', () => {
  expect(filtered.output).toContain('ends today')
  expect(filtered.output).not.toContain('matched no check')
})

test('a wrong file of waivers, or one that is named and not there, stops the run before its first test', async () => {
  const run = async (options: string, waivers: unknown): Promise<{ code: number; output: string; ran: boolean }> => {
    const one = await project({ 'tiny.test.ts': suite, 'assay.waivers.json': JSON.stringify(waivers) }, options)
    try {
      return { ...(await one.run()), ran: true }
    } catch (error) {
      return { code: Number(/exit (\d+)/.exec(String(error))?.[1]), output: String(error), ran: false }
    } finally {
      await one.remove()
    }
  }
  const wrong = await run('{}', { waivers: [{ check: 'a~0123456789ab', reason: 'r', until: '2027-01-31' }] })
  expect(wrong).toMatchObject({ code: 1, ran: false })
  expect(wrong.output).toMatch(
    /AssayError: the waivers in .*assay\.waivers\.json are wrong:\n {2}waiver 1 \(a~0123456789ab\): "owner" is missing/,
  )
  expect(wrong.output).not.toMatch(/\n\s+at /)
  const missing = await run(`{ waivers: 'ci/waivers.json' }`, { waivers: [] })
  expect(missing).toMatchObject({ code: 1, ran: false })
  expect(missing.output).toMatch(/there is no file of waivers ".*ci\/waivers\.json": its folder .* does not exist/)
})

test('in watch mode a file of waivers that changes, is wrong or goes is read again, and everything runs again', async () => {
  const reading = `import { dataset } from 'assay'
import { expect, test } from 'vitest'
test('reads', async () => { await expect(dataset('tiny.csv')).toHaveRowCount(1) })`
  const one = await project({
    'tiny.test.ts': suite,
    'reading.test.ts': reading,
    'gone.test.ts': reading,
    'tiny.csv': 'a\n1\n',
    'assay.waivers.json': '{ "waivers": [] }',
  })
  const cli = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|ASSAY|CI$)/.test(name)))
  const watch = spawn(process.execPath, [cli, 'watch', '--root', one.folder], {
    env: { ...env, NO_COLOR: '1' },
    cwd: one.folder,
  })
  onTestFinished(async () => {
    watch.kill('SIGKILL')
    await one.remove()
  })
  let output = ''
  for (const stream of [watch.stdout, watch.stderr]) stream.on('data', (text) => (output += String(text)))
  /** What vitest says until it waits again, after a change. */
  const after = async (change: () => unknown): Promise<string> => {
    output = ''
    await change()
    while (!/Wa(it|tch)ing for file changes/.test(output) && watch.exitCode === null) await wait(20)
    return output
  }
  const waivers = path.join(one.folder, 'assay.waivers.json')
  const waiver = { check: ids[0], owner: 'dana', reason: 'known', until: '2999-01-01' }
  expect(await after(() => {})).toMatch(/10 failed \| 2 passed/)

  const waived = await after(() => writeFile(waivers, JSON.stringify({ waivers: [waiver] })))
  expect(waived).toContain('accepted by dana until 2999-01-01: known')
  expect(waived).toMatch(/8 failed \| 4 passed/)

  const wrong = await after(() => writeFile(waivers, '{ "waivers": ['))
  expect(wrong).toMatch(/the waivers in assay\.waivers\.json are wrong: it is not JSON/)
  expect(wrong).toMatch(/10 failed \| 2 passed/)

  expect(await after(() => writeFile(waivers, JSON.stringify({ waivers: [waiver] })))).toMatch(/8 failed \| 4 passed/)
  const without = await after(() => rm(waivers))
  expect(without).toMatch(/10 failed \| 2 passed/)
  expect(without).not.toContain('are wrong')

  // A test file that is gone does not run when what it read changes.
  await rm(path.join(one.folder, 'gone.test.ts'))
  await wait(500)
  const changed = await after(() => writeFile(path.join(one.folder, 'tiny.csv'), 'a\n1\n2\n'))
  expect(changed).toContain('reading.test.ts')
  expect(changed).not.toContain('gone.test.ts')
}, 600_000)
