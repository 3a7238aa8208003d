import { expect, test } from 'vitest'
import { driftMethods } from '../src/drift/index.ts'
import { docsPage } from './helpers/docsPage.ts'

const page = docsPage('drift.md')

test('the tests on the page pass and fail as told', () => {
  expect(page.statuses()).toEqual({
    'nothing moved': 'passed',
    'amounts and channels moved': 'failed',
    'a few amounts are in cents': 'failed',
    'nothing moved from a frozen reference': 'passed',
    'a limit of its own': 'passed',
    'the correlation turned round': 'failed',
    'features are computed otherwise': 'failed',
    'reviews say something new': 'failed',
    'embeddings moved': 'failed',
    'amounts moved in the third week': 'failed',
    'photos got darker': 'failed',
    'amounts are normal, and channels have their shares': 'passed',
    'the app has a third of the rows': 'failed',
  })
})

test('the table of effects is the list of methods, with their units and limits', () => {
  const rows = [...page.text.matchAll(/^\| `(\w+)` +\|[^|]*\| ([^|]+?) +\| ([\d.]+) +\|/gm)].map(([, ...cells]) =>
    cells.join(' '),
  )
  const limit = (value: number) => String(Number(value.toFixed(2)) || value)
  const methods = driftMethods.map((method) => [method.name, method.unit, limit(method.limit)].join(' '))
  expect(new Set(rows)).toEqual(new Set(methods))
})
