import { expect, test } from 'vitest'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { compareRuns } from '../../src/results/compareRuns.ts'
import type { RunDocument } from '../../src/results/runDocument.ts'
import { generate } from '../helpers/runDocument.ts'

const base = generate(1)
const result = base.results[0] as CheckResult
const check = (id: string, more: Partial<CheckResult> = {}): CheckResult => ({
  ...result,
  id,
  status: 'pass',
  blocking: false,
  expected: 'at most 1',
  measured: '0',
  lineage: { datasets: [] },
  ...more,
})
const fails = { status: 'fail', blocking: true, measured: '2' } as const
const run = (...results: CheckResult[]): RunDocument => ({ ...base, results, datasets: [], models: [] })
const ids = (changes: readonly { readonly id: string }[]): string[] => changes.map(({ id }) => id)

test('each check is in the one list that says what became of it', () => {
  const before = run(
    check('same'),
    check('breaks'),
    check('stays', fails),
    check('mended', fails),
    check('gone'),
    check('moved'),
  )
  const after = run(
    check('same'),
    check('breaks', fails),
    check('stays', fails),
    check('mended'),
    check('new'),
    check('new and broken', fails),
    check('moved', { measured: '1' }),
  )
  const found = compareRuns(before, after)
  expect(ids(found.newlyFailing)).toEqual(['breaks', 'new and broken'])
  expect(ids(found.stillFailing)).toEqual(['stays'])
  expect(ids(found.fixed)).toEqual(['mended'])
  expect(ids(found.added)).toEqual(['new'])
  expect(ids(found.gone)).toEqual(['gone'])
  expect(ids(found.changed)).toEqual(['moved'])
})

test('a failure that is only accepted or a warning is no failure, and becomes one when it blocks', () => {
  const accepted = check('a', { status: 'accepted', measured: '2' })
  expect(ids(compareRuns(run(accepted), run(check('a', fails))).newlyFailing)).toEqual(['a'])
  expect(ids(compareRuns(run(check('a', fails)), run(accepted)).fixed)).toEqual(['a'])
  expect(compareRuns(run(accepted), run(accepted))).toEqual(compareRuns(run(), run()))
})

test('a limit that changed is marked, since the two were judged differently', () => {
  const { changed } = compareRuns(run(check('a')), run(check('a', { expected: 'at most 2' })))
  expect(changed).toMatchObject([{ id: 'a', limitChanged: true }])
})

test('data and models with other fingerprints are named; without a fingerprint nothing is claimed', () => {
  const on = (name: string, fingerprint?: string, model?: string): CheckResult =>
    check(name, {
      lineage: {
        datasets: [{ name, source: 's', ...(fingerprint ? { fingerprint } : {}) }],
        ...(model ? { model: { name: 'm', fingerprint: model } } : {}),
      },
    })
  const { sources } = compareRuns(
    run(on('a', '1', 'x'), on('b', '1'), on('c')),
    run(on('a', '2', 'y'), on('b', '1'), on('c', '9')),
  )
  expect(sources).toEqual([
    { type: 'dataset', name: 'a', before: ['1'], after: ['2'] },
    { type: 'model', name: 'm', before: ['x'], after: ['y'] },
  ])
})
