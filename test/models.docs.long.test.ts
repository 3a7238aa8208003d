import { expect, test } from 'vitest'
import { comparators } from '../src/behavior/comparators/index.ts'
import { docsPage } from './helpers/docsPage.ts'

const page = docsPage('models.md')

test('each test on the page fails as told', () => {
  expect(Object.values(page.statuses())).toEqual(['failed', 'failed', 'failed'])
})

test('the table of comparisons has those there are', () => {
  const names = [...page.text.matchAll(/^\| `(\w+)` +\| [^|]*[^|`]/gm)].map(([, name]) => name)
  for (const name of Object.keys(comparators)) expect(names).toContain(name)
})
