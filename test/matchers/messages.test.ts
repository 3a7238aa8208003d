import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcomes, project, type Run } from '../helpers/project.ts'
import { matchers } from '../../matchers/index.ts'
import { catalogue } from '../../src/checks/catalogue.ts'

// Matchers, one test for each way to fail; its name is the heading of its message in messages.md.
const folder = new URL('../fixtures/messages/', import.meta.url)
const suite = Object.fromEntries(
  readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
)

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
  const made = await project({ ...suite, 'orders.csv': orders }, '{ report: false }')
  remove = made.remove
  run = await made.run(['--no-isolate'])
}, 120_000)
afterAll(() => remove())

/** The message without the stack, and without the folder of this run. */
const text = (message: string): string =>
  message
    .replace(/\n\s+at .*/g, '')
    .replaceAll(run.folder, '<root>')
    .trim()

const inOrder = <T>(record: Record<string, T>) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))

test('every matcher says what was asked, what is there and which rows, as messages.md has it', async () => {
  const found = inOrder(outcomes(run)).map(
    ([title, { message }]) => `## ${title}\n\n\`\`\`text\n${text(message)}\n\`\`\``,
  )
  await expect(`# Failure messages\n\n${found.join('\n\n')}\n`).toMatchFileSnapshot('./messages.md')
  const all = Object.values(suite).join('\n')
  // What a kind of check says is held to its case file (test/conformance/checks.test.ts).
  const kinds = catalogue().map(({ matcher }) => matcher)
  expect(Object.keys(matchers).filter((name) => !kinds.includes(name) && !all.includes(`.${name}(`))).toEqual([])
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
  const made = await project({ ...suite, 'orders.csv': orders }, '{ report: false }')
  const ci = await made.run(['--color', '--no-isolate'], { CI: 'true', NO_COLOR: '', FORCE_COLOR: '1' })
  await made.remove()
  const messages = (of: Run) =>
    inOrder(outcomes(of)).map(([, { message }]) => message.replaceAll(of.folder, '').replace(/\n\s+at .*/g, ''))
  expect(messages(ci)).toEqual(messages(run))
})
