import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcomes, project, type Run } from '../helpers/project.ts'
import { matchers } from '../../matchers/index.ts'

// One test per way to fail; its name is the heading of its message in messages.md.
const suite = `
import { expect, test } from 'vitest'
import { dataset, integer, mft, model, perturb, string, table } from 'assay'

const orders = dataset('orders.csv', { key: 'id' })
const wide = dataset([{ id: 1, text: 'x'.repeat(300), b: 1, c: 2, d: 3, e: 4, f: 5, g: 6 }], { name: 'wide', key: 'id' })
const people = dataset([{ id: 1, mail: 'ada@example.com' }, { id: 2, mail: 'grace' }], { name: 'people', pii: 'mail' })
const hostile = dataset([{ 'a\\u001b[31m': '</script>\\u202e\\u0007' }], { name: 'h\\u001b[2J' })
const many = dataset(Array.from({ length: 2000 }, (_, i) => ({ x: i })), { name: 'many' })
const shifted = dataset(Array.from({ length: 2000 }, (_, i) => ({ x: i + 700, kind: i % 3 ? 'a' : 'b' })), { name: 'shifted' })
const before = dataset(Array.from({ length: 2000 }, (_, i) => ({ x: i, kind: i % 9 ? 'a' : 'b' })), { name: 'before' })
const route = model('router@2', (text) => { if (text.includes('!')) throw new Error('no such desk'); return /refund/.test(text) ? 'support' : 'sales' })

test('toHaveValuesBetween', () => expect(orders.column('amount')).toHaveValuesBetween({ min: 0, max: 100 }))
test('toHaveValuesBetween, mostly', () => expect(orders.column('amount')).toHaveValuesBetween({ min: 0 }, { mostly: 0.95 }))
test('toHaveValuesBetween, more rows than shown', () => expect(many.column('x')).toHaveValuesBetween({ lt: 10 }))
test('toHaveValuesBetween, of text', () => expect(orders.column('channel')).toHaveValuesBetween({ min: 0 }))
test('toHaveValuesBetween, no bound', () => expect(orders.column('amount')).toHaveValuesBetween({}))
test('toHaveValuesBetween, no such column', () => expect(orders.column('amuont')).toHaveValuesBetween({ min: 0 }))
test('toHaveValuesBetween, nothing to judge', () => expect(orders.where({ channel: 'fax' }).column('amount')).toHaveValuesBetween({ min: 0 }))
test('toHaveValuesBetween, of a dataset', () => expect(orders).toHaveValuesBetween({ min: 0 }))
test('toHaveValuesBetween, not', () => expect(orders.column('amount')).not.toHaveValuesBetween({ min: -10 }))
test('toHaveValuesIn', () => expect(orders.column('channel')).toHaveValuesIn(['web', 'shop']))
test('toHaveValuesMatching', () => expect(orders.column('channel')).toHaveValuesMatching(/^[a-z]+$/))
test('toHaveValuesMatching, only JavaScript can', () => expect(orders.column('channel')).toHaveValuesMatching(/^(?=w)/))
test('toHaveValueLengthBetween', () => expect(orders.column('channel')).toHaveValueLengthBetween({ max: 3 }))
test('toHaveValuesOfType', () => expect(orders.column('amount')).toHaveValuesOfType('integer'))
test('toHaveNoMissing', () => expect(orders.column('amount')).toHaveNoMissing())
test('toHaveRowCount', () => expect(orders).toHaveRowCount({ min: 10 }))
test('toHaveUniqueKey', () => expect(orders).toHaveUniqueKey())
test('toMatchSchema', () => expect(orders).toMatchSchema(table({ id: integer().unique(), channel: string().oneOf('web', 'shop', 'app'), note: string() })))
test('toMatchSchema, wrong schema', () => expect(orders).toMatchSchema({ type: 'objekt' }))
test('toHaveNoDriftFrom', () => expect(shifted).toHaveNoDriftFrom(before))
test('toHaveNoDriftFrom, too few rows', () => expect(orders.column('amount')).toHaveNoDriftFrom(orders.column('id'), { onInconclusive: 'fail' }))
test('toPassMFT', () => expect(route).toPassMFT(mft([
  { capability: 'words', input: 'I want a refund', expected: 'support' },
  { capability: 'negation', input: 'Nothing broke', expected: 'support' },
  { capability: 'errors', input: 'Help!', expected: 'support' },
]), { passRate: { min: 0.9 } }))
test('toBeInvariantTo', () => expect(model('parrot', (text) => text)).toBeInvariantTo(perturb.typos(), { over: ['good morning', 'hello world'] }))
test('wide cells and rows', () => expect(wide.column('text')).toHaveValueLengthBetween({ max: 5 }))
test('personal values', () => expect(people.column('mail')).toHaveValuesMatching(/@/))
test('hostile names and values', () => expect(hostile.column('a\\u001b[31m')).toHaveValuesIn(['fine']))
test('a missing file', () => expect(dataset('odrers.csv')).toHaveRowCount(1))
`

const orders = `id,channel,amount
1,web,19.90
2,web,250.00
2,shop,-3.50
3,WEB,41.00
4,shop,
5,app,12.25
`

let run: Run
let remove: () => Promise<void>
beforeAll(async () => {
  const made = await project({ 'orders.csv': orders, 'a.test.ts': suite }, '{ report: false }')
  remove = made.remove
  run = await made.run()
}, 120_000)
afterAll(() => remove())

/** The message without the stack, and without the folder of this run. */
const text = (message: string): string =>
  message
    .replace(/\n\s+at .*/g, '')
    .replaceAll(run.folder, '<root>')
    .trim()

test('every matcher says what was asked, what is there and which rows, as messages.md has it', async () => {
  const found = Object.entries(outcomes(run)).map(
    ([title, { message }]) => `## ${title}\n\n\`\`\`text\n${text(message)}\n\`\`\``,
  )
  await expect(`# Failure messages\n\n${found.join('\n\n')}\n`).toMatchFileSnapshot('./messages.md')
  const said = Object.keys(outcomes(run))
  expect(Object.keys(matchers).filter((name) => !said.includes(name))).toEqual([])
})

test('a message has no control characters, no personal value and no line longer than 200 characters', () => {
  const all = Object.values(outcomes(run)).map(({ message }) => text(message))
  expect(all.filter((one) => /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(one))).toEqual([])
  expect(all.join('\n')).not.toContain('grace')
  expect(all.flatMap((one) => one.split('\n')).filter((line) => line.length > 200 && !line.includes('hint:'))).toEqual(
    [],
  )
})

test('CI reads the same text', async () => {
  const made = await project({ 'orders.csv': orders, 'a.test.ts': suite }, '{ report: false }')
  const ci = await made.run(['--color'], { CI: 'true', NO_COLOR: '', FORCE_COLOR: '1' })
  await made.remove()
  const messages = (of: Run) =>
    Object.values(outcomes(of)).map(({ message }) => message.replaceAll(of.folder, '').replace(/\n\s+at .*/g, ''))
  expect(messages(ci)).toEqual(messages(run))
})
