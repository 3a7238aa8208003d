import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { failureMessages, messagesPage } from '../helpers/failureMessages.ts'

test('CI reads the same text, colors or not', async () => {
  const messages = await failureMessages(['--color'], { CI: 'true', NO_COLOR: '', FORCE_COLOR: '1' })
  expect(messagesPage(messages)).toBe(readFileSync(new URL('messages.md', import.meta.url), 'utf8'))
})
