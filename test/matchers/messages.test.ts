import { beforeAll, expect, test } from 'vitest'
import { matchers } from '../../matchers/index.ts'
import { catalogue } from '../../src/checks/catalogue.ts'
import { failureMessages, messagesPage, messageSuite } from '../helpers/failureMessages.ts'

let messages: Awaited<ReturnType<typeof failureMessages>>
beforeAll(async () => {
  messages = await failureMessages()
}, 120_000)

test('every matcher says what was asked, what is there and which rows, as messages.md has it', async () => {
  await expect(messagesPage(messages)).toMatchFileSnapshot('./messages.md')
  const all = Object.values(messageSuite).join('\n')
  // What a kind of check says is held to its case file (test/conformance/checks.test.ts).
  const kinds = catalogue().map(({ matcher }) => matcher)
  expect(Object.keys(matchers).filter((name) => !kinds.includes(name) && !all.includes(`.${name}(`))).toEqual([])
})

test('a message has no control characters, no personal value and no line longer than 200 characters', () => {
  const texts = messages.map(([, text]) => text)
  expect(texts.filter((text) => /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(text))).toEqual([])
  expect(texts.join('\n')).not.toContain('grace')
  const lines = texts.flatMap((text) => text.split('\n'))
  expect(lines.filter((line) => line.length > 200 && !line.includes('hint:'))).toEqual([])
})
