import { expect, test } from 'vitest'
import { docsPage } from '../helpers/docsPage.ts'

const page = docsPage('own-checks.md')

test("the page's own checks have the outcomes it tells of", () => {
  expect(page.statuses()).toEqual({
    'a check of your own': 'failed',
    'several at once': 'failed',
    'a condition': 'failed',
    'a rule over rows': 'failed',
    'from a contract': 'passed',
  })
})
