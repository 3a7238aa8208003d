import { expect, test } from 'vitest'
import { docsPage } from './helpers/docsPage.ts'

const page = docsPage('kinds.md')

test('each kind that the page names is a test on it, and all of them pass', () => {
  const [, ...kinds] = [...page.text.matchAll(/^\| ([a-z][\w ,-]*?) +\|/gim)].map(([, kind]) => kind)
  expect(kinds.length).toBeGreaterThan(35)
  const statuses = page.statuses()
  expect(new Set(Object.keys(statuses))).toEqual(new Set(kinds))
  expect(Object.entries(statuses).filter(([, status]) => status !== 'passed')).toEqual([])
})
