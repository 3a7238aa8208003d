import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcomes, project } from '../helpers/project.ts'

let made: Awaited<ReturnType<typeof project>>
const file = (name = 'baselines/desk.jsonl') => path.join(made.folder, name)
const text = () => readFileSync(file(), 'utf8')
const source = (answer: string, name = 'desk@1', more = '') => `
import { expect, test } from 'vitest'
import { mft, model } from 'assay'
const desk = model('${name}', (text) => ${answer})
const on = (...inputs) => mft(inputs.map((input) => ({ input, expected: 'support' })))
test('one table', async () => { await expect(desk).toBeNoWorseThan('baselines/desk.jsonl', { on: on('refund', 'broken', 'lost'), onInconclusive: 'fail' }) })
test('another table', async () => { await expect(desk).toBeNoWorseThan('baselines/desk.jsonl', { on: on('late', 'lost') }) })
${more}`
const write = (code: string) => writeFileSync(file('desk.test.ts'), code)

beforeAll(async () => {
  made = await project({ 'desk.test.ts': source("'support'") })
})
afterAll(() => made.remove())

test('a baseline is written by the first run, held to by the next, and by -u written anew where answers differ', async () => {
  const inCi = await made.run([], { CI: 'true' })
  expect(outcomes(inCi)['one table']).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('this run writes none'),
  })

  const first = await made.run([], { CI: '' })
  expect(first.code, first.output).toBe(0)
  expect(first.json.snapshot).toMatchObject({ added: 1, updated: 1 })
  expect(
    text()
      .split('\n')
      .slice(1, -1)
      .map((line) => (JSON.parse(line) as { input: string }).input),
  ).toEqual(['broken', 'late', 'lost', 'refund'])
  const kept = text()

  // A case that is new: its answer is added, the others are held to.
  write(source("'support'").replace("'broken', 'lost'", "'broken', 'lost', 'new'"))
  const grown = await made.run([], { CI: '' })
  expect(grown.code, grown.output).toBe(0)
  expect(text()).toContain('{"input":"new","prediction":"support"}')
  write(source("'support'"))
  writeFileSync(file(), kept)

  const same = await made.run(['-u'], { CI: '' })
  expect(same.code).toBe(0)
  expect(text()).toBe(kept)

  write(source("text === 'refund' ? 'sales' : 'support'", 'desk@2'))
  const worse = await made.run([], { CI: '' })
  expect(outcomes(worse)['one table']).toMatchObject({
    status: 'failed',
    message: expect.stringMatching(
      /to accept what the model answers now: vitest desk\.test\.ts -u writes baselines\/desk\.jsonl anew[^]*1 broke, 0 fixed of 3 cases/,
    ),
  })
  expect(text()).toBe(kept)

  const accepted = await made.run(['-u'], { CI: '' })
  expect(accepted.code, accepted.output).toBe(0)
  expect(accepted.json.snapshot.updated).toBeGreaterThan(0)
  expect(text()).toContain('"model":"desk@2"')
  expect(text()).toContain('{"input":"refund","prediction":"sales"}')
  expect(text()).toContain('{"input":"late","prediction":"support"}')

  // Of one test alone: what the other compares with stays what it was, and says who answered it.
  write(source("text === 'lost' ? 'support' : 'none'", 'desk@3'))
  const alone = await made.run(['-u', '-t', 'one table'], { CI: '' })
  expect(alone.code, alone.output).toBe(0)
  expect(text()).toContain('{"input":"late","prediction":"support","model":"desk@2"}')
  const taken = text()
  expect((await made.run([], { CI: '' })).code).toBe(0)
  expect(text()).toBe(taken)
  write(source("text === 'refund' ? 'sales' : 'support'", 'desk@2'))
  await made.run(['-u'], { CI: '' })
})

test('a changed file, one without a header, .not and a model without answers are errors that write nothing', async () => {
  const kept = text()
  write(source("text === 'refund' ? 'sales' : 'support'", 'desk@2'))
  writeFileSync(file(), kept.replace('sales', 'support'))
  const tampered = await made.run([], { CI: '' })
  expect(outcomes(tampered)['one table']?.message).toContain('was changed since it was made')
  const changed = readFileSync(file(), 'utf8')
  expect(outcomes(await made.run(['-u'], { CI: '' }))['one table']?.message).toContain('was changed since it was made')
  expect(text()).toBe(changed)
  writeFileSync(file(), kept.split('\n').slice(1).join('\n'))
  const headless = await made.run([], { CI: '' })
  expect(outcomes(headless)['one table']?.message).toContain('is no baseline')
  const renewed = await made.run(['-u'], { CI: '' })
  expect(renewed.code).toBe(0)
  expect(text()).toBe(kept)

  write(`
import { expect, test } from 'vitest'
import { dataset, mft, model } from 'assay'
const on = mft([{ input: 'a', expected: 'support' }])
const desk = model('desk@2', () => 'support')
test('not', async () => { await expect(desk).not.toBeNoWorseThan('baselines/none.jsonl', { on }) })
test('other things', async () => { await expect(desk).toBeNoWorseThan('package.jsonl', { on }) })
test('other ending', async () => { await expect(desk).toBeNoWorseThan('baselines/none.json', { on }) })
test('silent', async () => { await expect(model('silent@1', () => undefined)).toBeNoWorseThan('baselines/none.jsonl', { on }) })
test('no cases', async () => { await expect(desk).toBeNoWorseThan('baselines/none.jsonl', {}) })
test('personal', async () => {
  const people = dataset([{ input: 'Ann', expected: 'support' }], { name: 'people', pii: ['input'] })
  await expect(desk).toBeNoWorseThan('baselines/none.jsonl', { on: mft(await people.rows()) })
})
`)
  writeFileSync(file('package.jsonl'), '{"name":"mine"}\n')
  const wrong = outcomes(await made.run(['-u'], { CI: '' }))
  expect(wrong.not?.message).toContain('with a file is refused')
  expect(wrong['other things']?.message).toContain('is there already and holds other things than predictions')
  expect(readFileSync(file('package.jsonl'), 'utf8')).toBe('{"name":"mine"}\n')
  expect(wrong['other ending']?.message).toContain('is none by its ending')
  expect(wrong.silent?.message).toContain('silent@1 has no answer to 1 case of 1')
  expect(wrong['no cases']?.message).toContain('needs cases with right answers')
  expect(wrong.personal?.message).toContain('would be personal values')
  expect(() => readFileSync(file('baselines/none.jsonl'))).toThrow('ENOENT')
})

test('what a failed attempt of a retried test wrote is written anew by the next, and what others wrote stays', async () => {
  const own = await project({
    'again.test.ts': `
import { expect, test } from 'vitest'
import { mft, model } from 'assay'
const on = (...inputs) => mft(inputs.map((input) => ({ input, expected: input })))
let attempts = 0
test('before', async () => { await expect(model('m@1', (text) => text)).toBeNoWorseThan('b.jsonl', { on: on('a') }) })
test('tried again', { retry: 2 }, async () => {
  const attempt = ++attempts
  await expect(model('m@1', (text) => (attempt < 3 ? 'wrong' + attempt : text))).toBeNoWorseThan('b.jsonl', { on: on('a', 'b', 'c') })
  if (attempt < 3) throw new Error('this attempt fails later on')
})
`,
  })
  try {
    const run = await own.run([], { CI: '' })
    expect(run.code, run.output).toBe(0)
    expect(readFileSync(path.join(own.folder, 'b.jsonl'), 'utf8').split('\n').slice(1, -1)).toEqual(
      ['a', 'b', 'c'].map((input) => `{"input":"${input}","prediction":"${input}"}`),
    )
  } finally {
    await own.remove()
  }
})

test('a test that timed out while its model answers writes nothing later, and holds up no other', async () => {
  const own = await project({
    'late.test.ts': `
import { expect, test } from 'vitest'
import { mft, model } from 'assay'
const on = (...inputs) => mft(inputs.map((input) => ({ input, expected: input })))
let answer
const late = model('m@1', (text) => text === 'a' ? new Promise((resolve) => { answer = () => resolve('late') }) : text)
test('stopped', { timeout: 3000 }, async () => { await expect(late).toBeNoWorseThan('b.jsonl', { on: on('a') }) })
test('next', async () => {
  await expect(model('m@1', (text) => text)).toBeNoWorseThan('b.jsonl', { on: on('b') })
  answer()
  await new Promise((resolve) => setTimeout(resolve, 300))
})
`,
  })
  try {
    const tests = outcomes(await own.run([], { CI: '' }))
    expect([tests.stopped?.status, tests.next?.status], tests.next?.message).toEqual(['failed', 'passed'])
    expect(readFileSync(path.join(own.folder, 'b.jsonl'), 'utf8')).not.toContain('"a"')
  } finally {
    await own.remove()
  }
})
