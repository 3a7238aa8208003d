// The matchers that every dataset or model is asked, with `.not` too: over what could not be judged it is no pass either.
import { dataset, mft, perturb, sql } from 'assay'

const reference = () =>
  dataset(
    Array.from({ length: 50 }, (_, i) => ({ id: i, amount: i / 2, word: 'abc' })),
    { name: 'reference' },
  )
const schema = {
  type: 'object',
  required: ['id', 'amount', 'word'],
  properties: { id: { type: 'integer' }, amount: { type: 'number', minimum: -1 }, word: { type: 'string' } },
}

/** Each takes the data and `expect`; `not` is asked where a failure would be a pass. */
export const ofDatasets = [
  ['toMatchSchema', (data) => [data, 'toMatchSchema', schema]],
  ['toHaveRowCount', (data) => [data, 'toHaveRowCount', { min: 1 }], (data) => [data, 'toHaveRowCount', { min: 1000 }]],
  ['toHaveUniqueKey', (data) => [data, 'toHaveUniqueKey', 'id']],
  ['toHaveNoDriftFrom', (data) => [data, 'toHaveNoDriftFrom', reference()]],
  ['toHaveNoMissing', (data) => [data.column('id'), 'toHaveNoMissing']],
  ['toHaveValuesBetween', (data) => [data.column('amount'), 'toHaveValuesBetween', { min: -1, max: 1e9 }]],
  ['toHaveSumBetween', (data) => [data.column('amount'), 'toHaveSumBetween', { min: -1e12, max: 1e12 }]],
  ['toHaveValuesIn', (data) => [data.column('word'), 'toHaveValuesIn', ['abc']]],
  ['toHaveValuesMatching', (data) => [data.column('word'), 'toHaveValuesMatching', /^[a-z]+$/u]],
  ['toHaveValueLengthBetween', (data) => [data.column('word'), 'toHaveValueLengthBetween', { min: 1, max: 9 }]],
  ['toHaveValuesOfType', (data) => [data.column('id'), 'toHaveValuesOfType', 'integer']],
  ['toHaveNoDriftFrom (column)', (data) => [data.column('amount'), 'toHaveNoDriftFrom', reference().column('amount')]],
  ['a slice: toHaveNoMissing', (data) => [data.where(sql`id >= 0`).column('id'), 'toHaveNoMissing']],
]

const cases = mft([
  { input: 'a', expected: 'A' },
  { input: 'b', expected: 'B' },
])

export const ofModels = [
  ['toPassMFT', (model) => [model, 'toPassMFT', cases]],
  ['toPassMFT, half is enough', (model) => [model, 'toPassMFT', cases, { passRate: { min: 0.5 } }]],
  [
    'toBeInvariantTo',
    (model) => [model, 'toBeInvariantTo', perturb.typos(), { over: ['hello world', 'good morning'] }],
  ],
]

/** What the columns of a part's matrix are, in order. */
export function matchersOf(title) {
  const list = title === 'inputs' ? ofDatasets : title === 'models' ? ofModels : []
  return list.flatMap(([name]) => [name, `not ${name}`])
}

/** The work of one row: each matcher, then its `.not`. */
export function asked(list, subject, { not = true } = {}) {
  return list.flatMap(([name, plain, negated = plain]) => [
    { ask: name, work: (expect) => call(expect, plain(subject()), false) },
    ...(not ? [{ ask: `not ${name}`, work: (expect) => call(expect, negated(subject()), true) }] : []),
  ])
}

function call(expect, [received, matcher, ...args], not) {
  const assertion = expect(received)
  return (not ? assertion.not : assertion)[matcher](...args)
}
