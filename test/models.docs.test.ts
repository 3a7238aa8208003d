import { afterAll, beforeAll, expect, test } from 'vitest'
import { comparators } from '../src/behavior/comparators/index.ts'
import { docsPage } from './helpers/docsPage.ts'
import { outcomes } from './helpers/project.ts'

const page = docsPage('models.md')
let made: Awaited<ReturnType<typeof page.run>>
beforeAll(async () => {
  made = await page.run()
})
afterAll(() => made?.remove())

test.each(page.shown)('docs/models.md shows what "$name" prints', ({ name, text }) => {
  const now = page.printed(made.run, name)
  if (process.env.ASSAY_DOCS !== 'write') expect(text).toBe(now)
})

test('each test on the page fails as told', () => {
  expect(Object.values(outcomes(made.run)).map(({ status }) => status)).toEqual(['failed', 'failed', 'failed'])
})

test('the table of comparisons is the list of comparators', () => {
  const names = [...page.text.matchAll(/^\| `(\w+)` +\| [^|]*[^|`]/gm)].map(([, name]) => name)
  for (const name of Object.keys(comparators)) expect(names).toContain(name)
})
