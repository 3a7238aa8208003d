import { expect, test } from 'vitest'
import { labelled } from '../../src/behavior/labelled.ts'
import { scored } from '../../src/behavior/kinds/scored.ts'
import type { ScoreLimits, ScoreOptions } from '../../src/behavior/scoreOptions.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { model } from '../../src/models/model.ts'

/** So many cases of a slice, of which so many are answered right, and so many are of the label that is looked for. */
const slice = (name: string, n: number, right: number, yes: number) =>
  Array.from({ length: n }, (_, i) => ({ name, i, kind: i < yes ? 'yes' : 'no', isRight: i < right }))
type Row = ReturnType<typeof slice>[number]
const answers = model('m@1', ({ isRight, i, name }: Omit<Row, 'kind'>) => {
  const yes = rows.find((row) => row.name === name && row.i === i)?.kind === 'yes' ? isRight : !isRight
  return { label: yes ? 'yes' : 'no', scores: yes ? { yes: 0.9, no: 0.1 } : { yes: 0.1, no: 0.9 } }
})
const rows = [...slice('large', 200, 190, 100), ...slice('middle', 40, 37, 20), ...slice('one label', 40, 40, 40)]
const ofSlices = async (of: readonly Row[], slices: ScoreLimits, options: ScoreOptions = {}) => {
  const cases = labelled(of, { expected: 'kind' })
  const [, result] = await evaluate(
    scored(answers, { accuracy: { min: 0.1 } }, cases, { sliceBy: 'name', slices, ...options }),
  )
  return result
}
const told = rows.filter(({ name }) => name !== 'one label')

test('limits of slices hold for their values, under confidence for their whole intervals', async () => {
  const limit = { accuracy: { min: 0.9 } }
  expect(await ofSlices(told, limit)).toMatchObject({
    status: 'pass',
    measured: expect.stringContaining('2 pass, 0 fail') as string,
  })
  expect(await ofSlices(told, limit, { confidence: 0.95 })).toMatchObject({
    status: 'inconclusive',
    expected: 'at least 0.9 in each slice of at least 20 cases, with 95 % confidence',
    measured: expect.stringContaining('1 pass, 0 fail, 1 undecided') as string,
    message: expect.stringContaining('inside the interval of 1 slice') as string,
  })
  const options = { confidence: 0.95, onInconclusive: 'fail' } as const
  expect(await ofSlices(told, limit, options)).toMatchObject({ status: 'inconclusive', blocking: true })
  expect(await ofSlices(told, { accuracy: { min: 0.999 } }, { confidence: 0.95 })).toMatchObject({ status: 'fail' })
})

test('a slice of enough cases for which a score is not defined is no pass', async () => {
  expect(await ofSlices(rows, { rocAuc: { min: 0.6 } }, { positive: 'yes' })).toMatchObject({
    status: 'inconclusive',
    measured: expect.stringContaining('2 pass, 0 fail, 1 without a score') as string,
    message: expect.stringContaining('rocAuc is not defined for 1 slice') as string,
  })
  const alone = rows.filter(({ name }) => name === 'one label')
  expect(await ofSlices(alone, { rocAuc: { min: 0.6 } }, { positive: 'yes' })).toMatchObject({
    status: 'vacuous',
    message: 'rocAuc is defined for none of 1 slice, so nothing was shown',
  })
})

test('a label that is right and never scored counts', async () => {
  const cases = labelled(
    ['a', 'b', 'c'].map((kind, i) => ({ i, kind })),
    { expected: 'kind' },
  )
  const two = model('two@1', () => ({ label: 'a', scores: { a: 0.5, b: 0.5 } }))
  const [brier] = await evaluate(scored(two, { brier: { max: 1 } }, cases))
  expect(brier?.value).toBeCloseTo((0.5 + 0.5 + 1.5) / 3, 12)
})

test('a weighted kappa takes labels in an order', async () => {
  const cases = (labels: readonly (string | number)[]) =>
    labelled(
      labels.map((kind, i) => ({ i, kind })),
      { expected: 'kind' },
    )
  const next = model('next@1', ({ i }: { i: number }) => [1, 2, 10, 10][i])
  const options = { kappaWeights: 'quadratic' } as const
  const kappa = async (of: ReturnType<typeof cases>, more: ScoreOptions = {}) =>
    (await evaluate(scored(next, { kappa: { min: -0.9 } }, of, { ...options, ...more })))[0]
  // 10 stands behind 2, in place and not in text: sklearn.metrics.cohen_kappa_score([0, 1, 2, 1], [0, 1, 2, 2], weights='quadratic')
  expect((await kappa(cases([1, 2, 10, 2])))?.value).toBeCloseTo(0.8, 12)
  expect(() => scored(next, { kappa: { min: 0 } }, cases(['low', 'high']), options)).toThrow('is no number')
  expect(await kappa(cases([1, 2, 10, 2]), { labels: ['1', '2'] })).toMatchObject({
    status: 'error',
    message: expect.stringContaining('a label nobody declared') as string,
  })
  for (const [wrong, message] of [
    [{ kappaWeights: 'cubic' }, 'kappaWeights: cubic'],
    [{ multiClass: 'all' }, 'multiClass: all'],
    [{ multiClass: 'ovo', average: 'micro' }, "multiClass: 'ovo' with average: 'micro'"],
  ] as const)
    expect(() => scored(next, { kappa: { min: 0 } }, cases([1, 2]), wrong as never)).toThrow(message)
})
