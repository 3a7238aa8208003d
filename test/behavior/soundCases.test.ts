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

const oneCase = (input: unknown) => mft([{ input, expected: 'x' }] as never)

test.for([
  ['a number and its text', 5, dataset([{ n: 5 }]).column('n')],
  ['a number and a decimal', { price: 1.5 }, dataset([{ price: '1.50' }])],
  ['a text and a number', { code: '12' }, dataset([{ code: 12n }])],
  ['a day and its text', { day: '2024-05-01' }, dataset([{ day: new Date('2024-05-01') }])],
  ['an instant and its text', { at: '2024-05-01T10:00:00.5Z' }, [{ at: '2024-05-01 10:00:00.500' }]],
  ['truth and its text', { ok: true }, [{ ok: 'TRUE' }]],
  ['values inside of others', { tags: ['A', 2] }, [{ id: 1, tags: ['a', '2'] }]],
] as const)('a case that is written like the training data occurs there: %s', async ([, input, training]) => {
  expect(await judge(soundCases(oneCase(input), { training }))).toMatchObject({ status: 'fail' })
})

test.for([
  ['digits with zeros before them', '007', ['7']],
  ['more digits than a number has', '12345678901234567890', ['12345678901234567891']],
  ['another day', { day: '2024-05-02' }, [{ day: '2024-05-01' }]],
] as const)('a case that is written otherwise does not: %s', async ([, input, training]) => {
  expect(await judge(soundCases(oneCase(input), { training }))).toMatchObject({ status: 'pass' })
})

const record = { text: 'a', n: 1 }
test.for([
  ['no rows, for records', record, dataset([{ text: 'a', n: 1 }]).where({ n: 2 }), 'has no records'],
  [
    'no rows, for texts',
    'a',
    dataset([{ text: 'a' }])
      .where({ text: 'b' })
      .column('text'),
    'has no value',
  ],
  ['only missing values', 'a', dataset([{ text: null }]).column('text'), 'has no value'],
  ['texts for records', record, ['a'], 'has no records'],
  ['records without a field of the case', record, dataset([{ text: 'a' }]), 'has the field "n"'],
  ['no record with all fields', record, [{ text: 'a' }, { n: 1 }], 'all fields of the case'],
] as const)('training data that no case can be looked for in shows nothing: %s', async ([, input, training, why]) => {
  const result = await judge(soundCases(oneCase(input), { training }))
  expect(result).toMatchObject({ status: 'vacuous', blocking: true })
  expect(result.message).toContain('1 case could not be looked for in the training data')
  expect(result.message).toContain(why)
})

test('where some cases can be looked for, and do not occur, the others decide nothing', async () => {
  const cases = mft([
    { input: { text: 'a' }, expected: 'x' },
    { input: { other: 'a' }, expected: 'x' },
  ])
  const [apart, alike] = [dataset([{ text: 'b' }]), dataset([{ text: 'a' }])]
  expect(await judge(soundCases(cases, { training: apart }))).toMatchObject({ status: 'inconclusive' })
  expect(await judge(soundCases(cases, { training: alike }))).toMatchObject({ status: 'fail' })
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
