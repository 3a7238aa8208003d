import { expect, test } from 'vitest'
import { mft } from '../../src/behavior/mft.ts'
import { labelled } from '../../src/behavior/labelled.ts'
import { soundCases } from '../../src/behavior/kinds/soundCases.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { examplesOf } from '../helpers/blocks.ts'
import { judge } from '../helpers/judge.ts'

const sound = [
  { input: 'good food', expected: 'positive' },
  { input: 'bad food', expected: 'negative' },
]

test('cases are sound where none contradicts another, stands there twice or was trained with', async () => {
  const train = dataset([{ text: 'lovely', label: 'positive' }], { name: 'train' })
  expect(await judge(soundCases(mft(sound), { training: train.column('text') }))).toMatchObject({
    status: 'pass',
    measured: 'none of 2 cases',
  })
})

test('cases that stand there twice are told, also those that differ by capitals and spaces alone', async () => {
  const cases = mft([
    ...sound,
    { input: 'Good  food', expected: 'positive' },
    { input: 'bad food', expected: 'negative' },
  ])
  const result = await judge(soundCases(cases))
  expect(result).toMatchObject({
    status: 'fail',
    measured: '2 cases twice of 4 cases, the training data not looked at',
  })
  expect(examplesOf(result)?.examples.map(({ input, got }) => [input, got])).toEqual([
    ['Good  food', 'another case asks the same'],
    ['bad food', 'another case asks the same'],
  ])
  expect((await judge(soundCases(cases, { duplicates: 0.5 }))).status).toBe('pass')
  expect(await judge(soundCases(cases, { severity: 'warn' }))).toMatchObject({ status: 'warn', blocking: false })
})

test.each([
  ['another label', { expected: 'a' }, { expected: 'b' }, true],
  ['a label that is none of several', { expected: 'a' }, { expected: 'b|c', compare: 'oneOf' }, true],
  ['a label that is one of several', { expected: 'b' }, { expected: 'b|c', compare: 'oneOf' }, false],
  ['several, none of them another', { expected: 'a|b', compare: 'oneOf' }, { expected: 'c|d', compare: 'oneOf' }, true],
  ['several, one of them alike', { expected: 'a|b', compare: 'oneOf' }, { expected: 'b|d', compare: 'oneOf' }, false],
  ['a label with another part', { expected: 'a' }, { expected: 'b', compare: 'contains' }, true],
  ['a number outside a range', { expected: 3 }, { expected: '0..1', compare: 'range' }, true],
  ['ranges apart', { expected: '0..1', compare: 'range' }, { expected: '2..3', compare: 'range' }, true],
  ['ranges that overlap', { expected: '0..2', compare: 'range' }, { expected: '1..3', compare: 'range' }, false],
  ['a range in a range', { expected: '0..9', compare: 'range' }, { expected: '1..3', compare: 'range' }, false],
  ['texts that may go together', { expected: 'a', compare: 'contains' }, { expected: 'b', compare: 'contains' }, false],
] as const)('%s for one input contradicts or not', async (_, one, other, contradicts) => {
  // Each alone is a table: mft() itself refuses two labels for one input.
  const cases = [...mft([{ input: 'x', ...one }]), ...mft([{ input: 'x', ...other }])]
  const result = await judge(soundCases(cases))
  expect(result.status).toBe(contradicts ? 'fail' : 'pass')
  if (contradicts) expect(result.measured).toContain('1 case against another')
})

test('cases that occur in the training data are told, texts and records', async () => {
  const texts = dataset([{ text: 'GOOD food', label: 'x' }], { name: 'train' })
  const seen = await judge(soundCases(mft(sound), { training: texts.column('text') }))
  expect(seen).toMatchObject({ status: 'fail', measured: '1 case in the training data of 2 cases' })
  expect((await judge(soundCases(mft(sound), { training: texts }))).status).toBe('fail')
  expect((await judge(soundCases(mft(sound), { training: ['bad food'] }))).status).toBe('fail')
  const rows = [
    { size: 1, color: 'red', kind: 'a' },
    { size: 2, color: 'blue', kind: 'b' },
  ]
  const cases = labelled(rows, { expected: 'kind' })
  const trained = dataset([{ id: 7, color: 'blue', size: 2, kind: 'b' }], { name: 'trained' })
  expect(await judge(soundCases(cases, { training: trained }))).toMatchObject({
    status: 'fail',
    measured: '1 case in the training data of 2 cases',
  })
  expect((await judge(soundCases(cases, { training: trained, seen: 0.5 }))).status).toBe('pass')
})

test('values of personal columns are not told', async () => {
  const people = dataset(
    [
      { mail: 'a@example.org', kind: 'x' },
      { mail: 'A@example.org', kind: 'x' },
      { mail: 'a@example.org', kind: 'x' },
    ],
    { name: 'people', pii: 'mail' },
  )
  const cases = labelled(await people.rows(), { expected: 'kind' })
  const result = await judge(soundCases(cases, { training: people }))
  expect(result.status).toBe('fail')
  expect(JSON.stringify(result)).not.toContain('example.org')
})

test.each<[() => unknown, RegExp]>([
  [() => soundCases([]), /needs the cases/],
  [() => soundCases([{ input: 1 }] as never), /needs the cases/],
  [() => soundCases(mft(sound), { duplicates: 1 }), /duplicates: 1/],
  [() => soundCases(mft(sound), { seen: -1 }), /seen: -1/],
  [() => soundCases(mft(sound), { training: [] }), /needs inputs\n.*say training: /],
])('wrong arguments are named: %s', (make, message) => {
  expect(make).toThrow(message)
})
