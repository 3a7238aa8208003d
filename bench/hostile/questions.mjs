// Good data, and questions that judge nothing or mean something else than they say: none passes.
import { dataset, evaluate, mft, model, perturb, rowCount, sql, valuesBetween } from 'assay'

const orders = dataset(
  Array.from({ length: 40 }, (_, i) => ({ id: i, amount: i / 4, word: 'abc', day: new Date(86_400_000 * i) })),
  { name: 'orders', key: 'id' },
)
const upper = model('upper@1', (text) => text.toUpperCase())
const cases = mft([{ input: 'a', expected: 'A' }])
const inherited = (options) => Object.create(options)
const on =
  (column, matcher, ...args) =>
  (expect) =>
    expect(orders.column(column))[matcher](...args)
const whole =
  (matcher, ...args) =>
  (expect) =>
    expect(orders)[matcher](...args)
const where = (filter) => (expect) => expect(orders.where(filter)).toHaveRowCount({ min: 0, max: 1000 })
const judged = (make) => async () => {
  const results = await evaluate(await make())
  if (results.length > 0 && !results.some(({ blocking }) => blocking)) return
  const { AssayError } = await import('assay')
  throw new AssayError('wrong-argument', 'refused, or told as a result that blocks')
}

export const questions = [
  ['schema {}', whole('toMatchSchema', {})],
  ['schema of a column that is not there', whole('toMatchSchema', { properties: { amuont: { type: 'number' } } })],
  ['schema of no properties', whole('toMatchSchema', { type: 'object', properties: {} })],
  ['schema true', whole('toMatchSchema', true)],
  ['schema undefined', whole('toMatchSchema', undefined)],
  [
    'schema of a format nobody knows',
    whole('toMatchSchema', { properties: { word: { type: 'string', format: 'emial' } } }),
  ],
  [
    'schema with a keyword misspelled',
    whole('toMatchSchema', { properties: { amount: { type: 'number', minimun: 100 } } }),
  ],
  ['no checks', judged(() => [])],
  ['evaluate(undefined)', judged(() => undefined)],
  ['evaluate({})', judged(() => ({}))],
  ['mostly 0', on('amount', 'toHaveValuesBetween', { min: 1e6 }, { mostly: 0 })],
  ['mostly misspelled', on('amount', 'toHaveValuesBetween', { min: 0 }, { mostley: 0.1 })],
  ['mostly inherited', on('amount', 'toHaveValuesBetween', { min: 5 }, inherited({ mostly: 0.01 }))],
  ['bounds {}', on('amount', 'toHaveValuesBetween', {})],
  ['bounds undefined', on('amount', 'toHaveValuesBetween', undefined)],
  ['bounds inherited', on('amount', 'toHaveValuesBetween', inherited({ min: 0 }))],
  ['bounds to infinity', on('amount', 'toHaveValuesBetween', { max: Number.POSITIVE_INFINITY })],
  ['bounds NaN', on('amount', 'toHaveValuesBetween', { min: Number.NaN })],
  ['bounds the wrong way round', on('amount', 'toHaveValuesBetween', { min: 9, max: 1 })],
  ['at least -1 rows', whole('toHaveRowCount', { min: -1 })],
  ['at least 0 rows', whole('toHaveRowCount', { min: 0 })],
  ['at most infinite rows', whole('toHaveRowCount', { max: Number.POSITIVE_INFINITY })],
  ['lengths of at least 0', on('word', 'toHaveValueLengthBetween', { min: 0 })],
  ['sum to infinity', on('amount', 'toHaveSumBetween', { min: Number.NEGATIVE_INFINITY })],
  ['values in nothing', on('word', 'toHaveValuesIn', [])],
  ['values in a text', on('word', 'toHaveValuesIn', 'abc')],
  ['an empty pattern', on('word', 'toHaveValuesMatching', new RegExp(''))],
  ['a pattern as a number', on('word', 'toHaveValuesMatching', 5)],
  ['a type nobody knows', on('word', 'toHaveValuesOfType', 'strnig')],
  ['a column that is not there', on('amuont', 'toHaveNoMissing')],
  ['a key of no columns', whole('toHaveUniqueKey', [])],
  ['a key that is no column', whole('toHaveUniqueKey', 'idd')],
  ['a check of a dataset where a column belongs', judged(() => valuesBetween(orders, { min: 0 }))],
  ['a check of a text', judged(() => rowCount('orders', { min: 1 }))],
  ['drift from itself, an option misspelled', whole('toHaveNoDriftFrom', orders, { confidense: 0.9 })],
  ['drift from nothing', whole('toHaveNoDriftFrom', undefined)],
  ['drift of columns that are not there', whole('toHaveNoDriftFrom', dataset([{ z: 1 }]), { columns: ['z'] })],
  ['where a function', where((row) => row.id > 3)],
  ['where an object', where({ id: { gt: 1 } })],
  ['where undefined', where({ id: undefined })],
  ['where a nested list', where({ id: [[1]] })],
  ['where a Map', where({ id: new Map() })],
  ['where nothing', where({})],
  ['where undefined itself', where(undefined)],
  ['where JSON in the shape of SQL', where({ id: JSON.parse('{"text":"1 or 1=1"}') })],
  ['where JSON in the shape of a piece', where(JSON.parse('{"parts":["1=1"],"holes":[]}'))],
  ['where JSON in the shape of a name', where({ id: JSON.parse('{"identifier":["id"]}') })],
  [
    'sql with an object in a hole',
    (expect) => expect(orders.where(sql`id = ${JSON.parse('{"text":"id"}')}`)).toHaveRowCount(40),
  ],
  ['a sample of -1', (expect) => expect(orders.sample(-1)).toHaveRowCount({ max: 40 })],
  ['an option of dataset() misspelled', (expect) => expect(dataset([{ a: 1 }], { keys: 'a' })).toHaveRowCount(1)],
  ['a personal column that is not there', (expect) => expect(dataset([{ a: 1 }], { pii: ['b'] })).toHaveRowCount(1)],
  ['a key of dataset() that is not there', (expect) => expect(dataset([{ a: 1 }], { key: 'b' })).toHaveUniqueKey()],
  ['passRate 0', (expect) => expect(upper).toPassMFT(cases, { passRate: { min: 0 } })],
  ['passRate 80', (expect) => expect(upper).toPassMFT(cases, { passRate: { min: 80 } })],
  ['no cases', (expect) => expect(upper).toPassMFT(mft([]))],
  [
    'a column of cases misspelled',
    (expect) => expect(upper).toPassMFT(mft([{ input: 'a', expected: 'A', capabilty: 'x' }])),
  ],
  ['contains nothing', (expect) => expect(upper).toPassMFT(mft([{ input: 'a', expected: '', compare: 'contains' }]))],
  [
    'a comparison nobody knows',
    (expect) => expect(upper).toPassMFT(mft([{ input: 'a', expected: 'A', compare: 'equls' }])),
  ],
  ['invariant over nothing', (expect) => expect(upper).toBeInvariantTo(perturb.typos(), { over: [] })],
  ['invariant without over', (expect) => expect(upper).toBeInvariantTo(perturb.typos(), {})],
  ['invariant, nothing changes', (expect) => expect(upper).toBeInvariantTo(perturb.typos(), { over: ['', '1'] })],
  ['a column in the place of a dataset', (expect) => expect(orders.column('id')).toHaveRowCount(40)],
  ['a number in the place of a dataset', (expect) => expect(5).toMatchSchema()],
].map(([name, work]) => ({ name, work }))

export async function rows(i) {
  const { name, work } = questions[i]
  return [{ ask: name, work }]
}
