import { expect, test } from 'vitest'
import { matchers } from '../matchers/index.ts'
import { docsPage } from './helpers/docsPage.ts'

const page = docsPage('great-expectations.md', { ASSAY_NOW: '2026-11-04T06:00:00Z' })

test('the examples of the page are what it says', () => {
  expect(page.statuses()).toEqual({
    'a condition over several columns': 'failed',
    'a column that is computed': 'failed',
    'pairs that may stand together': 'failed',
    fresh: 'failed',
  })
})

test('every matcher of the page exists', () => {
  expect(page.matchers.length).toBeGreaterThan(40)
  expect(page.matchers.filter((name) => !(name in matchers))).toEqual([])
})
