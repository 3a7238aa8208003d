import { expect, test } from 'vitest'
import { driftMethods } from '../src/drift/methods/index.ts'
import { evidently } from '../src/drift/compat/evidently.ts'
import { scores } from '../src/scores/index.ts'
import { matchers } from '../matchers/index.ts'
import { docsPage } from './helpers/docsPage.ts'

const page = docsPage('evidently.md')

test('the examples of the page are what it says', () => {
  expect(page.statuses()).toEqual({
    'nothing drifts': 'failed',
    'nothing drifts, as Evidently judges': 'failed',
    'the mean is within a tenth of what it was': 'passed',
    'no two rows are all alike': 'passed',
    'answers are one sentence': 'failed',
  })
})

test('every matcher of the page exists', () => {
  expect(page.matchers.length).toBeGreaterThan(35)
  expect(page.matchers.filter((name) => !(name in matchers))).toEqual([])
})

test('every method of drift of Evidently stands beside one that exists here', () => {
  const rows = page.text
    .split('## A run')[0]
    ?.split('| what differs')[1]
    ?.split('\n')
    .slice(2)
    .flatMap((line) => (line.startsWith('|') ? [line.split('|').map((cell) => [...cell.matchAll(/`(\w+)`/g)])] : []))
  const names = (at: number) => (rows ?? []).flatMap((cells) => (cells[at] ?? []).map(([, name]) => name as string))
  expect(names(1).toSorted()).toEqual(evidently.methods.map(({ name }) => name).toSorted())
  expect(names(2).length).toBe(names(1).length)
  expect(names(2).filter((name) => !driftMethods.some((method) => method.name === name))).toEqual([])
})

test('every score of the page exists', () => {
  const named = ['accuracy', 'rocAuc', 'f1', 'recall', 'mae', 'rmse', 'r2', 'mape', 'bias', 'ndcg', 'mrr', 'hitRate']
  for (const name of [...named, 'recallAtK', 'precisionAtK', 'map']) {
    expect(page.text).toMatch(new RegExp(`\\b${name}\\b`))
    expect(scores).toHaveProperty(name)
  }
})
