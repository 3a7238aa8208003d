import { expect, test } from 'vitest'
import { notJson } from '../../src/models/notJson.ts'

test.each([
  ['{"label": "a", "scores": {"a": NaN}}', 'answered no JSON, since it writes NaN: …'],
  ['[1, -Infinity]', 'answered no JSON, since it writes -Infinity: …'],
  ['{"text": "no \\" NaN", loading', 'answered no JSON: …'],
  ['NaNcy', 'answered no JSON: …'],
])('what makes %s no JSON is told before its beginning', (text, words) => {
  expect(notJson(text, '…')).toBe(words)
})
