import { expect, test } from 'vitest'
import { invariantTo, movesWith, passMft } from '../../src/behavior/index.ts'
import { mft } from '../../src/behavior/mft.ts'
import { evaluate } from '../../src/checks/index.ts'
import { model } from '../../src/models/index.ts'

/** A model that answers with a list of the letters of a text, whose code of a test does with as it likes. */
const letters = () => model('letters@1', ({ text }: { text: string }) => ({ score: text.length, of: text.split('') }))
type Answered = { value?: unknown }
const spoil = (answer: Answered): string[] => (answer.value as { of: string[] }).of.splice(0)

test('what the code of a test does to an answer or an input reaches no other question', async () => {
  const tested = letters()
  const inputs = [{ text: 'ba' }, { text: 'dc' }]
  const shout = { name: 'shout', seed: 1, apply: (row: never) => ({ text: `${(row as { text: string }).text}!` }) }
  const ask = () =>
    evaluate([
      passMft(tested, mft(inputs.map((input) => ({ input, expected: { score: 2, of: input.text.split('') } })))),
    ])
  expect((await ask())[0]?.status).toBe('pass')
  const spoilt = await evaluate([
    passMft(
      tested,
      mft(inputs.map((input) => ({ input, expected: ({ of }: { of: string[] }) => of.splice(0).length === 2 }))),
    ),
    invariantTo(tested, shout as never, {
      over: inputs,
      same: (before, after, { before: row }) => {
        Object.assign(row as object, { text: '' })
        return spoil(before).length === 2 && spoil(after).length === 3
      },
    }),
    invariantTo(tested, shout as never, {
      over: inputs,
      where: (answer, row) => {
        Object.assign(row as object, { text: '' })
        return spoil(answer).length === 2
      },
      same: () => true,
    }),
    invariantTo(tested, shout as never, {
      over: inputs,
      becomes: ((value: { of: string[] }) => ({ score: 3, of: [...value.of.splice(0), '!'] })) as never,
    }),
    movesWith(tested, shout as never, { over: inputs, direction: 'up', score: (answer) => spoil(answer).length }),
  ])
  expect(spoilt.map(({ status, message }) => message ?? status)).toEqual(['pass', 'pass', 'pass', 'pass', 'pass'])
  expect(inputs).toEqual([{ text: 'ba' }, { text: 'dc' }])
  expect((await ask())[0]?.status).toBe('pass')
})

test('a perturbation that changes its input in place has changed it, and the case stays as it is', async () => {
  const inputs = [{ text: 'ba' }, { text: 'dc' }]
  const apply = (row: never) => Object.assign(row as object, { text: 'longer' })
  const [result] = await evaluate([
    invariantTo(letters(), { name: 'longer', seed: 1, apply } as never, { over: inputs }),
  ])
  expect(result?.status).toBe('fail')
  expect(result?.measured).toMatch(/^0 %|^0 of/)
  expect(inputs).toEqual([{ text: 'ba' }, { text: 'dc' }])
  const still = { name: 'still', seed: 1, apply: (row: never) => row }
  for (const over of [inputs, [new Uint8Array([1])]]) {
    const [vacuous] = await evaluate([
      invariantTo(
        model('any@1', () => 1),
        still as never,
        { over: over as never },
      ),
    ])
    expect(vacuous?.status).toBe('vacuous')
  }
})
