import { expect, test } from 'vitest'
import { agreesWith } from '../../src/behavior/kinds/agreesWith.ts'
import { compatibleWith } from '../../src/behavior/kinds/compatibleWith.ts'
import { deterministic } from '../../src/behavior/kinds/deterministic.ts'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { mft, type MftCase } from '../../src/behavior/mft.ts'
import { type Model, model } from '../../src/models/model.ts'
import { perturb } from '../../src/perturbations/index.ts'
import type { RunCheck } from '../../src/checks/check.ts'
import { predictions } from '../../src/models/predictions.ts'
import { temporaryFile } from '../helpers/files.ts'
import { judge } from '../helpers/judge.ts'

const on = [1, 2, 3, 4]
const answering = (name: string, answer: (n: number) => unknown) => model(name, answer)
const earlier = answering('price@1', (n) => ({
  price: n * 100,
  currency: 'NOK',
  ...(n === 1 ? { note: 'small' } : {}),
  rooms: [{ size: n, label: n === 2 ? null : 'a' }],
}))
const like = (change: (n: number) => object) =>
  answering('price@2', (n) => ({ price: n * 99.5, currency: 'EUR', rooms: [{ size: n, label: null }], ...change(n) }))

test('other values, optional fields that are gone, and new fields are compatible', async () => {
  const result = await judge(
    compatibleWith(
      like(() => ({ tax: 0.25, rooms: [] })),
      earlier,
      { on },
    ),
  )
  expect(result).toMatchObject({
    status: 'pass',
    title: 'answers in the form of price@1',
    subject: { name: 'price@2', reference: 'price@1', capability: 'compatibility' },
    message: 'new: tax',
  })
})

test.each([
  ['a field that was always there', like(() => ({ currency: undefined })), 'error'],
  ['a field of another kind', like((n) => (n > 2 ? { price: '300' } : {})), 'price is text: number before (2 inputs)'],
  ['a null where none was', like((n) => (n > 3 ? { price: null } : {})), 'price is null: number before (1 input)'],
  [
    'a field inside a list',
    like(() => ({ rooms: [{ label: 'b' }] })),
    'rooms[].size is missing: number before (4 inputs)',
  ],
  [
    'a kind inside a list',
    like(() => ({ rooms: [{ size: 1, label: 2 }] })),
    'rooms[].label is number: text or null before (4 inputs)',
  ],
  ['a list in place of an object', answering('price@2', (n) => [n]), 'the answer is list: object before (4 inputs)'],
  ['a text in place of an object', answering('price@2', String), 'the answer is text: object before (4 inputs)'],
  [
    'an input that is refused now',
    like((n) => {
      if (n === 4) throw new Error('rooms: at most 3')
      return {}
    }),
    'no answer to what was answered (1 input)',
  ],
] as const)('%s breaks whoever asks', async (_, later, message) => {
  const result = await judge(compatibleWith(later, earlier, { on }))
  if (message === 'error') return expect(result).toMatchObject({ status: 'error' })
  expect(result).toMatchObject({ status: 'fail', blocking: true })
  expect(result.message).toContain(message)
  expect(result.evidence).toMatchObject([{ test: 'REG' }, { kind: 'examples' }])
  expect(JSON.stringify(result.evidence)).toContain(message.replace(/ \(.*/, ''))
})

test('a field that is gone is told with the inputs that it was asked for', async () => {
  const later = answering('price@2', (n) => ({ price: n, rooms: [] }))
  const result = await judge(compatibleWith(later, earlier, { on }))
  expect(result).toMatchObject({
    status: 'fail',
    evidence: [{}, { total: 4, examples: [{ input: '1', reason: 'currency is missing: text before' }, {}, {}, {}] }],
  })
  const some = await judge(compatibleWith(later, earlier, { on, passRate: { min: 0.5 }, severity: 'warn' }))
  expect(some).toMatchObject({ status: 'warn', blocking: false })
})

test('a baseline file is the earlier model; inputs it does not know are not tested, and none of them is nothing to judge', async () => {
  const file = await temporaryFile(
    'price-1.jsonl',
    '{"input":1,"prediction":{"price":1}}\n{"input":2,"prediction":{"price":2}}\n',
  )
  const later = answering('price@2', (n) => (n < 3 ? { price: n } : 'oops'))
  const known = await judge(compatibleWith(later, predictions(file), { on }))
  expect(known).toMatchObject({
    status: 'pass',
    evidence: [{ overall: { cases: 4, passed: 2, notApplicable: 2 } }, {}],
  })
  expect(await judge(compatibleWith(later, predictions(file), { on: [3, 4] }))).toMatchObject({
    status: 'vacuous',
    blocking: true,
    message: 'price-1 has an answer to none of these inputs, so nothing was shown',
  })
})

test('a model that answers nothing is an error, not incompatible', async () => {
  const gone = answering('price@2', () => {
    throw new Error('no server')
  })
  expect(await judge(compatibleWith(gone, earlier, { on }))).toMatchObject({
    status: 'error',
    message: 'price@2 answers none of these inputs',
  })
})

test('names of a personal column are not told, be they names of fields', async () => {
  const people = dataset([{ who: 'SECRET' }, { who: 'SECRETS' }], { name: 'people', pii: ['who'] })
  const before = model('by name@1', (who: string) => ({ [who]: 1 }))
  const after = model('by name@2', (who: string) => ({ [who]: who, [`${who}!`]: 1 }))
  const result = await judge(compatibleWith(after, before, { on: people.column('who') }))
  expect(result.status).toBe('fail')
  expect(JSON.stringify(result)).not.toContain('SECRET')
})

test('what cannot be compared says why', async () => {
  const table = await temporaryFile('cells.csv', 'input,prediction\n1,2\n')
  expect(() => compatibleWith(earlier, predictions(table), { on })).toThrow(/cells are? .*text table|text table/)
  expect(() => compatibleWith(earlier, 'price@1' as never, { on })).toThrow(/needs a model/)
  expect(() => compatibleWith(earlier, earlier, {} as never)).toThrow(/needs inputs/)
  const wide = answering('wide@1', (n) => Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`${n}-${i}`, 1])))
  expect(await judge(compatibleWith(wide, wide, { on }))).toMatchObject({
    status: 'error',
    message: expect.stringContaining('more than 2000 different fields') as string,
  })
})

test.each<[name: string, (model: Model, cases: readonly MftCase[]) => RunCheck]>([
  ['compatibleWith', (model, on) => compatibleWith(model, model, { on })],
  ['agreesWith', (model, on) => agreesWith(model, model, { on })],
  ['invariantTo', (model, over) => invariantTo(model, perturb.lowercase(), { over })],
  ['deterministic', (model, on) => deterministic(model, { on })],
])('cases of mft() are asked by their inputs: %s', async (_, check) => {
  const seen = new Set<unknown>()
  const cases = mft(['Good', 'Bad'].map((input) => ({ input, expected: input.toLowerCase(), capability: 'words' })))
  const words = model('words@1', (text: string) => {
    seen.add(text)
    return text.toLowerCase()
  })
  expect(await judge(check(words, cases))).toMatchObject({ status: 'pass' })
  expect([...seen]).toEqual(expect.arrayContaining(['Good', 'Bad']))
  expect([...seen].every((input) => typeof input === 'string')).toBe(true)
})

test('personal cases are personal inputs', async () => {
  const cases = mft([{ input: 'dana@example.com', expected: 'a' }], { pii: 'input' })
  const result = await judge(
    compatibleWith(
      model('b@1', () => 1),
      model('a@1', () => 'a'),
      { on: cases },
    ),
  )
  expect(result.status).toBe('fail')
  expect(JSON.stringify(result)).not.toContain('dana')
})
