import { expect, test } from 'vitest'
import { docsPage } from './helpers/docsPage.ts'

const page = docsPage('datasets.md')

test('slices of the page are what it says', () => {
  expect(page.statuses()).toEqual({
    'rows are chosen by values, or by a condition': 'passed',
    'every channel by itself': 'failed',
    'an operator is no value': 'failed',
    'a column that is not there': 'failed',
  })
})
