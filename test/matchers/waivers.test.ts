import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { rowCount, valuesBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { CheckResult, RunDocument } from '../../src/results/index.ts'
import { outcomes, project, type Run } from '../helpers/project.ts'

const suite = `
import { expect, test } from 'vitest'
import { dataset, integer, table } from 'assay'
const tiny = dataset([{ a: -1, b: 'x' }, { a: 5, b: 'x' }], { name: 'tiny' })
const a = tiny.column('a')

test('accepted', async () => { await expect(a).toHaveValuesBetween({ min: 0 }) })
test('accepted, asked again', async () => { await expect(a).toHaveValuesBetween({ min: 3 }) })
test('over', async () => { await expect(tiny).toHaveRowCount({ min: 3 }) })
test('accepted under not', async () => { await expect(tiny.where({ b: 'x' })).not.toHaveRowCount({ min: 1 }) })
test('one accepted, one not', async () => {
  await expect(tiny).toMatchSchema(table({ a: integer().between({ min: 0 }), b: integer() }))
})
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
  made = await project({ 'tiny.test.ts': suite }, `{ title: 'tiny' }`)
  const env = { ASSAY_NOW: '2026-11-24T10:00:00.000Z' }
  const first = await made.run([], env)
  expect(outcomes(first).accepted?.status).toBe('failed')
  const before = JSON.parse(await readFile(path.join(made.folder, 'report/report.json'), 'utf8')) as RunDocument
  const checks = [valuesBetween(tiny.column('a'), { min: 9 }), rowCount(tiny, 9), rowCount(tiny.where({ b: 'x' }), 9)]
  ids = (await evaluate(checks)).map(({ id }) => id)
  const error = before.results.find(({ status }) => status === 'error')
  const entry = (check: string | undefined, until: string) => ({ check, owner: 'dana', reason: 'refunds | <b>', until })
  await writeFile(
    path.join(made.folder, 'assay.waivers.json'),
    JSON.stringify({
      waivers: [
        entry(ids[0], '2026-11-24'),
        entry(ids[1], '2026-11-23'),
        entry(ids[2], '2027-11-23'),
        entry(error?.id, '2027-11-23'),
        entry('gone.away~01234567', '2027-11-23'),
      ],
    }),
  )
  whole = await made.run([], env)
  for (const file of ['report.json', 'summary.md', 'index.html'])
    text[file] = await readFile(path.join(made.folder, 'report', file), 'utf8')
  document = JSON.parse(text['report.json'] as string) as RunDocument
  filtered = await made.run(['-t', 'accepted'], env)
}, 120_000)
afterAll(() => made?.remove())

test('a waived failure does not fail its test; one whose waiver is over, and an error, do', () => {
  const status = Object.fromEntries(Object.entries(outcomes(whole)).map(([title, one]) => [title, one.status]))
  expect(status).toEqual({
    accepted: 'passed',
    'accepted, asked again': 'passed',
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
    waiver: { owner: 'dana', reason: 'refunds | <b>', until: '2026-11-24' },
  })
  expect(named('accepted under not')[0]).toMatchObject({ status: 'accepted', negated: true })
  expect(named('over')[0]).toMatchObject({ status: 'fail', blocking: true, waiver: { until: '2026-11-23' } })
})

test('a failure message names the waiver that is over, the accepted rest, and the error that no waiver covers', () => {
  const message = (title: string): string => outcomes(whole)[title]?.message.replace(/\n\s+at [\s\S]*/, '') ?? ''
  expect(message('over')).toContain('\n  the waiver of dana expired on 2026-11-23: refunds | <b>')
  expect(message('one accepted, one not')).toContain(
    '⚑ tiny.a: values at least 0 (accepted)\n  accepted by dana until 2026-11-24: refunds | <b>\n\n3 other checks of this assertion hold',
  )
  expect(message('in error')).toContain('the waiver of dana does not cover this')
})

test('every output shows owner, reason and day of an accepted failure, and never calls it a pass', () => {
  const terminal = whole.output.slice(whole.output.indexOf(' ✗ Fail'))
  expect(terminal).toMatch(/⚑ Accepted tiny\.a .* accepted by dana until 2026-11-24: refunds \| <b>/)
  expect(terminal).toMatch(/✗ Fail tiny .* the waiver of dana expired on 2026-11-23: refunds \| <b>/)
  expect(text['summary.md']).toMatch(
    /⚑ Accepted \| \*\*tiny\.a\*\* .*accepted by dana until 2026-11-24: refunds &#124; &lt;b&gt;/,
  )
  const page = (text['index.html'] as string).replaceAll(/<\/?b>/g, '')
  const sections = page.split('<section id=')
  const section = (name: string): string => sections.find((part) => part.startsWith(`"${name}"`)) ?? ''
  for (const name of ['attention', 'checks'])
    expect(section(name), name).toMatch(/accepted by dana until 2026-11-24: refunds \| &lt;b&gt;/)
  expect(section('checks')).toMatch(/the waiver of dana expired on 2026-11-23/)
  expect(section('attention')).toMatch(/The waiver of dana expired on 2026-11-23/)
})

test('the run tells of waivers that are over, end soon or match nothing, on the terminal too', () => {
  const notes = [
    `waiver for ${ids[0]} of dana ends today, after 2026-11-24`,
    `waiver for ${ids[1]} of dana expired on 2026-11-23`,
    'waiver for gone.away~01234567 of dana matched no check of this run',
  ]
  expect(document.notes).toEqual(notes)
  for (const note of notes) expect(whole.output).toContain(` note ${note}`)
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
  const wrong = await run('{}', { waivers: [{ check: 'a~01234567', reason: 'r', until: '2027-01-31' }] })
  expect(wrong).toMatchObject({ code: 1, ran: false })
  expect(wrong.output).toMatch(
    /AssayError: the waivers in .*assay\.waivers\.json are wrong:\n {2}waiver 1 \(a~01234567\): "owner" is missing/,
  )
  expect(wrong.output).not.toMatch(/\n\s+at /)
  const missing = await run(`{ waivers: 'ci/waivers.json' }`, { waivers: [] })
  expect(missing).toMatchObject({ code: 1, ran: false })
  expect(missing.output).toMatch(/the waivers cannot be read: ENOENT.*ci\/waivers\.json/)
})

test('in watch mode a changed file of waivers is read again and everything runs again', async () => {
  const one = await project({ 'tiny.test.ts': suite, 'assay.waivers.json': '{ "waivers": [] }' })
  const cli = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|ASSAY|CI$)/.test(name)))
  const watch = spawn(process.execPath, [cli, 'watch', '--root', one.folder], { env: { ...env, NO_COLOR: '1' } })
  onTestFinished(async () => {
    watch.kill('SIGKILL')
    await one.remove()
  })
  let output = ''
  const said = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (pattern.test(output)) resolve()
      }
      watch.stdout.on('data', look)
      watch.stderr.on('data', look)
      watch.once('exit', () => resolve())
      look()
    })
  for (const stream of [watch.stdout, watch.stderr]) stream.on('data', (text) => (output += String(text)))
  await said(/Wa(it|tch)ing for file changes/)
  expect(output).toMatch(/6 failed/)
  const waiver = { check: ids[0], owner: 'dana', reason: 'known', until: '2999-01-01' }
  await writeFile(path.join(one.folder, 'assay.waivers.json'), JSON.stringify({ waivers: [waiver] }))
  output = ''
  await said(/Wa(it|tch)ing for file changes/)
  expect(output).toContain('accepted by dana until 2999-01-01: known')
  expect(output).toMatch(/4 failed \| 2 passed/)
}, 120_000)
