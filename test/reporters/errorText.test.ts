import { expect, test } from 'vitest'
import { errorText } from '../../reporters/run/errorText.ts'

test('of what an error says a report keeps a line of 2,000 characters, and says how long it was', () => {
  const text = errorText({ name: 'TypeError', message: `${'x'.repeat(200_000)}\nsecond line` }, '/root')
  expect(text).toMatch(/^TypeError: x{1989}… \(cut: 2,000 of 200,011 characters\)$/)
  expect(errorText('thrown text', '/root')).toBe('thrown text')
})
