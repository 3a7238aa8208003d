import { expect, test } from 'vitest'
import { driftMethods } from '../src/drift/index.ts'
import { docsPage } from './helpers/docsPage.ts'

const page = docsPage('drift.md')

test('the tests on the page pass and fail as told', () => {
  expect(page.statuses()).toEqual({
    'nothing moved': 'passed',
    'amounts and channels moved': 'failed',
    'a few amounts are in cents': 'failed',
    'a limit of its own': 'passed',
  })
})

test('the table of effects is the list of methods', () => {
  const names = [...page.text.matchAll(/^\| `(\w+)` +\| [^|]*\| (?:D|L∞|V|W1\/σ|PSI|JS|H|TV|KL) +\|/gm)].map(
    ([, name]) => name,
  )
  expect(new Set(names)).toEqual(new Set(driftMethods.map(({ name }) => name)))
})
