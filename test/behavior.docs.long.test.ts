import { expect, test } from 'vitest'
import { perturb } from '../src/perturbations/index.ts'
import { docsPage } from './helpers/docsPage.ts'

const page = docsPage('behavior.md')

test('each test on the page fails as told', () => {
  expect(new Set(Object.values(page.statuses()))).toEqual(new Set(['failed']))
})

test('the tables of perturbations are those there are', () => {
  const named = [...page.text.matchAll(/^\| `perturb\.(\w+)\(/gm)].map(([, name]) => name)
  expect(new Set(named)).toEqual(new Set(Object.keys(perturb)))
})
