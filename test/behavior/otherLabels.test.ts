import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { fair, labelled, model, mft, noWorseThan, scored } from '../../src/index.ts'
import { scores, type ScoreName } from '../../src/scores/index.ts'
import { readsProbabilities } from '../../src/scores/score.ts'

const rows = Array.from({ length: 400 }, (_, i) => ({
  i,
  sex: i % 2 ? 'f' : 'm',
  kind: i % 40 === 0 ? 'fraud' : 'fine',
}))
const cases = labelled(rows, { expected: 'kind', name: 'payments' })
/** It knows the classes by their places. */
const coded = (name: string, of = 0.02) => model(name, () => ({ label: 0, scores: { 0: 1 - of, 1: of } }))
const read = Object.values(scores).filter(({ reads }) => reads === 'shares' || readsProbabilities(reads))
const statusOf = async (check: Parameters<typeof evaluate>[0]) => {
  const [result] = await evaluate(check)
  return { status: result?.status, message: result?.message }
}

describe('a model that knows other labels than the cases', () => {
  test.for(read.map(({ name, better }) => [name as ScoreName, better] as const))(
    '%s is an error',
    async ([name, better]) => {
      const limits = { [name]: better === 'higher' ? { min: 0.01 } : { max: name === 'logLoss' ? 100 : 0.99 } }
      for (const options of [{}, { positive: 'fraud' }]) {
        const { status, message } = await statusOf(scored(coded('coded@2'), limits, cases, options))
        expect([name, status]).toEqual([name, 'error'])
        expect(message).toMatch(/^no answer has a score of "fraud"(, "fine")?: they score "0", "1"\n/)
      }
    },
  )

  test.for(['demographicParity', 'equalOpportunity', 'equalizedOdds'] as const)('%s is an error', async (name) => {
    const check = fair(coded('coded@2'), { [name]: { max: 0.9 } }, cases, { by: 'sex', positive: 'fraud' })
    expect(await statusOf(check)).toMatchObject({
      status: 'error',
      message: expect.stringMatching(/^no answer is a label that a case expects, "fraud", "fine": they are "0"\n/),
    })
  })

  test.for(['demographicParity', 'equalOpportunity', 'equalizedOdds'] as const)(
    '%s of one that spells the positive label otherwise is an error',
    async (name) => {
      const spelled = model('spelled@1', ({ sex }: { sex: string }) => (sex === 'f' ? 'Fraud' : 'fine'))
      const check = fair(spelled, { [name]: { max: 0.9 } }, cases, { by: 'sex', positive: 'fraud' })
      expect(await statusOf(check)).toMatchObject({
        status: 'error',
        message: expect.stringMatching(
          /^no answer is "fraud", and some are no label that a case expects: they are "fine", "Fraud"\n/,
        ),
      })
    },
  )

  test('is no better than another one', async () => {
    const [is, was] = [coded('coded@2'), coded('coded@1', 0.03)]
    for (const options of [{}, { margin: 0.1 }, { score: 'f1' }] as const)
      expect(await statusOf(noWorseThan(is, was, { on: cases, ...options }))).toEqual({
        status: 'vacuous',
        message: 'neither coded@2 nor coded@1 is right in any of 400 cases, so nothing could break',
      })
    const brier = noWorseThan(is, was, { on: cases, score: 'brier', positive: 'fraud' })
    expect((await statusOf(brier)).message).toMatch(/^coded@2: no answer has a score of "fraud"/)
  })
})

test('of personal cases no label is told but the one that was named', async () => {
  const personal = mft(
    rows.map(({ i, sex, kind }) => ({ 'input.i': i, 'input.sex': sex, expected: kind })),
    { pii: ['input.sex'] },
  )
  const { message } = await statusOf(scored(coded('coded@2'), { brier: { max: 1 } }, personal, { positive: 'fraud' }))
  expect(message).toMatch(/^no answer has a score of "fraud": they score other labels\n/)
  const unnamed = await statusOf(scored(coded('coded@2'), { logLoss: { max: 1 } }, personal))
  expect(unnamed.message).toMatch(/^no answer has a score of the labels of the cases: they score other labels\n/)
})

test('a label that the model knows and never gives is a rate of nothing', async () => {
  const never = model('never@1', () => ({ label: 'fine', scores: { fine: 0.99, fraud: 0.01 } }))
  expect((await statusOf(scored(never, { brier: { max: 0.1 } }, cases, { positive: 'fraud' }))).status).toBe('pass')
  const parity = fair(never, { demographicParity: { max: 0.1 } }, cases, { by: 'sex', positive: 'fraud' })
  expect((await statusOf(parity)).status).toBe('pass')
})
