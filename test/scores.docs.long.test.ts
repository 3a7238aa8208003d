import { expect, test } from 'vitest'
import { fairness } from '../src/scores/fairness/index.ts'
import { scores } from '../src/scores/index.ts'
import { docsPage } from './helpers/docsPage.ts'

const page = docsPage('scores.md')

test('each test on the page fails as told', () => {
  expect(new Set(Object.values(page.statuses()))).toEqual(new Set(['failed']))
})

test('the tables of scores and measures are those there are', () => {
  const rows = [...page.text.matchAll(/^\| (`\w[^|]*) +\|/gm)].map(([, names = '']) => names)
  const named = rows.flatMap((names) => [...names.matchAll(/`(\w+)/g)].map(([, name]) => name))
  expect(new Set(named)).toEqual(new Set([...Object.keys(scores), ...Object.keys(fairness), 'fourFifths']))
})
