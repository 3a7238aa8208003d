import { expect, test } from 'vitest'
import { comparators } from '../src/behavior/comparators/index.ts'
import { scores } from '../src/scores/index.ts'
import { docsPage } from './helpers/docsPage.ts'

const page = docsPage('models.md')

test('each test on the page fails as told', () => {
  expect(Object.values(page.statuses())).toEqual(['failed', 'failed', 'failed'])
})

test('the tables of comparisons and scores are those there are', () => {
  const names = [...page.text.matchAll(/^\| `(\w+)` +\| [^|]*[^|`]/gm)].map(([, name]) => name)
  for (const name of [...Object.keys(comparators), ...Object.keys(scores)]) expect(names).toContain(name)
})
