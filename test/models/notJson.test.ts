import { expect, test } from 'vitest'
import { notJson } from '../../src/models/notJson.ts'

test.each([
  ['{"label": "a", "scores": {"a": NaN}}', 'answered no JSON, since it writes NaN: …'],
  ['[1, -Infinity]', 'answered no JSON, since it writes -Infinity: …'],
  ['{"text": "no \\" NaN", loading', 'answered no JSON: …'],
  ['NaNcy', 'answered no JSON, since a text stands there without double quotes: …'],
  ['very positive', 'answered no JSON, since a text stands there without double quotes: …'],
  ["{'label': 'pos', 'known': True}", 'answered no JSON, since it writes texts in single quotes: …'],
  ['[0.5, None]', 'answered no JSON, since it writes None: …'],
  ['None', 'answered no JSON, since it writes None: …'],
  ['{"label": "None", "scores": ', 'answered no JSON: …'],
  ['<html>None of these</html>', 'answered no JSON: …'],
  ['Loading model v2 …', 'answered no JSON: …'],
])('what makes %s no JSON is told before its beginning', (text, words) => {
  expect(notJson(text, '…')).toBe(words)
})
